import { expect, test } from "vitest";
import { azure } from "../../src/dialects/azure/azure.ts";

/** The record that the vendor's tutorial shows; what a subscription or a network says is the simulator's own. */
const published = `{
    "CallerIpAddress": "127.0.0.1",
    "ClientInfo": "ACCEPT_CONN_ONUTIL_CHN / 2.09.07.02",
    "ClientSdkPackageVersion": "2.0.1.0",
    "DurationMs": "0",
    "MemberId": "hsm1",
    "Opcode": " d",
    "OperationName": "CN_LOGIN",
    "PoolType": "cloudhsm",
    "ResultDescription": "",
    "ResultSignature": "",
    "ResultType": "Success",
    "Sku": "{\\"Family\\":\\"B\\",\\"Name\\":\\"Standard_B1\\"}",
    "SourceSystem": "",
    "TableName": "PrimaryResult",
    "TenantId": "00000000-0000-0000-0000-000000000000",
    "TimeGenerated": "2024-11-20T01:29:06.7Z",
    "Type": "CloudHsmServiceOperationAuditLogs"
}`;

const login = {
  hostname: "hsm1.bank-kx3v8d.cloudhsm.azure.net",
  time: Date.parse("2024-11-20T01:29:06.700Z") * 1000,
  name: "CN_LOGIN",
  opcode: 0xd,
  isRefused: false,
} as const;

test("a login is recorded as the vendor's tutorial shows one", () => {
  expect(JSON.stringify(azure.auditRecord?.(login), undefined, 4)).toBe(published);
});

test.each([
  ["an operation of two places", { opcode: 0xa1 }, { Opcode: "a1" }],
  ["a refusal", { isRefused: true }, { ResultType: "Failure" }],
  [
    "a key that is deleted",
    { name: "CN_DESTROY_OBJECT", opcode: 0x11 },
    { OperationName: "CN_TOMBSTONE_OBJECT", Opcode: "1044" },
  ],
  ["microseconds", { time: login.time + 42 }, { TimeGenerated: "2024-11-20T01:29:06.700042Z" }],
  ["a whole second", { time: login.time - 700_000 }, { TimeGenerated: "2024-11-20T01:29:06Z" }],
  ["a node without a name", { hostname: "10.0.2.4" }, { MemberId: "10.0.2.4" }],
])("%s", (_, event, members) => {
  expect(azure.auditRecord?.({ ...login, ...event })).toMatchObject(members);
});

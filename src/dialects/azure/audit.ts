import type { AuditWording } from "../../command/audit-wording.ts";
import { sdkPackage, version } from "./shell.ts";

/** Members that say the same of every record: nobody here has a subscription, and no request comes over a network. */
const unchanging = {
  caller: "127.0.0.1",
  tenant: "00000000-0000-0000-0000-000000000000",
  sku: JSON.stringify({ Family: "B", Name: "Standard_B1" }),
} as const;

/** The tutorial's name of what deleteKey does; its number is not published, and this one is outside all that are. */
const tombstone = { name: "CN_TOMBSTONE_OBJECT", opcode: 0x1044 } as const;

/**
 * A record of the table CloudHsmServiceOperationAuditLogs (tutorial "operation event logging" of 2026-04-08): who did it,
 * and with what, it does not say.
 */
export const auditRecord: NonNullable<AuditWording["auditRecord"]> = ({ hostname, time, isRefused, ...event }) => {
  const { name, opcode } = event.name === "CN_DESTROY_OBJECT" ? tombstone : event;
  return {
    CallerIpAddress: unchanging.caller,
    ClientInfo: `ACCEPT_CONN_ONUTIL_CHN / ${version}`,
    ClientSdkPackageVersion: sdkPackage,
    DurationMs: "0",
    MemberId: memberOf(hostname),
    Opcode: opcode.toString(16).padStart(2),
    OperationName: name,
    PoolType: "cloudhsm",
    ResultDescription: "",
    ResultSignature: "",
    ResultType: isRefused ? "Failure" : "Success",
    Sku: unchanging.sku,
    SourceSystem: "",
    TableName: "PrimaryResult",
    TenantId: unchanging.tenant,
    TimeGenerated: timeText(time),
    Type: "CloudHsmServiceOperationAuditLogs",
  };
};

/** The node: `hsm1` of `hsm1.bank-kx3v8d.cloudhsm.azure.net`; an address stays whole. */
function memberOf(hostname: string): string {
  return /^[a-z][^.]*/i.exec(hostname)?.[0] ?? hostname;
}

/** In UTC, to the microsecond, without zeros at the end: `2024-11-20T01:29:06.7Z`. */
function timeText(time: number): string {
  const seconds = new Date(Math.floor(time / 1000)).toISOString().slice(0, 19);
  const fraction = String(time % 1_000_000)
    .padStart(6, "0")
    .replace(/0+$/, "");
  return `${seconds}${fraction === "" ? "" : `.${fraction}`}Z`;
}

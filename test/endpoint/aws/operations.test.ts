import { describe, expect, test } from "vitest";
import { serviceOperations } from "../../../src/config/service-operation.ts";
import { LostAnswer } from "../../../src/endpoint/aws/perform.ts";
import { HsmError } from "../../../src/hsm/return-code.ts";
import { ServiceError } from "../../../src/fleet/service/service-error.ts";
import { StoreError } from "../../../src/store/store.ts";
import { backup, cluster, listedService, refusalOf } from "../../harness/listed-plane.ts";

const [c, b] = [cluster.id, backup.id];
const subnets = ["subnet-0a1b2c3d", "subnet-0123456789abcdef0"];
const pem = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";

/** An input of each operation, what the plane is asked for, and the members of the output. */
const inputs: Readonly<
  Record<
    (typeof serviceOperations)[number],
    readonly [input: object, asked: readonly unknown[], output: readonly string[]]
  >
> = {
  CreateCluster: [
    {
      HsmType: "hsm2m.medium",
      SubnetIds: subnets,
      SourceBackupId: b,
      BackupRetentionPolicy: { Type: "DAYS", Value: "7" },
      TagList: [{ Key: "Cost Center", Value: "" }],
      Mode: "NON_FIPS",
      NetworkType: "DUALSTACK",
    },
    [
      "createCluster",
      {
        hsmType: "hsm2m.medium",
        subnetIds: subnets,
        sourceBackup: b,
        retentionDays: 7,
        tags: [{ key: "Cost Center", value: "" }],
        mode: "NON_FIPS",
        networkType: "DUALSTACK",
      },
    ],
    ["Cluster"],
  ],
  DescribeClusters: [{}, ["clusters"], ["Clusters"]],
  ModifyCluster: [
    { ClusterId: c, BackupRetentionPolicy: { Value: "379" } },
    ["modifyCluster", c, { retentionDays: 379 }],
    ["Cluster"],
  ],
  InitializeCluster: [
    { ClusterId: c, SignedCert: pem, TrustAnchor: pem },
    ["initializeCluster", c, { signedCert: pem, trustAnchor: pem }],
    ["State", "StateMessage"],
  ],
  DeleteCluster: [{ ClusterId: c }, ["deleteCluster", c], ["Cluster"]],
  CreateHsm: [
    { ClusterId: c, AvailabilityZone: "us-east-1a", IpAddress: "10.0.1.12" },
    ["createHsm", c, { zone: "us-east-1a", ip: "10.0.1.12", degraded: false }],
    ["Hsm"],
  ],
  DeleteHsm: [{ ClusterId: c, EniIp: "10.0.1.12" }, ["deleteHsm", c, { by: "ip", ip: "10.0.1.12" }], ["HsmId"]],
  DescribeBackups: [{}, ["backups"], ["Backups"]],
  CopyBackupToRegion: [
    { DestinationRegion: "eu-west-1", BackupId: b },
    ["copyBackup", b, "eu-west-1", undefined],
    ["DestinationBackup"],
  ],
  DeleteBackup: [{ BackupId: b }, ["deleteBackup", b], ["Backup"]],
  RestoreBackup: [{ BackupId: b }, ["restoreBackup", b], ["Backup"]],
  ModifyBackupAttributes: [{ BackupId: b, NeverExpires: true }, ["keepForever", b, true], ["Backup"]],
  TagResource: [{ ResourceId: c, TagList: [{ Key: "a", Value: "b" }] }, ["tag", c, [{ key: "a", value: "b" }]], []],
  UntagResource: [{ ResourceId: c, TagKeyList: ["a"] }, ["untag", c, ["a"]], []],
  ListTags: [{ ResourceId: c }, ["tags", c], ["TagList"]],
  PutResourcePolicy: [
    { ResourceArn: backup.arn, Policy: "{}" },
    ["putPolicy", backup.arn, "{}"],
    ["ResourceArn", "Policy"],
  ],
  GetResourcePolicy: [{ ResourceArn: backup.arn }, ["policy", backup.arn], []],
  DeleteResourcePolicy: [{ ResourceArn: backup.arn }, ["deletePolicy", backup.arn], ["ResourceArn", "Policy"]],
};

const reading = ["DescribeClusters", "DescribeBackups", "ListTags", "GetResourcePolicy"];

describe.each(serviceOperations)("%s", (operation) => {
  const [input, expected, output] = inputs[operation];

  test("asks the plane for what it names, and gives what the model has", async () => {
    const { call, asked, turns } = listedService({});
    const given = JSON.parse(JSON.stringify(await call(operation, input))) as object;
    expect(asked).toEqual([expected]);
    expect(turns).toEqual([`${reading.includes(operation) ? "reading" : "changing"} us-east-1`]);
    expect(Object.keys(given)).toEqual(output);
  });

  test("asks for nothing where it is throttled, and where a member is of another type", async () => {
    const { call, asked } = listedService({ faults: { isThrottled: true } });
    await expect(call(operation, input)).rejects.toMatchObject({ type: "ThrottlingException", status: 400 });
    const [name] = Object.keys(input);
    if (name !== undefined) {
      const wrong = listedService({});
      await expect(wrong.call(operation, { ...input, [name]: 1 })).rejects.toMatchObject({
        type: "SerializationException",
      });
      expect(wrong.asked).toEqual([]);
    }
    expect(asked).toEqual([]);
  });

  test("needs each member that the service requires", async () => {
    const optional = [...["SourceBackupId", "BackupRetentionPolicy", "TagList", "Mode", "NetworkType"], "IpAddress"];
    const required = Object.keys(input).filter((name) => operation === "TagResource" || !optional.includes(name));
    for (const name of required) {
      const { call, asked } = listedService({});
      const without = Object.fromEntries(Object.entries(input).filter(([other]) => other !== name));
      expect([name, await refusalOf(call(operation, without))]).toMatchObject([
        name,
        { type: "CloudHsmInvalidRequestException" },
      ]);
      expect(asked).toEqual([]);
    }
  });

  test("is done though its answer is lost", async () => {
    const { call, asked } = listedService({ faults: { losesAnswer: true } });
    await expect(call(operation, input)).rejects.toBeInstanceOf(LostAnswer);
    expect(asked).toEqual([expected]);
  });
});

const failures: readonly (readonly [error: Error, type: string, status: number])[] = [
  [new ServiceError("invalidRequest", "no"), "CloudHsmInvalidRequestException", 400],
  [new ServiceError("notFound", "no"), "CloudHsmResourceNotFoundException", 400],
  [new ServiceError("resourceLimit", "no"), "CloudHsmResourceLimitExceededException", 400],
  [new StoreError("busy", "no"), "CloudHsmInternalFailureException", 500],
  [new HsmError("NOT_AUTHORISED", { subject: "no" }), "CloudHsmInternalFailureException", 500],
];

test.each(failures)("%s is answered in the types of the model", async (error, type, status) => {
  await expect(listedService({ refused: error }).call("DeleteCluster", { ClusterId: c })).rejects.toMatchObject({
    type,
    status,
    message: expect.stringContaining("no") as string,
  });
});

test("an activation is noticed before what is there is told, and only then alone", async () => {
  const { call, asked, turns } = listedService({ activated: true });
  await call("DescribeClusters", {}, "eu-west-1");
  expect(asked).toEqual([["noticeActivations"], ["clusters"]]);
  expect(turns).toEqual(["reading eu-west-1", "changing eu-west-1", "reading eu-west-1"]);
});

test("a degraded HSM is asked for where a fault says so", async () => {
  const { call, asked } = listedService({ faults: { isDegraded: true } });
  await call("CreateHsm", { ClusterId: c, AvailabilityZone: "us-east-1a" });
  expect(asked).toEqual([["createHsm", c, { zone: "us-east-1a", ip: undefined, degraded: true }]]);
});

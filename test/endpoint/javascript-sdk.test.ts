import type { AddressInfo } from "node:net";
import {
  CloudHSMV2,
  CloudHsmInvalidRequestException,
  CloudHsmResourceNotFoundException,
  paginateDescribeClusters,
} from "@aws-sdk/client-cloudhsm-v2";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { serviceOperations } from "../../src/config/service-operation.ts";
import { setFault } from "../../src/fleet/faults/set-fault.ts";
import { MemoryHome } from "../../src/store/memory/memory-home.ts";
import { MemoryPlace } from "../../src/store/memory/memory-place.ts";
import { activeCluster, clusterId } from "../harness/active-cluster.ts";
import { createIn } from "../harness/created-home.ts";
import { customerCa } from "../harness/customer-ca.ts";
import { isMissing } from "../harness/debian.ts";
import { type ServedHome, serveHome } from "../harness/served-home.ts";

/** What this version of the SDK does not know. */
const policies = ["DeleteResourcePolicy", "GetResourcePolicy", "PutResourcePolicy"];
const week = 7 * 24 * 60 * 60 * 1000;

/** Whether a member is a time within ten minutes of another one. */
function near(time: number) {
  const isNear = (member: unknown): boolean => member instanceof Date && Math.abs(member.getTime() - time) < 600_000;
  return expect.toSatisfy(isNear) as Date;
}

describe("the SDK for JavaScript", () => {
  let place: MemoryPlace, served: ServedHome, here: CloudHSMV2, there: CloudHSMV2;

  beforeEach(async () => {
    place = new MemoryPlace();
    await createIn(new MemoryHome(place), activeCluster);
    served = serveHome(() => new MemoryHome(place));
    await served.server.listen({ host: "127.0.0.1", port: 0 });
    const { port } = served.server.server.address() as AddressInfo;
    const clientOf = (region: string): CloudHSMV2 => {
      const credentials = { accessKeyId: "test", secretAccessKey: "test" };
      const client = new CloudHSMV2({
        region,
        endpoint: `http://127.0.0.1:${String(port)}`,
        credentials,
        maxAttempts: 2,
      });
      onTestFinished(() => {
        client.destroy();
      });
      return client;
    };
    [here, there] = [clientOf("us-east-1"), clientOf("eu-west-1")];
  });

  test.skipIf(isMissing("openssl"))("reads the answer of every operation, and its times as dates", async () => {
    const SubnetIds = ["subnet-49a1bc00", "subnet-6f950334"];
    const { Cluster: created } = await here.createCluster({ HsmType: "hsm1.medium", SubnetIds });
    expect(created).toMatchObject({ State: "CREATE_IN_PROGRESS", Hsms: [], CreateTimestamp: near(Date.now()) });
    const ClusterId = created?.ClusterId;
    const { Hsm: hsm } = await here.createHsm({ ClusterId, AvailabilityZone: "us-east-1a" });
    expect(hsm).toMatchObject({ ClusterId, State: "CREATE_IN_PROGRESS", SubnetId: SubnetIds[0] });
    const clusterIds = [ClusterId ?? ""];
    const [shown] = (await here.describeClusters({ Filters: { clusterIds } })).Clusters ?? [];
    expect(shown).toMatchObject({ State: "UNINITIALIZED", Hsms: [{ HsmId: hsm?.HsmId, State: "ACTIVE" }] });
    const ca = customerCa();
    const SignedCert = ca.sign(shown?.Certificates?.ClusterCsr ?? "");
    const initialised = await here.initializeCluster({ ClusterId, SignedCert, TrustAnchor: ca.anchor });
    expect(initialised).toMatchObject({
      State: "INITIALIZE_IN_PROGRESS",
      StateMessage: "Cluster is initializing. State will change to INITIALIZED upon completion.",
    });
    const policy = { Type: "DAYS", Value: "7" };
    const modified = await here.modifyCluster({ ClusterId, BackupRetentionPolicy: policy });
    expect(modified.Cluster).toMatchObject({ State: "INITIALIZED", BackupRetentionPolicy: policy });
    const tags = ["a", "b"].map((Key) => ({ Key, Value: "" }));
    await here.tagResource({ ResourceId: ClusterId, TagList: tags });
    await here.untagResource({ ResourceId: ClusterId, TagKeyList: ["a"] });
    expect((await here.listTags({ ResourceId: ClusterId })).TagList).toEqual([{ Key: "b", Value: "" }]);
    const HsmId = hsm?.HsmId ?? "";
    expect(await here.deleteHsm({ ClusterId, HsmId })).toMatchObject({ HsmId });
    expect((await here.deleteCluster({ ClusterId })).Cluster?.State).toBe("DELETE_IN_PROGRESS");

    await here.deleteHsm({ ClusterId: clusterId, EniIp: "10.0.3.11" });
    const [backup] = (await here.describeBackups({ Filters: { clusterIds: [clusterId] } })).Backups ?? [];
    expect(backup).toMatchObject({ BackupState: "READY", NeverExpires: false, CreateTimestamp: near(Date.now()) });
    const BackupId = backup?.BackupId;
    const { DestinationBackup: copied } = await here.copyBackupToRegion({ BackupId, DestinationRegion: "eu-west-1" });
    const source = { SourceBackup: BackupId, SourceRegion: "us-east-1", SourceCluster: clusterId };
    expect(copied).toMatchObject({ ...source, CreateTimestamp: backup?.CreateTimestamp });
    const copies = await there.describeBackups({ Filters: { sourceBackupIds: [BackupId ?? ""] } });
    expect(copies.Backups).toMatchObject([{ ...source, CopyTimestamp: near(Date.now()) }]);
    const deleted = (await here.deleteBackup({ BackupId })).Backup;
    expect(deleted).toMatchObject({ BackupState: "PENDING_DELETION", DeleteTimestamp: near(Date.now() + week) });
    expect((await here.restoreBackup({ BackupId })).Backup?.BackupState).toBe("READY");
    const kept = await here.modifyBackupAttributes({ BackupId, NeverExpires: true });
    expect(kept.Backup?.NeverExpires).toBe(true);

    const done = new Set(served.answered.filter(({ status }) => status === 200).map(({ what }) => what));
    expect(serviceOperations.filter((operation) => !done.has(operation))).toEqual(policies);
  });

  test("reads refusals as the exceptions of the model", async () => {
    const absent = here.deleteCluster({ ClusterId: "cluster-22222222222" });
    await expect(absent).rejects.toBeInstanceOf(CloudHsmResourceNotFoundException);
    await expect(absent).rejects.toMatchObject({
      message: "Cluster cluster-22222222222 was not found.",
      $metadata: { httpStatusCode: 400, requestId: expect.stringMatching(/^[\da-f-]{36}$/) as string },
    });
    const refused = here.deleteCluster({ ClusterId: clusterId });
    await expect(refused).rejects.toBeInstanceOf(CloudHsmInvalidRequestException);
    await expect(refused).rejects.toThrow(/still has hsm-lgavqitns2[ab], hsm-lgavqitns2[ab]: delete its HSMs first\.$/);
  });

  test("asks for page after page, and again where it is throttled", async () => {
    for (let more = 0; more < 2; more++) {
      await here.createCluster({ HsmType: "hsm1.medium", SubnetIds: ["subnet-49a1bc00"] });
    }
    const fault = { operation: "DescribeClusters", kind: "throttle", from: 1, times: 1 } as const;
    await setFault(new MemoryHome(place), fault, undefined);
    const pages: (number | undefined)[] = [];
    for await (const { Clusters } of paginateDescribeClusters({ client: here, pageSize: 2 }, {})) {
      pages.push(Clusters?.length);
    }
    expect(pages).toEqual([2, 1]);
    const refused = served.answered.flatMap(({ refused: type }) => type ?? []);
    expect(refused).toEqual(["ThrottlingException"]);
  });
});

import { join } from "node:path";
import { expect, test } from "vitest";
import { SqliteHome } from "../../src/store/sqlite/sqlite-home.ts";
import { createdHome } from "../harness/created-home.ts";
import { temporaryFolder } from "../harness/program.ts";
import { callOf, serveHome } from "../harness/served-home.ts";

/** Seconds for which the clients go on: CLOUDHSM_CLIENTS_SECONDS=60 is a longer trial. Each makes two HSMs at least. */
const seconds = Number(process.env["CLOUDHSM_CLIENTS_SECONDS"] ?? 0);
const least = 2;

const clusterId = "cluster-igklspoyj5v";
const living = `
clusters:
  - id: ${clusterId}
    passwordCost: 10
    users: [{ id: 1, type: CO, name: admin, password: co12345 }]
    hsms: [{ id: hsm-lgavqitns2a, hostname: 10.0.2.9 }]
`;

interface Hsm {
  readonly HsmId: string;
  readonly EniIp?: string;
}

test("ten clients at once make and delete HSMs, and none is lost or there twice", async () => {
  const folder = join(temporaryFolder(), "home");
  await (await createdHome(folder, living)).close();
  const served = serveHome(() => new SqliteHome(folder));
  const expected = new Set(["hsm-lgavqitns2a"]);
  const shown = async (): Promise<readonly Hsm[]> => {
    const { status, body } = await callOf(served, "DescribeClusters");
    expect([status, body]).toEqual([200, body]);
    const [found] = body["Clusters"] as readonly { readonly Hsms: readonly Hsm[] }[];
    return found?.Hsms ?? [];
  };
  const end = performance.now() + seconds * 1000;
  let made = 0;
  const client = async (): Promise<void> => {
    for (let turn = 0; turn < least || performance.now() < end; turn++) {
      const created = await callOf(served, "CreateHsm", { ClusterId: clusterId, AvailabilityZone: "us-east-1a" });
      // There are at most 28; whoever is refused looks again.
      expect([200, 400]).toContain(created.status);
      const hsm = created.body["Hsm"] as Hsm | undefined;
      if (hsm === undefined) continue;
      expect(expected).not.toContain(hsm.HsmId);
      expected.add(hsm.HsmId);
      made++;
      const all = await shown();
      const addresses = all.map(({ EniIp }) => EniIp);
      expect(new Set(addresses).size).toBe(addresses.length);
      expect(all.filter(({ HsmId }) => HsmId === hsm.HsmId)).toHaveLength(1);
      if (made % 3 === 0) continue;
      expected.delete(hsm.HsmId);
      const deleted = await callOf(served, "DeleteHsm", { ClusterId: clusterId, HsmId: hsm.HsmId });
      expect(deleted).toEqual({ status: 200, body: { HsmId: hsm.HsmId } });
    }
  };
  await Promise.all(Array.from({ length: 10 }, client));
  expect(made).toBeGreaterThanOrEqual(10 * least);
  const left = await shown();
  expect(left.map(({ HsmId }) => HsmId).toSorted()).toEqual([...expected].toSorted());
  expect(served.failures).toEqual([]);
  expect(served.answered.filter(({ status }) => status === "lost" || status >= 500)).toEqual([]);
});

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { rootsOf } from "../../../src/fleet/service/roots.ts";
import type { ServiceBackup } from "../../../src/fleet/service/service-backup.ts";
import { compareHome, isAllInStep } from "../../../src/fleet/compare/compare-home.ts";
import { MemoryHome } from "../../../src/store/memory/memory-home.ts";
import { MemoryPlace } from "../../../src/store/memory/memory-place.ts";
import { customerCa } from "../../harness/customer-ca.ts";
import { isMissing } from "../../harness/debian.ts";
import { homes, inPostgres } from "../../harness/homes.ts";
import { openssl } from "../../harness/openssl.ts";
import { temporaryFolder } from "../../harness/program.ts";
import { ServedHome, region } from "../../harness/service-home.ts";

const zone = `${region}a`;
const shown = (backups: readonly ServiceBackup[]) => backups.map(({ state, clusterId }) => [clusterId, state]);

describe.skipIf(isMissing("openssl"))("the guide's day", () => {
  test.each([...homes, ...inPostgres()])("from an empty home in %s to a clone in another region", async (_, make) => {
    const served = new ServedHome(make());
    expect(await served.ask((plane) => plane.clusters())).toEqual([]);

    const id = await served.created();
    expect(await served.cluster(id)).toMatchObject({ state: "UNINITIALIZED", hsms: [], certificates: {} });

    const made = await served.ask((plane) => plane.createHsm(id, { zone }));
    expect(made).toMatchObject({ state: "CREATE_IN_PROGRESS", clusterId: id, zone, subnetId: "subnet-11111111" });
    expect([made.eniIp, made.eniId]).toEqual([undefined, undefined]);
    const [first] = (await served.cluster(id)).hsms;
    expect(first).toMatchObject({
      id: made.id,
      state: "ACTIVE",
      eniId: expect.stringMatching(/^eni-[0-9a-f]{17}$/) as string,
    });
    expect(first?.eniIp).toMatch(/^10\.\d+\.\d+\.\d+$/);
    await expect(served.withHsm(id)).rejects.toMatchObject({
      kind: "invalidRequest",
      message: `Cluster '${id}' already contains an HSM but has not yet been fully activated`,
    });
    await verifyIdentity(served, id);

    await served.initialised(id, customerCa());
    const initialised = await served.cluster(id);
    expect(initialised.state).toBe("INITIALIZED");
    expect(Object.keys(initialised.certificates)).toEqual(["clusterCertificate"]);
    await expect(served.withHsm(id)).rejects.toThrow("has not yet been fully activated");
    expect(await served.ask((plane) => plane.backups())).toEqual([]);

    await served.activated(id);
    expect((await served.cluster(id)).state).toBe("ACTIVE");
    expect(await served.ask((plane) => plane.hasActivations())).toBe(true);
    await served.ask((plane) => plane.noticeActivations());
    expect(await served.ask((plane) => plane.hasActivations())).toBe(false);
    expect(shown(await served.ask((plane) => plane.backups()))).toEqual([[id, "READY"]]);

    const second = await served.ask((plane) => plane.createHsm(id, { zone: `${region}b` }));
    expect(second.subnetId).toBe("subnet-22222222");
    expect(isAllInStep(await served.visit((home) => compareHome(home, [])))).toBe(true);
    expect((await served.ask((plane) => plane.backups())).length).toBe(2);
    expect(await served.ask((plane) => plane.deleteHsm(id, { by: "id", id: made.id }))).toBe(made.id);
    expect((await served.cluster(id)).hsms).toMatchObject([{ id: second.id }]);

    const backup = (await served.ask((plane) => plane.backups())).at(-1)?.id ?? "";
    const copied = await served.ask((plane) => plane.copyBackup(backup, "eu-west-1"));
    expect(copied).toMatchObject({ sourceRegion: region, sourceBackup: backup, sourceCluster: id });
    const [copy] = await served.ask((plane) => plane.backups(), "eu-west-1");
    expect(copy).toMatchObject({ state: "READY", sourceBackup: backup, created: copied.created, copied: served.now });
    const wish = { hsmType: "hsm1.medium", subnetIds: ["subnet-33333333"], tags: [] } as const;
    const clone = await served.ask(
      (plane) => plane.createCluster({ ...wish, sourceBackup: copy?.arn ?? "" }),
      "eu-west-1",
    );
    expect(clone).toMatchObject({ state: "CREATE_IN_PROGRESS", sourceBackupId: copy?.id, hsms: [] });
    expect(clone.certificates).toEqual(initialised.certificates);
    expect(await served.cluster(clone.id, "eu-west-1")).toMatchObject({ state: "ACTIVE", hsms: [] });
    await served.ask((plane) => plane.createHsm(clone.id, { zone: "eu-west-1a" }), "eu-west-1");
    // Of one family: users can be copied from one to the other.
    const families = await served.visit((home) => compareHome(home, []));
    expect(families.families.length).toBe(1);
    expect(isAllInStep(families)).toBe(true);
  });

  test("a cluster whose last HSM is gone stays, and has all that it had with its next one", async () => {
    const place = new MemoryPlace();
    const served = new ServedHome(() => new MemoryHome(place));
    const id = await served.created();
    const lost = await served.withHsm(id);
    const { clusterCsr } = (await served.cluster(id)).certificates;
    await served.ask((plane) => plane.deleteHsm(id, { by: "id", id: lost }));
    expect(await served.cluster(id)).toMatchObject({ state: "UNINITIALIZED", hsms: [], certificates: {} });
    await served.withHsm(id);
    expect((await served.cluster(id)).certificates.clusterCsr).not.toBe(clusterCsr);
    await served.initialised(id, customerCa());
    for (const state of ["INITIALIZED", "ACTIVE"] as const) {
      if (state === "ACTIVE") await served.activated(id);
      const [hsm] = (await served.cluster(id)).hsms;
      await served.ask((plane) => plane.deleteHsm(id, { by: "ip", ip: hsm?.eniIp ?? "" }));
      expect(await served.cluster(id)).toMatchObject({
        state,
        hsms: [],
        certificates: { clusterCertificate: expect.any(String) as string },
      });
      const next = await served.withHsm(id);
      const view = await served.cluster(id);
      expect(view).toMatchObject({ state, hsms: [{ id: next }] });
      expect(view.hsms[0]?.eniIp).not.toBe(hsm?.eniIp);
    }
  });
});

/** Verifies who an HSM is by both roots, word for word as the guide does it ("verify-hsm-identity"). */
async function verifyIdentity(served: ServedHome, id: string): Promise<void> {
  const folder = temporaryFolder();
  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const roots = await served.visit(rootsOf);
  const { certificates } = await served.cluster(id);
  const { clusterCsr = "", hsmCertificate = "" } = certificates;
  const hsm = file("hsm.crt", hsmCertificate);
  const chains = [
    [certificates.awsHardwareCertificate, roots.aws],
    [certificates.manufacturerHardwareCertificate, roots.manufacturer],
  ] as const;
  for (const [hardware = "", root] of chains) {
    const chain = file("chain.crt", `${hardware}${root}`);
    expect(openssl(["verify", "-CAfile", chain, hsm]).toString("utf8")).toContain("hsm.crt: OK");
    expect(() => openssl(["verify", "-CAfile", file("root.crt", root), hsm])).toThrow();
  }
  const key = openssl(["x509", "-pubkey", "-noout"], hsmCertificate);
  expect(openssl(["req", "-pubkey", "-noout"], clusterCsr)).toEqual(key);
}

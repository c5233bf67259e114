import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import { keepBackup, keptBackups } from "../../src/fleet/backups.ts";
import { compareHome, isAllInStep } from "../../src/fleet/compare/compare-home.ts";
import type { Home } from "../../src/store/home.ts";
import { changeOf } from "../harness/fleet-change.ts";
import { customerCa } from "../harness/customer-ca.ts";
import { isMissing } from "../harness/debian.ts";
import { root, temporaryFolder } from "../harness/program.ts";
import { ServedHome } from "../harness/service-home.ts";
import { SqliteHome } from "../../src/store/sqlite/sqlite-home.ts";
import { type Change, tryFaults } from "./faulty-change.ts";

/** The program that makes one call. */
async function callingProgram(): Promise<string> {
  const folder = temporaryFolder();
  const outfile = join(folder, "service-call.mjs");
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const entryPoints = [join(root, "test", "durability", "service-call.ts")];
  const banner = "import{createRequire as requireFrom}from'node:module';const require=requireFrom(import.meta.url);";
  await build({
    ...{ entryPoints, outfile, bundle: true, platform: "node", format: "esm", logLevel: "error" },
    banner: { js: banner },
    external: ["libsql"],
  });
  return outfile;
}

/** The service in the home of a scene, asked by this process. */
function served(home: Pick<Home, "name">): ServedHome {
  return new ServedHome(() => new SqliteHome(home.name));
}

/** Of how many write points in turn one meets a fault: what the service writes, others write too, and are tried there. */
const stride = 24;
const inspect = { timeout: 600_000 };

describe.skipIf(isMissing("strace"))("killed, out of space or with a broken disk at writes of the service", () => {
  test("create-hsm: the HSM is whole or not there, and in step", inspect, async () => {
    const change: Change = {
      ...{ title: "create-hsm", stride, program: await callingProgram() },
      words: ({ home }) => [home.name, "create-hsm", "c"],
      inspect: async ({ home }, done) => {
        const service = served(home);
        const { hsms } = await service.cluster("c");
        expect(hsms.length).toBeOneOf(done ? [3] : [2, 3]);
        if (hsms.length < 3) await service.withHsm("c");
        const states = (await service.cluster("c")).hsms.map(({ state }) => state);
        expect(states).toEqual(["ACTIVE", "ACTIVE", "ACTIVE"]);
        expect(isAllInStep(await service.visit((there) => compareHome(there, [])))).toBe(true);
      },
    };
    expect(await tryFaults(change)).toBeGreaterThan(10);
  });

  test("delete-hsm: the HSM is there, or gone for good after a backup", inspect, async () => {
    const change: Change = {
      ...{ title: "delete-hsm", stride, program: await callingProgram() },
      words: ({ home }) => [home.name, "delete-hsm", "c", "hsm-b"],
      inspect: async ({ home }, done) => {
        const service = served(home);
        const { hsms } = await service.cluster("c");
        expect(hsms.length).toBeOneOf(done ? [1] : [1, 2]);
        const remove = () => service.ask((plane) => plane.deleteHsm("c", { by: "id", id: "hsm-b" }));
        if (hsms.length === 2) await remove();
        expect((await service.cluster("c")).hsms).toMatchObject([{ id: "hsm-a", state: "ACTIVE" }]);
        expect((await service.ask((plane) => plane.backups())).length).toBeGreaterThan(0);
        expect((await service.visit((there) => there.list())).length).toBe(1);
      },
    };
    expect(await tryFaults(change)).toBeGreaterThan(10);
  });

  test("copy-backup-to-region: the copy is whole or not there", inspect, async () => {
    let backup = "";
    const change: Change = {
      ...{ title: "copy-backup-to-region", stride, program: await callingProgram() },
      before: async (home) => {
        backup = (await keepBackup("c", changeOf(home))).id;
      },
      words: ({ home }) => [home.name, "copy-backup", backup, "eu-west-1"],
      inspect: async ({ home }, done) => {
        const service = served(home);
        const copies = await service.ask((plane) => plane.backups(), "eu-west-1");
        expect(copies.length).toBeOneOf(done ? [1] : [0, 1]);
        const [{ id: sourceBackup } = { id: undefined }] = copies;
        if (sourceBackup === undefined) return;
        const wish = { hsmType: "hsm1.medium", subnetIds: ["subnet-1"], tags: [], sourceBackup } as const;
        const { id } = await service.ask((plane) => plane.createCluster(wish), "eu-west-1");
        await service.ask((plane) => plane.createHsm(id, { zone: "eu-west-1a" }), "eu-west-1");
        expect(isAllInStep(await service.visit((there) => compareHome(there, [])))).toBe(true);
        expect((await service.visit(keptBackups)).length).toBe(2);
      },
    };
    expect(await tryFaults(change)).toBeGreaterThan(10);
  });

  test("initialize-cluster: it waits for its certificate, or has it and its users", inspect, async () => {
    const ca = customerCa();
    let id = "";
    let signed = "";
    const change: Change = {
      ...{ title: "initialize-cluster", stride, program: await callingProgram() },
      before: async (home) => {
        const service = served(home);
        id = await service.created();
        await service.withHsm(id);
        signed = ca.sign((await service.cluster(id)).certificates.clusterCsr ?? "");
      },
      words: ({ home }) => [home.name, "initialize-cluster", id, signed, ca.anchor],
      inspect: async ({ home }, done) => {
        const service = served(home);
        const { state } = await service.cluster(id);
        expect(state).toBeOneOf(done ? ["INITIALIZED"] : ["UNINITIALIZED", "INITIALIZED"]);
        if (state === "UNINITIALIZED") await service.initialised(id, ca);
        await service.activated(id);
        expect((await service.cluster(id)).state).toBe("ACTIVE");
      },
    };
    expect(await tryFaults(change)).toBeGreaterThan(10);
  });
});

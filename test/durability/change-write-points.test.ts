import { cpSync, existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { DrillFolder, parseDrill } from "../../src/app/fleet/drill-folder.ts";
import { beginDrill } from "../../src/app/fleet/drill-start.ts";
import { StateError } from "../../src/errors/state-error.ts";
import { type InstalledFile, installFiles, uninstallFiles } from "../../src/files/installed-files.ts";
import { checkGoals } from "../../src/fleet/drills/check-goals.ts";
import { drillOf } from "../../src/fleet/drills/drill-record.ts";
import { endFaults, faultsOf } from "../../src/fleet/faults/set-fault.ts";
import { findHsm } from "../../src/fleet/find-hsm.ts";
import { hsmsNotUp, noteState } from "../../src/fleet/hsm-states.ts";
import { endLogins, loginsIn } from "../../src/fleet/logins.ts";
import { startHsm, stopHsm } from "../../src/fleet/power.ts";
import { resetHome } from "../../src/fleet/reset-home.ts";
import type { Home } from "../../src/store/home.ts";
import { SqliteHome } from "../../src/store/sqlite/sqlite-home.ts";
import { startOfTime } from "../harness/backups.ts";
import { createIn } from "../harness/created-home.ts";
import { isMissing } from "../harness/debian.ts";
import { FaultyShell, set } from "../harness/faulty-cluster.ts";
import { cluster, tryFaults } from "./faulty-change.ts";

const both = ["h0", "h1"].map((hostname) => ({ hostname, port: 2225 }));
const [h0, h1] = both;
const login = "loginHSM CO admin co12345";

/** A shell on both HSMs, in which an officer is logged in; throws where that does not succeed. */
async function officer(home: Home): Promise<FaultyShell["shell"]> {
  const { shell } = new FaultyShell(home, both);
  expect(await shell.command(login)).toMatch(/success on server 0.*\n.*success on server 1/);
  return shell;
}

/** Who is logged in, and where; each HSM must answer. */
function logins(home: Home) {
  return loginsIn(home, both, ({ hostname }, error) => {
    throw new Error(hostname, { cause: error });
  });
}

/** The fault that is set: what it is for, and nothing of when. */
const drop = { kind: "drop", hsms: { kind: "one", ...h1 }, requests: { kind: "command", name: "createUser" } };
const setDrop = (home: Home) => set(home, { kind: "drop", command: "createUser" }, h1);
const create = ["createUser CU bob bob12345", "y", "I"];

/** The words of a test's title and its command line. */
const worded = (words: string) => ({ title: words, words: () => words.split(" ") });
const forLong = { timeout: 600_000 };

describe.skipIf(isMissing("strace"))("killed, out of space or with a broken disk at any write", () => {
  test("fault add: the fault is set whole or not at all", forLong, async () => {
    const points = await tryFaults({
      stride: 2,
      ...worded("fault add --hsm h1 --kind drop --command createUser"),
      inspect: async ({ home }, done) => {
        const found = await faultsOf(home);
        if (done) expect(found).toHaveLength(1);
        if (found.length === 0) await setDrop(home);
        expect(await faultsOf(home)).toMatchObject([drop]);
        expect(await (await officer(home)).type(...create)).toMatch(/success on server 0[^]*server 1\(.*\) failed/);
      },
    });
    expect(points).toBeGreaterThan(50);
  });

  test("fault clear: all faults are cleared, or none", forLong, async () => {
    const points = await tryFaults({
      ...worded("fault clear --all"),
      before: async (home) => {
        await setDrop(home);
        await set(home, { kind: "drop", command: "createUser" }, h0);
      },
      inspect: async ({ home }, done) => {
        const found = await faultsOf(home);
        expect(done ? [0] : [0, 2]).toContain(found.length);
        await endFaults(
          home,
          found.map(({ id }) => id),
        );
        expect(await (await officer(home)).type(...create)).toMatch(/success on server 0[^]*success on server 1/);
      },
    });
    expect(points).toBeGreaterThan(20);
  });

  test("hsm stop: the HSM is stopped and has no logins, at the latest when it is said again", forLong, async () => {
    const points = await tryFaults({
      title: "hsm stop h1",
      stride: 2,
      words: async ({ home }) => {
        await officer(home);
        return ["hsm", "stop", "h1"];
      },
      before: async (home) => {
        await home.keepRecords();
      },
      inspect: async ({ home }, done) => {
        const isStopped = (await hsmsNotUp(home)).length === 1;
        if (done) expect(isStopped).toBe(true);
        const hsm = await findHsm(home, "h1");
        if (!isStopped) await stopHsm(home, hsm);
        else if (!done) await expect(stopHsm(home, hsm)).rejects.toThrow(StateError);
        expect(await hsmsNotUp(home)).toMatchObject([{ hsmId: "hsm-b", state: "stopped" }]);
        expect((await logins(home)).map(({ places }) => places)).toMatchObject([[h0]]);
        await startHsm(home, hsm);
        await officer(home);
      },
    });
    expect(points).toBeGreaterThan(30);
  });

  test("hsm start: the HSM is stopped, or up without logins", forLong, async () => {
    const points = await tryFaults({
      title: "hsm start h1",
      // Whoever stopped it was killed before the login had ended.
      words: async ({ home }) => {
        await officer(home);
        const { hsmId, clusterId, hostname, port } = await findHsm(home, "h1");
        await noteState(home, hsmId, { state: "stopped", clusterId, hostname, port, since: 0 });
        return ["hsm", "start", "h1"];
      },
      stride: 2,
      before: async (home) => {
        await home.keepRecords();
      },
      inspect: async ({ home }, done) => {
        const isStopped = (await hsmsNotUp(home)).length === 1;
        if (done) expect(isStopped).toBe(false);
        if (isStopped) await startHsm(home, await findHsm(home, "h1"));
        expect((await logins(home)).map(({ places }) => places)).toMatchObject([[h0]]);
        await officer(home);
      },
    });
    expect(points).toBeGreaterThan(20);
  });

  test("sessions end: the login is ended on each HSM or goes on there, and can be ended again", forLong, async () => {
    const points = await tryFaults({
      title: "sessions end",
      stride: 2,
      words: async ({ folder, home }) => {
        writeFileSync(join(folder, "cluster.yaml"), cluster);
        await officer(home);
        return ["sessions", "end", (await logins(home))[0]?.id ?? "", "--config", "cluster.yaml"];
      },
      inspect: async ({ home }, done) => {
        const [left, ...others] = await logins(home);
        expect(others).toEqual([]);
        if (done) expect(left).toBeUndefined();
        if (left !== undefined)
          await endLogins(
            home,
            left,
            () => startOfTime,
            (_, error) => {
              throw error;
            },
          );
        expect(await logins(home)).toEqual([]);
        await officer(home);
      },
    });
    expect(points).toBeGreaterThan(10);
  });

  test("reset: what is left can be used, and deleted by saying it again", forLong, async () => {
    const points = await tryFaults({
      ...worded("reset --yes"),
      before: async (home) => {
        await setDrop(home);
      },
      inspect: async ({ home, folder }, done) => {
        if (done) expect(await home.list()).toEqual([]);
        const copy = new SqliteHome(join(folder, "copy"));
        cpSync(home.name, copy.name, { recursive: true });
        await createIn(copy, cluster);
        await officer(copy);
        await copy.close();
        await resetHome(home);
        expect(await home.list()).toEqual([]);
        expect(await home.records()).toBeUndefined();
        await createIn(home, cluster);
        await officer(home);
      },
    });
    expect(points).toBeGreaterThan(4);
  });

  test("drill start: it is started whole, or can be started", forLong, async () => {
    const file = "drill.yaml";
    const points = await tryFaults({
      title: "drill start",
      words: ({ folder }) => {
        writeFileSync(join(folder, file), drill);
        return ["drill", "start", join(folder, file), "--dir", "here"];
      },
      stride: 5,
      inspect: async ({ folder }, done) => {
        const started = new DrillFolder(join(folder, "here"));
        if (done) expect(started.isTaken).toBe(true);
        if (!started.isTaken) {
          await beginDrill(started, await parseDrill(file, drill));
          await started.keep(drill);
        }
        const home = new SqliteHome(started.home);
        const record = await drillOf(home);
        if (record === undefined) throw new Error("a drill that is started has no record");
        const checked = await checkGoals(home, (await started.drill()).goals, record);
        expect(checked.map(({ shortfalls }) => shortfalls.length)).toEqual([1, 0]);
        expect(await faultsOf(home)).toMatchObject([{ kind: "drop", seen: 0 }]);
        const { shell } = new FaultyShell(home, both.slice(0, 1));
        expect(await shell.command(login)).toContain("success on server 0");
        await home.close();
      },
    });
    expect(points).toBeGreaterThan(100);
  });

  test("install: each file is whole or not there; it can be installed again, and all be removed", forLong, async () => {
    let whole: readonly InstalledFile[] = [];
    const points = await tryFaults({
      title: "install",
      words: ({ folder }) => {
        writeFileSync(join(folder, "cluster.yaml"), cluster);
        return ["install", "--prefix", "opt", "--config", "cluster.yaml"];
      },
      inspect: async ({ folder, home }, done) => {
        const prefix = join(folder, "opt");
        const textOf = (path: string): string | undefined =>
          existsSync(join(prefix, path)) ? readFileSync(join(prefix, path), "utf8").replaceAll(folder, "") : undefined;
        if (whole.length === 0) {
          const paths = ["bin/cloudhsm_mgmt_util", "etc/cloudhsm_mgmt_util.cfg", "etc/customerCA.crt"];
          whole = paths.map((path) => ({ path, text: textOf(path) ?? "", isProgram: path.startsWith("bin/") }));
          expect(whole.every(({ text }) => text.length > 100)).toBe(true);
        }
        for (const { path, text } of whole) {
          // The certificate is one of the template's, from which all scenes come.
          expect(done ? [text] : [text, undefined]).toContain(textOf(path));
        }
        await installFiles(prefix, whole);
        await uninstallFiles(prefix);
        const left = existsSync(prefix) ? readdirSync(prefix, { recursive: true, withFileTypes: true }) : [];
        expect(left.filter((entry) => entry.isFile())).toEqual([]);
        await officer(home);
      },
    });
    expect(points).toBeGreaterThan(12);
  });
});

const drill = `title: A drill
story: An officer is missing.
${cluster.replace(/, \{ id: hsm-b.*\}\]/, "]")}faults: [{ hsm: h0, kind: drop, command: createUser }]
goals:
  - user: { name: officer1, type: CO }
  - untouched: { users: [admin] }
`;

import { spawn } from "node:child_process";
import { cpSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { addHsm } from "../../src/fleet/add-hsm.ts";
import { keepBackup, keptBackups, restoreBackup } from "../../src/fleet/backups.ts";
import { compareHome, isAllInStep } from "../../src/fleet/compare/compare-home.ts";
import { destroyHsm } from "../../src/fleet/destroy-hsm.ts";
import { hsmsNotUp } from "../../src/fleet/hsm-states.ts";
import type { Home } from "../../src/store/home.ts";
import { SqliteHome } from "../../src/store/sqlite/sqlite-home.ts";
import { startOfTime } from "../harness/backups.ts";
import { createIn, createdHome } from "../harness/created-home.ts";
import { isMissing } from "../harness/debian.ts";
import { changeOf } from "../harness/fleet-change.ts";
import { environmentOf, root, temporaryFolder } from "../harness/program.ts";
import { type Fault, isStruck, striking, tracing, writePointsIn } from "./fault.ts";

const cluster = `clusters:
  - id: c
    passwordCost: 10
    users: [{ id: 1, type: CO, name: admin, password: co12345 }]
    hsms: [{ id: hsm-a, hostname: h0 }, { id: hsm-b, hostname: h1 }]
`;
const at = (hostname: string) => ({ hostname, port: 2225 });
/** Whether each fault is tried at each point, and not one of them, in turn, at every second: that takes six times as long. */
const triesAll = process.env["CLOUDHSM_EVERY_FAULT"] === "1";
const faults: readonly Fault[] = ["killed", "EIO", "ENOSPC"];

interface Ended {
  readonly status: number | null;
  readonly stderr: string;
}

/** Runs a change of the fleet below other words. */
function change(below: readonly string[], home: string, words: readonly string[]): Promise<Ended> {
  const [program = "", ...before] = below;
  const env = environmentOf({ words: [], home });
  const sim = join(root, "dist", "cloudhsm-sim.js");
  const child = spawn(program, [...before, process.execPath, sim, ...words], {
    env,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let stderr = "";
  child.stderr.on("data", (bytes: Buffer) => (stderr += bytes.toString()));
  return new Promise((resolve) => {
    child.on("close", (status) => {
      resolve({ status, stderr });
    });
  });
}

/** Says what must hold after a change that was done, or not. */
type Inspection = (home: string, done: boolean) => Promise<void>;

/**
 * Has a change meet a fault at each write on the home.
 *
 * @param before what was done in the home before
 */
async function tryFaults(
  words: readonly string[],
  inspect: Inspection,
  before: (home: Home) => Promise<void> = () => Promise.resolve(),
) {
  const folder = temporaryFolder();
  const template = join(folder, "template");
  const made = await createdHome(template, cluster);
  await before(made);
  await made.close();
  const place = (name: string): string => {
    const home = join(folder, name);
    rmSync(home, { recursive: true, force: true });
    cpSync(template, home, { recursive: true });
    return home;
  };
  const counted = place("counted");
  const calls = join(folder, "calls");
  expect(await change(tracing(calls), counted, words)).toMatchObject({ status: 0 });
  const points = writePointsIn(readFileSync(calls, "utf8"), counted);
  const told = { killed: 0, failed: 0, harmless: 0 };
  const trials = points.flatMap((point, position) => {
    const next = position % 2 === 0 ? (faults[(position / 2) % faults.length] ?? "killed") : undefined;
    const chosen = triesAll ? faults : next === undefined ? [] : [next];
    return chosen.map((fault) => ({ point, fault }));
  });
  const queue = trials.values();
  const worker = async (name: string): Promise<void> => {
    for (const { point, fault } of queue) {
      const home = place(name);
      const log = join(folder, `${name}-calls`);
      const { status, stderr } = await change(striking(log, point, fault), home, words);
      const where = `${fault} at ${point.call} ${String(point.nth)} of ${point.path}: ${stderr}`;
      try {
        expect(isStruck(readFileSync(log, "utf8"), fault)).toBe(true);
        expect(stderr).not.toMatch(/unexpected|\bat .*:\d+:\d+/);
        if (fault !== "killed" && status !== 0) {
          expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringMatching(/^cloudhsm-sim: /) as string });
        }
        await inspect(home, status === 0);
      } catch (error) {
        throw new Error(where, { cause: error });
      }
      told[fault === "killed" ? "killed" : status === 0 ? "harmless" : "failed"]++;
    }
  };
  await Promise.all(["one", "two", "three"].map(worker));
  console.log(`${words.join(" ")}: ${String(points.length)} write points, ${JSON.stringify(told)}`);
  return points.length;
}

describe.skipIf(isMissing("strace"))(
  "killed, out of space or with a broken disk at any write of a change of the fleet",
  () => {
    test("hsm add: the new HSM is whole or not there, and can be added again", { timeout: 600_000 }, async () => {
      const points = await tryFaults(["hsm", "add", "c", "h2"], async (folder, done) => {
        const home = new SqliteHome(folder);
        const isThere = (await home.list()).length === 3;
        if (done) expect(isThere).toBe(true);
        if (!isThere) await addHsm("c", at("h2"), changeOf(home));
        expect(await home.list()).toEqual([at("h0"), at("h1"), at("h2")]);
        expect(isAllInStep(await compareHome(home, []))).toBe(true);
        await home.close();
      });
      expect(points).toBeGreaterThan(10);
    });

    test("hsm destroy: the HSM is there, or gone for good", { timeout: 600_000 }, async () => {
      const points = await tryFaults(["hsm", "destroy", "h1"], async (folder, done) => {
        const home = new SqliteHome(folder);
        const isThere = (await home.list()).length === 2;
        if (done) expect(isThere).toBe(false);
        if (isThere) await destroyHsm(home, "h1");
        await createIn(home, cluster);
        expect(await home.list()).toEqual([at("h0")]);
        expect(await hsmsNotUp(home)).toMatchObject([{ hsmId: "hsm-b", state: "destroyed" }]);
        await home.close();
      });
      expect(points).toBeGreaterThan(10);
    });

    test(
      "backup: it is whole or not there, the others stay, and one can be taken again",
      { timeout: 600_000 },
      async () => {
        const inspect: Inspection = async (folder, done) => {
          const home = new SqliteHome(folder);
          const [first, second, ...others] = await keptBackups(home);
          expect([first, ...others]).toEqual([expect.objectContaining({ time: startOfTime / 1000 })]);
          if (done) expect(second).toBeDefined();
          const { id } = second ?? (await keepBackup("c", changeOf(home)));
          for (const [host, backup] of [
            ["h2", id],
            ["h3", first?.id ?? ""],
          ] as const) {
            expect(await restoreBackup(backup, undefined, [at(host)], changeOf(home))).toMatchObject({ users: 1 });
          }
          expect(isAllInStep(await compareHome(home, []))).toBe(true);
          await home.close();
        };
        const before = async (home: Home): Promise<void> => {
          await keepBackup("c", changeOf(home));
        };
        expect(await tryFaults(["backup", "c"], inspect, before)).toBeGreaterThan(10);
      },
    );
  },
);

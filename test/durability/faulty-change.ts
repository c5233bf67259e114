import { spawn } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { Model } from "../../src/simulator/models/model.ts";
import type { Home } from "../../src/store/home.ts";
import { SqliteHome } from "../../src/store/sqlite/sqlite-home.ts";
import { createdHome } from "../harness/created-home.ts";
import { environmentOf, root, temporaryFolder } from "../harness/program.ts";
import { type Fault, isStruck, striking, tracing, writePointsIn } from "./fault.ts";

/** The HSMs of a home in which something is changed. */
export const cluster = `clusters:
  - id: c
    passwordCost: 10
    users: [{ id: 1, type: CO, name: admin, password: co12345 }]
    hsms: [{ id: hsm-a, hostname: h0 }, { id: hsm-b, hostname: h1 }]
`;

/** Where a change is made: a folder of its own, in which the home is, and may be other things. */
interface Scene {
  readonly folder: string;
  readonly home: SqliteHome;
}

/** A subcommand of `cloudhsm-sim`, or another program, that is carried out again and again, with another fault each time. */
export interface Change {
  readonly title: string;
  /** The file of the program; undefined is `cloudhsm-sim`. */
  readonly program?: string;
  /** The YAML of the HSMs in its home; undefined is {@link cluster}. */
  readonly cluster?: string;
  /** What they are; undefined is those of AWS. */
  readonly model?: Model;
  /** The words of the command line. Somebody may be at work in the scene until it is inspected. */
  readonly words: (scene: Scene) => readonly string[] | Promise<readonly string[]>;
  /** What was done in the home before. */
  readonly before?: (home: Home) => Promise<void>;
  /** Says what must hold after a change that was done, or not. */
  readonly inspect: (scene: Scene, done: boolean) => Promise<void>;
  /** Of how many write points in turn one meets a fault; undefined is each. */
  readonly stride?: number;
}

/** Whether each fault is tried at each point, and not one of them in turn: that takes three times as long and more. */
const triesAll = process.env["CLOUDHSM_EVERY_FAULT"] === "1";
const sim = join(root, "dist", "cloudhsm-sim.js");
const faults: readonly Fault[] = ["killed", "EIO", "ENOSPC"];

/** Has a change meet a fault at its writes in its scene; prints and gives how many write points it has. */
export async function tryFaults(change: Change): Promise<number> {
  const folder = temporaryFolder();
  const template = join(folder, "template");
  const made = await createdHome(template, change.cluster ?? cluster, change.model);
  await change.before?.(made);
  await made.close();
  const place = (name: string): string => {
    const scene = join(folder, name);
    rmSync(scene, { recursive: true, force: true });
    mkdirSync(scene);
    cpSync(template, join(scene, "home"), { recursive: true });
    return scene;
  };
  const inScene = async <T>(name: string, work: (scene: Scene) => Promise<T>): Promise<T> => {
    const scene = place(name);
    const home = new SqliteHome(join(scene, "home"));
    try {
      return await work({ folder: scene, home });
    } finally {
      await home.close();
    }
  };
  const counted = join(folder, "counted");
  const calls = join(folder, "calls");
  await inScene("counted", async (scene) => {
    expect(await carryOut(tracing(calls), scene, change)).toMatchObject({ status: 0 });
    await change.inspect(scene, true);
  });
  const points = writePointsIn(readFileSync(calls, "utf8"), counted);
  const chosen = triesAll ? points : points.filter((_, position) => position % (change.stride ?? 1) === 0);
  const trials = chosen.flatMap((point, position) =>
    (triesAll ? faults : [faults[position % faults.length] ?? "killed"]).map((fault) => ({ point, fault })),
  );
  const queue = trials.values();
  const told = { killed: 0, failed: 0, harmless: 0 };
  // When the library lets go of a file that was closed, and with it of its log, is up to the garbage collection.
  let missed = 0;
  const worker = async (name: string): Promise<void> => {
    for (const { point, fault } of queue) {
      await inScene(name, async (scene) => {
        const log = join(folder, `${name}-calls`);
        const { status, stderr } = await carryOut(striking(log, point, fault), scene, change);
        const where = `${fault} at ${point.call} ${String(point.nth)} of ${point.path}: ${stderr}`;
        try {
          const struck = isStruck(readFileSync(log, "utf8"), fault);
          if (!struck) expect(status).toBe(0);
          expect(stderr).not.toMatch(/unexpected|\bat .*:\d+:\d+/);
          if (fault !== "killed" && status !== 0) {
            expect({ status, stderr }).toEqual({
              status: 1,
              stderr: expect.stringMatching(/^(?:cloudhsm-sim|cloudhsm_mgmt_util|azcloudhsm_mgmt_util): /) as string,
            });
          }
          await change.inspect(scene, status === 0);
          if (!struck) missed++;
          else told[fault === "killed" ? "killed" : status === 0 ? "harmless" : "failed"]++;
        } catch (error) {
          throw new Error(where, { cause: error });
        }
      });
    }
  };
  await Promise.all(["one", "two", "three"].map(worker));
  expect(missed).toBeLessThanOrEqual(Math.max(2, trials.length / 10));
  console.log(
    `${change.title}: ${String(points.length)} write points, ${String(trials.length)} faults: ` +
      `killed at ${String(told.killed)}, ${String(told.failed)} failures told, ${String(told.harmless)} did no harm`,
  );
  return points.length;
}

interface Ended {
  readonly status: number | null;
  readonly stderr: string;
}

/** Runs a change of the fleet below other words. */
async function carryOut(below: readonly string[], scene: Scene, { words, program = sim }: Change): Promise<Ended> {
  const { folder, home } = scene;
  const [strace = "", ...before] = below;
  const env = environmentOf({ words: [], home: home.name, environment: { XDG_STATE_HOME: `${folder}-state` } });
  const child = spawn(strace, [...before, process.execPath, program, ...(await words(scene))], {
    cwd: folder,
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

import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { AuditedEvent } from "../harness/audit.ts";
import { type Start, temporaryFolder } from "../harness/program.ts";
import { type Fault, type Spoken, type Step, type WritePoint, findWritePoints, speak, strike } from "./fault.ts";

/** A session that is spoken again and again, with another fault each time. */
export interface Scenario {
  readonly title: string;
  /** The text of the cluster's YAML. */
  readonly cluster: string;
  /** A folder with the HSMs as the session finds them; undefined where it creates them. */
  readonly template: string | undefined;
  readonly steps: readonly Step[];
  /** Where a long session is killed by default; at each point where it is left out. */
  readonly killed?: "everySecond";
  /**
   * Starts the program again on what a session left behind, and compares everything that can be seen. Gives what each
   * HSM went through, without what differs from run to run.
   */
  readonly inspect: (start: Start, spoken: Spoken) => Promise<readonly (readonly string[])[]>;
}

/** What came of a fault: the process was killed, the failure was told, or it did no harm and nothing was to tell. */
type Effect = "killed" | "told" | "harmless";

/** Whether each way to fail is tried at each point, and not one of them in turn at every fourth: that takes more than twice as long. */
const triesAll = process.env["CLOUDHSM_EVERY_FAULT"] === "1";

/** Kills a session at every write point, and lets calls there fail, three at a time; says what came of it. */
export async function tryEveryFault(scenario: Scenario): Promise<Readonly<Record<Effect, number>>> {
  const folder = temporaryFolder();
  const kept = join(folder, "kept");
  const start = place(join(folder, "undisturbed"), scenario, kept);
  const spoken = await speak(start, scenario.steps);
  const undisturbed = { stdout: spoken.stdout, stories: await scenario.inspect(start, spoken) };
  // After the session that left something to remember: no later one writes that, too.
  const points = await findWritePoints(place(join(folder, "counted"), scenario, kept), scenario.steps);
  const trials = points.flatMap((point, position) => {
    const inTurn: readonly Fault[] = position % 4 > 0 ? [] : [position % 8 === 0 ? "EIO" : "ENOSPC"];
    const failures: readonly Fault[] = triesAll ? ["EIO", "ENOSPC"] : inTurn;
    const isKilled = triesAll || scenario.killed === undefined || position % 2 === 0;
    const kills: readonly Fault[] = isKilled ? ["killed"] : [];
    return [...kills, ...failures].map((fault): Trial => ({ point, fault }));
  });
  const queue = trials.values();
  const results = { killed: 0, told: 0, harmless: 0 };
  const worker = async (name: string): Promise<void> => {
    for (const trial of queue) {
      const placed = place(join(folder, name), scenario, kept);
      results[await attempt(placed, scenario, trial, undisturbed)]++;
    }
  };
  await Promise.all(["one", "two", "three"].map(worker));
  console.log(
    `${scenario.title}: ${String(points.length)} write points, killed at ${String(results.killed)}, ` +
      `${triesAll ? "EIO and ENOSPC at each" : "EIO or ENOSPC at every fourth"}: ${String(results.told)} failures told, ${String(results.harmless)} did no harm`,
  );
  return results;
}

/**
 * A home as a session finds it: filled with the HSMs, or empty.
 *
 * @param kept where the configuration is, and what the program remembers from start to start: with it, starts are short
 */
export function place(
  folder: string,
  { cluster, template }: Pick<Scenario, "cluster" | "template">,
  kept = folder,
): Start {
  rmSync(folder, { recursive: true, force: true });
  for (const path of [folder, kept]) mkdirSync(path, { recursive: true });
  const home = join(folder, "home");
  if (template !== undefined) cpSync(template, home, { recursive: true });
  const config = join(kept, "cluster.yaml");
  if (!existsSync(config)) writeFileSync(config, cluster);
  return { words: [config], home, environment: { XDG_STATE_HOME: join(kept, "state") } };
}

/** What an HSM went through since it was created, without what differs from run to run. */
export function story(events: readonly AuditedEvent[]): readonly string[] {
  return events.map(({ opcode, response, user }) => `${opcode} ${String(response)} ${user ?? ""}`);
}

interface Trial {
  readonly point: WritePoint;
  readonly fault: Fault;
}

interface Undisturbed {
  readonly stdout: string;
  readonly stories: readonly (readonly string[])[];
}

async function attempt(
  start: Start,
  scenario: Scenario,
  { point, fault }: Trial,
  undisturbed: Undisturbed,
): Promise<Effect> {
  const spoken = await strike(start, scenario.steps, point, fault);
  try {
    expect(spoken.struck).toBe(true);
    const stories = await scenario.inspect(start, spoken);
    if (fault === "killed") return fault;
    expect(`${spoken.stdout}${spoken.stderr}`).not.toMatch(/unexpected|no simulated HSM|\bat .*:\d+:\d+/);
    if (spoken.stdout !== undisturbed.stdout || spoken.stderr !== "" || spoken.status !== 0) {
      expect(`${spoken.stdout}${spoken.stderr}`).toMatch(/HSM Error: |HSM CLUSTER ERROR: |^cloudhsm_mgmt_util: /m);
      return "told";
    }
    expect(stories).toEqual(undisturbed.stories);
    return "harmless";
  } catch (error) {
    const where = `${fault} at ${point.call} ${String(point.nth)} of ${point.path}`;
    throw new Error(`${where}\n${spoken.stdout}\n${spoken.stderr}\nstatus ${String(spoken.status)}`, { cause: error });
  }
}

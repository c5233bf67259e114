import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { environmentOf, root } from "./program.ts";
import { withoutProgress } from "./progress-lines.ts";

/** What a run of the fleet's program came to. */
interface FleetRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const program = join(root, "dist", "cloudhsm-sim.js");

/** Runs `cloudhsm-sim` with a home, on pipes. */
export function runFleet(home: string, words: readonly string[], input = ""): FleetRun {
  const env = environmentOf({ words: [], home });
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], { env, input, encoding: "utf8" });
  return { status, stdout, stderr: withoutProgress(stderr) };
}

/** Runs it beside other processes. */
export async function runFleetBeside(home: string, words: readonly string[]): Promise<FleetRun> {
  const child = spawn(process.execPath, [program, ...words], { env: environmentOf({ words: [], home }) });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on("error", reject).on("close", resolve);
  });
  child.stdin.end();
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { status: await ended, stdout, stderr: withoutProgress(stderr) };
}

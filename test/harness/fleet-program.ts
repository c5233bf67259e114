import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { environmentOf, root } from "./program.ts";
import { withoutProgress } from "./progress-lines.ts";

/** What a run of the fleet's program came to. */
interface FleetRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `cloudhsm-sim` with a home, on pipes. */
export function runFleet(home: string, words: readonly string[], input = ""): FleetRun {
  const env = environmentOf({ words: [], home });
  const program = join(root, "dist", "cloudhsm-sim.js");
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], { env, input, encoding: "utf8" });
  return { status, stdout, stderr: withoutProgress(stderr) };
}

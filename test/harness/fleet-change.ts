import { Progress } from "../../src/fleet/progress.ts";
import type { Change } from "../../src/fleet/restore-hsms.ts";
import type { Home } from "../../src/store/home.ts";
import { MemoryHome } from "../../src/store/memory/memory-home.ts";
import { MemoryPlace } from "../../src/store/memory/memory-place.ts";
import { startOfTime } from "./backups.ts";
import { createIn } from "./created-home.ts";

/** What a change of the fleet in a home works with. */
export function changeOf(home: Home): Change {
  return { home, clock: () => startOfTime, progress: new Progress(new AbortController().signal) };
}

/** A home in memory with what a YAML text names. */
export async function homeWith(yaml: string): Promise<MemoryHome> {
  const home = new MemoryHome(new MemoryPlace());
  await createIn(home, yaml);
  return home;
}

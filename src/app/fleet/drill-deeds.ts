import { drillFile } from "../../config/bundled-drills.ts";
import type { Drill } from "../../config/drill.ts";
import { loadText } from "../../config/load.ts";
import { StateError } from "../../errors/state-error.ts";
import { type CheckedGoal, checkGoals } from "../../fleet/drills/check-goals.ts";
import { type DrillRecord, drillOf, keepDrill } from "../../fleet/drills/drill-record.ts";
import type { Home } from "../../store/home.ts";
import { openHome } from "../home/open-home.ts";
import { changing } from "./changing-home.ts";
import { type DrillFolder, parseDrill } from "./drill-folder.ts";
import { beginDrill, emptyDrill } from "./drill-start.ts";

/** A hint that was asked for. */
export interface GivenHint {
  /** Undefined where none is left. */
  readonly hint: string | undefined;
  readonly left: number;
  readonly all: number;
}

/** How far a drill is. */
export interface CheckedDrill {
  readonly drill: Drill;
  readonly checked: readonly CheckedGoal[];
  /** How many hints were given. */
  readonly hints: number;
}

/** A drill by its name or file. Throws ConfigurationError. */
export async function bundledDrill(word: string): Promise<Drill> {
  const file = drillFile(word);
  return parseDrill(file, await loadText(file));
}

/** Makes the bad state of a drill in a folder of its own. Throws StateError, ConfigurationError, ProvisionError, StoreError. */
export async function startIn(folder: DrillFolder, word: string): Promise<Drill> {
  const { name: dir } = folder;
  if (folder.isTaken) {
    throw new StateError(
      `a drill was started in ${dir}: cloudhsm-sim drill reset --dir ${dir} begins it anew, or name another folder with --dir`,
    );
  }
  const file = drillFile(word);
  const text = await loadText(file);
  const drill = await parseDrill(file, text);
  await beginDrill(folder, drill);
  await folder.keep(text);
  return drill;
}

/** Begins the drill of a folder anew. Throws as {@link startIn} does. */
export async function resetIn(folder: DrillFolder): Promise<Drill> {
  const drill = await folder.drill();
  await emptyDrill(folder);
  await beginDrill(folder, drill);
  return drill;
}

/** Gives the next hint, and notes that. Throws StateError, StoreError. */
export function hintIn(folder: DrillFolder): Promise<GivenHint> {
  return inDrill(folder, async ({ hints }, home, record) => {
    const hint = hints[record.hints];
    const left = Math.max(0, hints.length - record.hints - 1);
    if (hint !== undefined) await changing(home, () => keepDrill(home, { ...record, hints: record.hints + 1 }));
    return { hint, left, all: hints.length };
  });
}

/** Looks which goals are met. Throws StateError, StoreError. */
export function checkIn(folder: DrillFolder): Promise<CheckedDrill> {
  return inDrill(folder, async (drill, home, record) => ({
    drill,
    checked: await checkGoals(home, drill.goals, record),
    hints: record.hints,
  }));
}

async function inDrill<T>(
  folder: DrillFolder,
  work: (drill: Drill, home: Home, record: DrillRecord) => Promise<T>,
): Promise<T> {
  const drill = await folder.drill();
  const home = await openHome(folder.home);
  try {
    const record = await drillOf(home);
    if (record === undefined) {
      throw new StateError(
        `${folder.home} does not know of a drill: cloudhsm-sim drill reset --dir ${folder.name} begins it anew`,
      );
    }
    return await work(drill, home, record);
  } finally {
    await home.close();
  }
}

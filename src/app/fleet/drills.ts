import { isatty } from "node:tty";
import { bundledDrills, drillFile } from "../../config/bundled-drills.ts";
import type { Drill } from "../../config/drill.ts";
import { loadText } from "../../config/load.ts";
import { checkGoals } from "../../fleet/drills/check-goals.ts";
import { type DrillRecord, drillOf, keepDrill } from "../../fleet/drills/drill-record.ts";
import { StateError } from "../../errors/state-error.ts";
import { oneLine } from "../../text/json.ts";
import { printable } from "../../text/printable.ts";
import { openHome } from "../home/open-home.ts";
import { toOutput } from "../process/to-output.ts";
import type { Home } from "../../store/home.ts";
import { changing } from "./changing-home.ts";
import { DrillFolder, parseDrill } from "./drill-folder.ts";
import {
  checkedAsJson,
  checkedAsText,
  drillAsText,
  goalAsJson,
  loggedInLines,
  nextSteps,
  shellLine,
} from "./drill-forms.ts";
import { beginDrill, emptyDrill } from "./drill-start.ts";
import { paintFor } from "./paint.ts";
import { printLines } from "./print-lines.ts";

/** What is asked of a drill that was started. */
export interface DrillRequest {
  readonly dir: string;
  readonly json: boolean;
}

/** Prints the drills that come with this program, and returns the exit status. */
export function listDrills({ json }: Pick<DrillRequest, "json">): Promise<number> {
  return printLines(async () => {
    const drills: { readonly name: string; readonly title: string }[] = [];
    for (const name of bundledDrills()) drills.push({ name, title: (await bundledDrill(name)).title });
    if (json) return [oneLine({ drills })];
    const width = Math.max(...drills.map(({ name }) => name.length));
    return drills.map(({ name, title }) => printable(`${name.padEnd(width)}  ${title}`));
  });
}

/** Prints the story of a drill and its goals, and returns the exit status. */
export function showDrill(word: string, { json }: Pick<DrillRequest, "json">): Promise<number> {
  return printLines(async () => {
    const drill = await bundledDrill(word);
    if (!json) return drillAsText(drill);
    const { title, story, goals, hints } = drill;
    return [oneLine({ title, story, goals: goals.map(goalAsJson), hints: hints.length })];
  });
}

/** Makes the bad state of a drill in a folder of its own, tells the story, and returns the exit status. */
export function startDrill(word: string, { dir, json }: DrillRequest): Promise<number> {
  return printLines(async () => {
    const folder = new DrillFolder(dir);
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
    return begun(folder, drill, json);
  });
}

/** Begins the drill of a folder anew, and returns the exit status. */
export function resetDrill({ dir, json }: DrillRequest): Promise<number> {
  return printLines(async () => {
    const folder = new DrillFolder(dir);
    const drill = await folder.drill();
    await emptyDrill(folder);
    await beginDrill(folder, drill);
    return begun(folder, drill, json);
  });
}

/** Prints the next hint, and returns the exit status: 1 where there is none left. */
export function giveHint({ dir, json }: DrillRequest): Promise<number> {
  return toOutput(({ writer }) =>
    inDrill(dir, async (drill, home, record) => {
      const hint = drill.hints[record.hints];
      const left = Math.max(0, drill.hints.length - record.hints - 1);
      if (hint !== undefined) {
        await changing(home, () => keepDrill(home, { ...record, hints: record.hints + 1 }));
      }
      const none = drill.hints.length === 0 ? "there are no hints" : "there is no other hint";
      writer.write(`${json ? oneLine({ hint, left }) : printable(hint?.trimEnd() ?? none)}\n`);
      return hint === undefined ? 1 : 0;
    }),
  );
}

/** Prints which goals are met, and returns the exit status: 1 until all are. */
export function checkDrill({ dir, json }: DrillRequest): Promise<number> {
  return toOutput(({ writer }) =>
    inDrill(dir, async (drill, home, record) => {
      const checked = await checkGoals(home, drill.goals, record);
      const lines = json ? [oneLine(checkedAsJson(checked))] : checkedAsText(checked, await paintFor(isatty(1)));
      writer.write(lines.map((line) => `${line}\n`).join(""));
      return checked.every(({ shortfalls }) => shortfalls.length === 0) ? 0 : 1;
    }),
  );
}

/** Throws ConfigurationError. */
async function bundledDrill(word: string): Promise<Drill> {
  const file = drillFile(word);
  return parseDrill(file, await loadText(file));
}

function begun(folder: DrillFolder, drill: Drill, json: boolean): readonly string[] {
  if (!json) return [...drillAsText(drill), "", ...loggedInLines(folder, drill), ...nextSteps(folder)];
  const { home, configuration } = folder;
  const logins = drill.logins.map(({ type, name }) => ({ type, name }));
  return [oneLine({ title: drill.title, home, configuration, shell: shellLine(folder), logins })];
}

async function inDrill<T>(
  dir: string,
  work: (drill: Drill, home: Home, record: DrillRecord) => Promise<T>,
): Promise<T> {
  const folder = new DrillFolder(dir);
  const drill = await folder.drill();
  const home = openHome(folder.home);
  try {
    const record = await drillOf(home);
    if (record === undefined) {
      throw new StateError(
        `${folder.home} does not know of a drill: cloudhsm-sim drill reset --dir ${dir} begins it anew`,
      );
    }
    return await work(drill, home, record);
  } finally {
    await home.close();
  }
}

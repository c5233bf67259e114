import { isatty } from "node:tty";
import { hsmHome } from "../../config/home.ts";
import { bundledDrills } from "../../config/bundled-drills.ts";
import type { Drill } from "../../config/drill.ts";
import { oneLine } from "../../text/json.ts";
import { printable } from "../../text/printable.ts";
import { toOutput } from "../process/to-output.ts";
import { bundledDrill, checkIn, hintIn, resetIn, startIn } from "./drill-deeds.ts";
import { DrillFolder } from "./drill-folder.ts";
import {
  checkedAsJson,
  checkedAsText,
  drillAsText,
  goalAsJson,
  loggedInLines,
  nextSteps,
  shellLine,
} from "./drill-forms.ts";
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
export function startDrill(
  word: string,
  { dir, json, home }: DrillRequest & { readonly home: string | undefined },
): Promise<number> {
  return printLines(async () => {
    const elsewhere = home === undefined ? undefined : hsmHome(home, process.env, { home: undefined });
    const folder = new DrillFolder(dir, elsewhere);
    return begun(folder, await startIn(folder, word), json);
  });
}

/** Begins the drill of a folder anew, and returns the exit status. */
export function resetDrill({ dir, json }: DrillRequest): Promise<number> {
  return printLines(async () => {
    const folder = new DrillFolder(dir);
    return begun(folder, await resetIn(folder), json);
  });
}

/** Prints the next hint, and returns the exit status: 1 where there is none left. */
export function giveHint({ dir, json }: DrillRequest): Promise<number> {
  return toOutput(async ({ writer }) => {
    const { hint, left, all } = await hintIn(new DrillFolder(dir));
    const none = all === 0 ? "there are no hints" : "there is no other hint";
    writer.write(`${json ? oneLine({ hint, left }) : printable(hint?.trimEnd() ?? none)}\n`);
    return hint === undefined ? 1 : 0;
  });
}

/** Prints which goals are met, and returns the exit status: 1 until all are. */
export function checkDrill({ dir, json }: DrillRequest): Promise<number> {
  return toOutput(async ({ writer }) => {
    const { checked } = await checkIn(new DrillFolder(dir));
    const lines = json ? [oneLine(checkedAsJson(checked))] : checkedAsText(checked, await paintFor(isatty(1)));
    writer.write(lines.map((line) => `${line}\n`).join(""));
    return checked.every(({ shortfalls }) => shortfalls.length === 0) ? 0 : 1;
  });
}

function begun(folder: DrillFolder, drill: Drill, json: boolean): readonly string[] {
  if (!json) return [...drillAsText(drill), "", ...loggedInLines(folder, drill), ...nextSteps(folder, drill)];
  const { home } = folder;
  const configuration = folder.configurationOf(drill);
  const logins = drill.logins.map(({ type, name }) => ({ type, name }));
  return [oneLine({ title: drill.title, home, configuration, shell: shellLine(folder, drill), logins })];
}

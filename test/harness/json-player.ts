import { readFileSync } from "node:fs";
import { join } from "node:path";
import { withoutProgress } from "./progress-lines.ts";
import { type Place } from "./running-command.ts";
import { type Run, readSession } from "./session-file.ts";
import { echoOf, folderOf, keysOf, runMeanwhile, sessionFolder, type Stage, stageOf, start } from "./session-player.ts";

/** A run of a session in JSON: what it wrote to standard output and standard error, by lines. */
export interface JsonRun {
  readonly run: Run;
  readonly lines: readonly string[];
  /** Empty where prompts were on it. */
  readonly errors: readonly string[];
  readonly status: number | undefined;
}

/**
 * Replays a session with `--output json`: on a pipe, or where a second terminal has its turn at a question, which no JSON
 * shows, at a terminal. Returns its conversations.
 */
export async function replayInJson(name: string): Promise<readonly JsonRun[]> {
  const session = readSession(join(sessionFolder, name));
  const stage = stageOf(folderOf(session));
  const runs: JsonRun[] = [];
  for (const run of session.runs) {
    // What only asks for the version has no session.
    const isSession = run.exchanges.length > 0 || run.status !== 0;
    // The key utility has no JSON: it does what it is told, and nobody reads what it says.
    const isOfKeys = /^(?:key_mgmt_util|azcloudhsm_util|key_mgmt_tool)\b/.test(run.command);
    if (run.isConversation && isSession && !isOfKeys)
      runs.push(await (asksMeanwhile(run) ? typed(run, stage) : piped(run, stage)));
    else {
      const other = start(`exec 2>&1; ${run.command}`, stage, "pipe");
      for (const exchange of isOfKeys ? run.exchanges : []) other.send(keysOf(exchange.typed, "pipe"));
      other.endInput();
      await other.end();
    }
  }
  return runs;
}

/** Whether a prompt is one for commands. */
export function isForCommands(written: string): boolean {
  return /(?:^|\n)(?:aws-cloudhsm|cloudmgmt|server\d+)>$/.test(written);
}

function asksMeanwhile({ exchanges }: Run): boolean {
  return exchanges.some(({ meanwhile, written }) => meanwhile.length > 0 && !isForCommands(written));
}

function linesOf(text: string): readonly string[] {
  return text.split("\n").filter((line) => line !== "");
}

function inJson({ command }: Run): string {
  return `${command} --output json`;
}

/** In one burst, but where a second terminal has its turn: then, all before it has been answered. */
async function piped(run: Run, stage: Stage): Promise<JsonRun> {
  const place: Place = "pipe";
  const errors = join(stage.folder, ".stderr");
  const running = start(`exec 2>'${errors}'; ${inJson(run)}`, stage, place);
  let answered = 0;
  for (const { written, meanwhile, typed: line } of run.exchanges) {
    if (meanwhile.length > 0) await running.wait((output) => linesOf(output).length === answered);
    for (const second of meanwhile) await runMeanwhile(second, stage);
    running.send(keysOf(line, place));
    if (isForCommands(written) && isCommand(line.line)) answered++;
  }
  running.endInput();
  const status = await running.end();
  return {
    run,
    lines: linesOf(running.output),
    errors: linesOf(withoutProgress(readFileSync(errors, "utf8"))),
    status,
  };
}

/** Whether a line at a prompt for commands is carried out. */
export function isCommand(line: string | undefined): boolean {
  return line !== undefined && !/^\s*(?:#|$)/.test(line);
}

/** Prompts and what is typed are seen on standard error, and nothing else. */
async function typed(run: Run, stage: Stage): Promise<JsonRun> {
  const place: Place = "terminal";
  const file = join(stage.folder, ".stdout");
  const running = start(`${inJson(run)} > '${file}'`, stage, place);
  let seen = "";
  for (const { written, meanwhile, typed: line } of run.exchanges) {
    seen += written.slice(written.lastIndexOf("\n") + 1);
    const expected = seen;
    await running.wait((output) => withoutNotice(output) === expected);
    if (withoutNotice(running.output) !== expected) throw new Error(`not what was typed:\n${running.output}`);
    for (const second of meanwhile) await runMeanwhile(second, stage);
    running.send(keysOf(line, place));
    seen += echoOf(line, place);
  }
  running.endInput();
  const status = await running.end();
  return { run, lines: linesOf(readFileSync(file, "utf8")), errors: [], status };
}

/** Without what the program says of itself before the first prompt, to a person. */
function withoutNotice(output: string): string {
  return output.slice(Math.max(output.search(/^(?:aws-cloudhsm>|cloudmgmt>)/m), 0));
}

import type { Command } from "../command/command.ts";
import type { Parameter, Proposals, WordPlace } from "../command/parameter.ts";
import { resolve } from "./resolve.ts";
import { printable } from "../text/printable.ts";
import { splitWords } from "./split-words.ts";

/** What completion needs to know of the session. */
export interface CompletionSource<M extends string> extends Proposals {
  readonly commands: readonly Command<M>[];
  readonly mode: () => M;
}

/** What Tab proposes for the last word of a line: command names, then what the command's parameters know. */
export async function complete<M extends string>(
  source: CompletionSource<M>,
  line: string,
): Promise<[candidates: string[], part: string]> {
  const words = splitWords(line);
  const part = /[ \t]$/.test(line) ? "" : (words.at(-1) ?? "");
  const before = part === "" ? words : words.slice(0, -1);
  const candidates = fitting(await candidatesAfter(source, before, part), part);
  // Behind a folder, its files are wanted.
  return [candidates.map((candidate) => (candidate.endsWith("/") ? candidate : `${candidate} `)), part];
}

/** Those that begin as typed, once each; what could do something to the terminal, no line can hold. */
function fitting(candidates: readonly string[], part: string): readonly string[] {
  const wanted = part.toLowerCase();
  return [...new Set(candidates)].filter(
    (candidate) => candidate.toLowerCase().startsWith(wanted) && candidate === printable(candidate),
  );
}

async function candidatesAfter<M extends string>(
  source: CompletionSource<M>,
  before: readonly string[],
  part: string,
): Promise<readonly string[]> {
  const [name, ...given] = before;
  const mode = source.mode();
  if (name === undefined) return commandNames(source.commands, mode, part);
  const found = resolve(source.commands, mode, name);
  if (found.kind === "problem") return [];
  const { parameters, prefix } = found.command;
  if (prefix !== undefined && given[0] === prefix) given.shift();
  const places = parameters.filter(({ flag }) => flag === undefined);
  const flagged = given.slice(places.length);
  const wanted = given.length < places.length ? places[given.length] : parameterOfFlag(parameters, flagged);
  if (wanted === undefined) return flagsAfter(parameters, flagged);
  return (await wanted.complete?.(source, placeOf(places, given, part))) ?? [];
}

/** The matching commands of the mode, or of the other mode, which say where they belong. */
function commandNames(commands: readonly Command[], mode: string, part: string): readonly string[] {
  const names = (wanted: readonly Command[]): readonly string[] => wanted.map(({ name }) => name);
  const here = names(commands.filter(({ modes }) => modes.includes(mode)));
  return fitting(here, part).length > 0 ? here : names(commands);
}

function placeOf(places: readonly Parameter[], given: readonly string[], part: string): WordPlace {
  return {
    part,
    given: Object.fromEntries(places.flatMap(({ key }, at) => (given[at] === undefined ? [] : [[key, given[at]]]))),
  };
}

/** The parameter whose flag comes right before: each flag takes one word. */
function parameterOfFlag(parameters: readonly Parameter[], given: readonly string[]): Parameter | undefined {
  if (given.length % 2 === 0) return undefined;
  return parameters.find(({ flag }) => flag !== undefined && flag === given.at(-1));
}

/** The flags that are left, where one may follow. */
function flagsAfter(parameters: readonly Parameter[], given: readonly string[]): readonly string[] {
  if (given.length % 2 === 1) return [];
  return parameters.flatMap(({ flag }) => (flag === undefined || given.includes(flag) ? [] : [flag]));
}

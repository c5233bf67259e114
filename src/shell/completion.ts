import type { Command, Mode, Parameter } from "../commands/command.ts";
import type { UserSummary } from "../hsm/users/user.ts";
import { resolve } from "./resolve.ts";
import { splitWords } from "./words.ts";

/** What completion needs to know of the session. */
export interface CompletionSource {
  readonly commands: readonly Command[];
  readonly mode: () => Mode;
  readonly users: () => Promise<readonly UserSummary[]>;
}

/** What Tab proposes for the last word of a line: command names, then what the command's parameters know. */
export async function complete(source: CompletionSource, line: string): Promise<[candidates: string[], part: string]> {
  const words = splitWords(line);
  const part = /[ \t]$/.test(line) ? "" : (words.at(-1) ?? "");
  const before = part === "" ? words : words.slice(0, -1);
  const candidates = await candidatesAfter(source, before);
  const wanted = part.toLowerCase();
  const fitting = candidates.filter((candidate) => candidate.toLowerCase().startsWith(wanted));
  return [fitting.map((candidate) => `${candidate} `), part];
}

async function candidatesAfter(source: CompletionSource, before: readonly string[]): Promise<readonly string[]> {
  const [name, ...given] = before;
  const mode = source.mode();
  if (name === undefined) {
    return source.commands.filter(({ modes }) => modes.includes(mode)).map((command) => command.name);
  }
  const found = resolve(source.commands, mode, name);
  if (found.kind === "problem") return [];
  const { parameters, prefix } = found.command;
  const places = parameters.filter(({ flag }) => flag === undefined);
  if (prefix !== undefined && given[0] === prefix) given.shift();
  if (given.length >= places.length) return flagsAfter(parameters, given.slice(places.length));
  return (await places[given.length]?.complete?.(source)) ?? [];
}

/** The flags that are left where one may stand: each takes one word. */
function flagsAfter(parameters: readonly Parameter[], given: readonly string[]): readonly string[] {
  if (given.length % 2 === 1) return [];
  return parameters.flatMap(({ flag }) => (flag === undefined || given.includes(flag) ? [] : [flag]));
}

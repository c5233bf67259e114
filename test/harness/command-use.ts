import type { Mode } from "../../src/cluster/cluster.ts";
import type { Command } from "../../src/command/command.ts";
import { commands } from "./offered-commands.ts";
import { resolve } from "../../src/shell/resolve.ts";
import { splitWords } from "../../src/shell/split-words.ts";

/**
 * Everything that the declarations of the commands offer, as texts: each command in each of its modes, each word that
 * may be left out, each flag, and each word that may stand before the others.
 */
export const offeredUses: readonly string[] = commands.flatMap((command) => [
  ...command.modes.map((mode) => inMode(command, mode)),
  ...optionalWords(command).map((word) => `${command.name} with ${word}`),
]);

/** What a line at a prompt uses of that; nothing where it does not fit. */
export function usesOf(mode: Mode, line: string): readonly string[] {
  const [word, ...words] = splitWords(line);
  const found = word === undefined ? undefined : resolve(commands, mode, word);
  if (found?.kind !== "command" || found.command.read(words).kind === "misfit") return [];
  const { command } = found;
  return [inMode(command, mode), ...givenWords(command, words).map((given) => `${command.name} with ${given}`)];
}

function inMode({ name }: Command, mode: Mode): string {
  return `${name} in ${mode} mode`;
}

/** The word that may stand before all others, as usage shows it: `getKeyInfo [-k] <key handle>`. */
function prefixOf({ usage }: Command): string | undefined {
  return /^\w+ \[(-\S+)\]/.exec(usage)?.[1];
}

function optionalWords(command: Command): readonly string[] {
  const prefix = prefixOf(command);
  const labels = command.parameters.filter(({ optional }) => optional === true).map(({ label }) => label);
  return prefix === undefined ? labels : [prefix, ...labels];
}

function givenWords(command: Command, words: readonly string[]): readonly string[] {
  const prefix = prefixOf(command);
  const rest = prefix !== undefined && words[0] === prefix ? words.slice(1) : words;
  const places = command.parameters.filter(({ flag }) => flag === undefined);
  const given = command.parameters.filter(({ flag }) => flag !== undefined && rest.slice(places.length).includes(flag));
  const labels = [...places.slice(0, rest.length), ...given].map(({ label }) => label);
  return rest === words || prefix === undefined ? labels : [prefix, ...labels];
}

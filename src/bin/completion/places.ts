import type { Outline, OutlinedOption } from "../outline.ts";

/** A command at its place below a program. */
export interface Place {
  /** The words that lead to it, without the program: `fault add`. */
  readonly words: readonly string[];
  readonly outline: Outline;
}

/** A program, and all commands below it. */
export function placesOf(outline: Outline, words: readonly string[] = []): readonly Place[] {
  return [{ words, outline }, ...outline.commands.flatMap((command) => placesOf(command, [...words, command.name]))];
}

/** What may come next at a place, but for values of options: commands and choices of arguments first, then options. */
export function proposalsAt({ outline }: Place): readonly string[] {
  const choices = outline.arguments.flatMap(({ value }) => value.choices ?? []);
  return [...outline.commands.map(({ name }) => name), ...choices, ...outline.options.flatMap(({ flags }) => flags)];
}

/** The options of a place that take a value. */
export function valuedOptions({ outline }: Place): readonly OutlinedOption[] {
  return outline.options.filter(({ value }) => value !== undefined);
}

/** The name of a program as a part of a function's. */
export function identifier(program: string): string {
  return `_${program.replaceAll(/\W/g, "_")}_completion`;
}

/** A word in single quotes, for any of the shells. */
export function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

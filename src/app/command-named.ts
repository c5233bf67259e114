import { commands } from "../commands/management/command-table.ts";

/** A command by its name in whatever case, as the shells name it; undefined where none has it. */
export function commandNamed(word: string): string | undefined {
  return commandNames().find((name) => name.toLowerCase() === word.toLowerCase());
}

/** The names of all commands that there are in any vendor's shell. */
export function commandNames(): readonly string[] {
  return [...new Set(Object.values(commands).map((command) => command({ modes: [], summary: "" }).name))];
}

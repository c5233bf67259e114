import { offeredOf } from "../command/offer.ts";
import { commands } from "../commands/management/command-table.ts";
import { vendor } from "./vendor.ts";

/** A command as the shell names it, by its name in whatever case; undefined where the shell has no such command. */
export function commandNamed(word: string): string | undefined {
  return offeredCommands().find((name) => name.toLowerCase() === word.toLowerCase());
}

/** The names of all commands of the shell, each once, in the order of its help. */
export function offeredCommands(): readonly string[] {
  return [...new Set(offeredOf(vendor.dialect.offer, commands).map(({ name }) => name))];
}

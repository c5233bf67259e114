import { offeredOf } from "../command/offer.ts";
import { commands } from "../commands/management/command-table.ts";
import { vendor } from "./vendor.ts";

/** A command as the shell names it, by its name in whatever case; undefined where the shell has no such command. */
export function commandNamed(word: string): string | undefined {
  const offered = offeredOf(vendor.dialect.offer, commands);
  return offered.find(({ name }) => name.toLowerCase() === word.toLowerCase())?.name;
}

import type { ComparableHsm } from "../../simulator/comparable-reader.ts";
import type { Address } from "../../store/address.ts";
import type { LastSet } from "./evidence.ts";

/** A server of a configuration: the shell's lines name it by its number. */
export interface NumberedServer extends Address {
  readonly number: number;
  readonly name: string;
}

/** An HSM that is compared with others of its cluster and of clones. */
export interface Relative extends Address, ComparableHsm {
  /** Undefined where the configuration does not list it: no line of a shell reaches it. */
  readonly server: NumberedServer | undefined;
  /** What its shell takes, behind a blank, in place of a password that is to be asked for; empty where it asks always. */
  readonly passwordWord: string;
  /** What decides between two states that as many HSMs are in; empty before anybody asked for it. */
  readonly lastSet: LastSet;
}

/** The HSMs that share a masking key, servers first, in their order: users and keys can be copied between them. */
export type Family = readonly Relative[];

/** Sorts HSMs into families, in the order of their first servers. */
export function familiesOf(relatives: readonly Relative[]): readonly Family[] {
  const ordered = [...relatives].sort((one, other) => rank(one) - rank(other));
  const families = new Map<string, Relative[]>();
  for (const each of ordered) families.set(each.family, [...(families.get(each.family) ?? []), each]);
  return [...families.values()];
}

function rank({ server }: Relative): number {
  return server?.number ?? Number.MAX_SAFE_INTEGER;
}

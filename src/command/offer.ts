import type { Mode } from "../cluster/cluster.ts";
import type { Command, Offerable } from "./command.ts";
import { notSimulated } from "./not-simulated.ts";

/** How a vendor's shell offers a command, as data: help, prompts and questions take it from here. */
export interface Offered<M extends string = string> {
  /** The modes of the shell in which it is given. */
  readonly modes: readonly M[];
  /** One line for the list of commands. */
  readonly summary: string;
  /** Sentences for `help <command>`; the summary when left out. */
  readonly description?: string;
  /** A line as it may be typed, for `help <command>`. */
  readonly example?: string;
  /** False for one that the vendor's help names, and of which nobody says what it does: it answers that it is not simulated. */
  readonly simulated?: false;
  /** Whether the vendor documents it; yes when left out. */
  readonly documented?: boolean;
  /** The modes whose list of commands has it; all in which it is given, when left out. What is not listed works all the same. */
  readonly listedIn?: readonly M[];
  /** What to say in the other mode. */
  readonly elsewhere?: string;
  /** A word that may come before all others and changes nothing, as `-k` of getKeyInfo. */
  readonly prefix?: string;
  /** Whether the CAUTION box is only shown, or y/n asked below it; neither, when left out. */
  readonly caution?: "shown" | "asked";
  /** The keys of words that its declaration has and this shell does not take: what a password is asked for then, for one. */
  readonly without?: readonly string[];
  /** What is asked about a server that failed, where it is not what the command asks otherwise. */
  readonly onFailure?: "retryIgnoreAbort";
  /** Whether the line of success follows in either mode what is shown; as the command has it, when left out. */
  readonly successLine?: "always";
  /** Labels and meanings of its words, by parameter key, where they differ from the usual ones. */
  readonly words?: Readonly<Record<string, WordOffered>>;
}

/** A word of a command as a vendor calls it. */
interface WordOffered {
  readonly label?: string;
  readonly meaning?: string;
  /** What words that the vendor takes in place of others stand for. */
  readonly synonyms?: Readonly<Record<string, string>>;
}

/** The commands that a vendor's shell has, in the order in which help lists them. */
export type Offer<M extends string> = Readonly<Record<string, Offered<M>>>;

/** What a vendor offers in its management shell. */
export type ManagementOffer = Offer<Mode>;

/** The commands of an offer. Throws for one that there is not. */
export function offeredOf<M extends string>(
  offer: Offer<M>,
  commands: Readonly<Record<string, Offerable>>,
): readonly Command<M>[] {
  return Object.entries(offer).map(([key, offered]) => {
    if (offered.simulated === false) return notSimulated(key)(offered);
    const command = commands[key];
    if (command === undefined) throw new Error(`there is no command ${key} to offer`);
    return command(offered);
  });
}

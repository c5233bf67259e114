import type { Counterpart } from "../words/counterpart.ts";
import type { Options } from "./options.ts";

/** How a command of key_mgmt_util is translated. */
export interface KeyRow {
  /**
   * What becomes of a line. Throws NoCounterpart.
   *
   * @param isFilledIn whether a shell puts values in place of variables
   */
  readonly counterpart: (options: Options, isFilledIn: boolean) => Counterpart;
  /** Whether it asks for a value, which the next line answers. */
  readonly asksValue?: true;
}

/** Rows by the names of their commands. */
export type KeyRows = Readonly<Record<string, KeyRow>>;

/** Text as an attribute takes bytes: in hex. */
export function inHex(text: string): string {
  return `0x${Buffer.from(text).toString("hex")}`;
}

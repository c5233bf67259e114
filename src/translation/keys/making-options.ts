import { NoCounterpart } from "../words/counterpart.ts";
import { idsAreLost, knownNumber, number, userOfId } from "../words/new-words.ts";
import { inHex } from "./key-row.ts";
import type { Options } from "./options.ts";

/** Whether a key is to be gone with its login. */
function isSession(options: Options): boolean {
  return options.has("-sess") && options.value("-sess") !== "0";
}

/** Attributes that every command that makes a key can set. */
export function extraAttributes(options: Options): readonly string[] {
  const id = options.value("-id");
  return [...(options.has("-nex") ? ["extractable=false"] : []), ...(id === undefined ? [] : [`id=${inHex(id)}`])];
}

/** What follows the attributes: session, sharers. */
export function sessionAndSharers(options: Options): string {
  const users = options.value("-u");
  const sharers = users === undefined ? "" : ` --share-crypto-users ${users.split(",").map(userOfId).join(" ")}`;
  return `${isSession(options) ? " --session" : ""}${sharers}`;
}

/** What is lost of a line that makes a key: of any, and `more` options of this one. */
export function makingNotes(options: Options, ...more: readonly string[]): readonly string[] {
  const dropped = ["-min_srv", "-timeout", "-attest", ...more].filter((flag) => options.has(flag));
  return [
    ...(options.has("-u") ? [idsAreLost] : []),
    ...(dropped.length === 0 ? [] : [`no counterpart for ${dropped.join(", ")}: left out`]),
    ...(dropped.includes("-min_srv")
      ? ["configure-cli has the key availability check: two HSMs, unless disabled"]
      : []),
    ...(isSession(options) && !dropped.includes("-sess")
      ? ["a session key ends with its login: interactive mode only"]
      : []),
  ];
}

/** Both quorum values for an M value; the new tool takes 2 and more. Throws {@link NoCounterpart}. */
export function quorumOf(options: Options, half: "" | "private-"): string {
  const word = options.value("-m_value");
  if (word === undefined) return "";
  const known = knownNumber(word) ?? 2;
  if (known > 8) throw new NoCounterpart("an M value is 0 to 8");
  return known < 2
    ? ""
    : ` --manage-${half}key-quorum-value ${number(word)} --use-${half}key-quorum-value ${number(word)}`;
}

import { parseUserType } from "../../hsm/user.ts";
import { NoCounterpart } from "./counterpart.ts";

/** A variable of a script, as in a here-document. */
export const variable = /^\$(?:\w+|\{\w+\})$/;

/** A word as the new tool and shells take it, quoted where they would take it apart. */
export function quoted(word: string): string {
  if (variable.test(word)) return `"${word}"`;
  return /^[\w./~:=,+@%-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** The name of a user. Throws {@link NoCounterpart} for one that the new tool does not take. */
export function userName(word: string): string {
  if (variable.test(word)) return quoted(word);
  if (/^\w{1,31}$/.test(word)) return word;
  throw new NoCounterpart("a user name has 1 to 31 letters, digits or underscores: the new tool refuses this one");
}

/** `--username alice --role crypto-user`. Throws {@link NoCounterpart} for a type that has no role. */
export function userAndRole(name: string, type: string): string {
  return `--username ${userName(name)} --role ${roleOf(type)}`;
}

/** The role for a type of user. Throws {@link NoCounterpart} where the new tool takes none. */
function roleOf(type: string): string {
  if (variable.test(type)) return quoted(type);
  switch (parseUserType(type)) {
    case "CO":
    case "PCO":
      return "admin";
    case "CU":
      return "crypto-user";
    case "PRECO":
      throw new NoCounterpart("an unactivated officer is there only until cluster activate, and nobody makes one");
    case "AU":
      throw new NoCounterpart("the appliance user belongs to the service: it is listed, and takes no command");
    case undefined:
      throw new NoCounterpart("this is no type of user; the new tool has the roles admin and crypto-user");
  }
}

/** `key-reference=0x0000000000040012` of a handle. Throws {@link NoCounterpart} for what is no number. */
export function keyReference(handle: string): string {
  if (variable.test(handle)) return `key-reference="$(printf '0x%016x' ${quoted(handle)})"`;
  return `key-reference=0x${BigInt(wholeNumber(handle)).toString(16).padStart(16, "0")}`;
}

/** A number that is written in the same way. Throws {@link NoCounterpart} for anything else. */
export function number(word: string): string {
  return variable.test(word) ? quoted(word) : wholeNumber(word);
}

/** A number of bits for a word with one of bytes. Throws {@link NoCounterpart} for what is no number. */
export function bitsOf(bytes: string): string {
  return variable.test(bytes) ? `$((8 * ${bytes}))` : String(8 * Number(wholeNumber(bytes)));
}

/** A number that is known, unlike that of a variable. Throws {@link NoCounterpart} for what is no number. */
export function knownNumber(word: string): number | undefined {
  return variable.test(word) ? undefined : Number(wholeNumber(word));
}

function wholeNumber(word: string): string {
  if (/^\d{1,19}$/.test(word)) return word;
  throw new NoCounterpart("a word of this line is not the number that it should be");
}

/** Users that are known by id only, to be replaced by who reads it. */
export function userOfId(id: string): string {
  return `<name of user ${number(id)}>`;
}

/** What {@link userOfId} leaves to do. */
export const idsAreLost = "the new tool has no user ids: put in the names that listUsers shows for them";

/** The options that name two clusters, to be filled in by who reads it. */
export const clusterIds = "--source-cluster-id <cluster-id> --destination-cluster-id <cluster-id>";

/** The quorum service of a number. Throws {@link NoCounterpart} where there is none. */
export function serviceOf(service: string): string {
  const name = new Map([
    ["3", "user"],
    ["4", "quorum"],
  ]).get(service);
  if (name !== undefined) return name;
  throw new NoCounterpart("only services 3 (user) and 4 (quorum) have a counterpart");
}

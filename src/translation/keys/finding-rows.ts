import { setAttributeLine, shownAttribute } from "../words/attributes.ts";
import { NoCounterpart, lines, none } from "../words/counterpart.ts";
import { keyReference, quoted } from "../words/new-words.ts";
import { pipesAreTheShells, substitutionsAreTheShells } from "../words/single-command-mode.ts";
import { type KeyRows, inHex } from "./key-row.ts";
import type { Options } from "./options.ts";

/** key_mgmt_util takes attributes by number only. */
const noNames: ReadonlyMap<string, number> = new Map();

/** The one attribute that setAttribute takes. */
const token = "1";

const classes: ReadonlyMap<string, string> = new Map([
  ["2", "public-key"],
  ["3", "private-key"],
  ["4", "secret-key"],
]);

const types: ReadonlyMap<string, string> = new Map([
  ["0", "rsa"],
  ["3", "ec"],
  ["16", "generic-secret"],
  ["21", "des3"],
  ["31", "aes"],
]);

function named(numbers: ReadonlyMap<string, string>, word: string, what: string): string {
  const name = numbers.get(word);
  if (name === undefined) throw new NoCounterpart(`the new tool has no such ${what} of keys`);
  return name;
}

/** The conditions of findKey, which must all hold. */
function conditions(options: Options): readonly string[] {
  const one = (flag: string, condition: (word: string) => string): readonly string[] => {
    const word = options.optional(flag);
    return word === undefined ? [] : [condition(word)];
  };
  return [
    ...one("-l", (label) => `attr.label=${quoted(label)}`),
    ...one("-c", (number) => `attr.class=${named(classes, number, "class")}`),
    ...one("-t", (number) => `attr.key-type=${named(types, number, "type")}`),
    ...one("-kcv", (value) => `attr.check-value=${quoted(`0x${value.replace(/^0x/i, "").toLowerCase()}`)}`),
    ...one("-id", (id) => `attr.id=${inHex(id)}`),
    ...one("-sess", (flag) => `attr.token=${flag === "0" ? "true" : "false"}`),
    ...one("-m", (file) => `attr.modulus="0x$(cat ${quoted(file)})"`),
  ];
}

/** What finds keys, and looks at them. */
export const findingRows: KeyRows = {
  findKey: {
    counterpart: (options) => {
      if (options.has("-u")) throw new NoCounterpart("the new tool finds no keys by the users that share them");
      const filter = conditions(options);
      return lines(
        [`key list${filter.length === 0 ? "" : ` --filter ${filter.join(" ")}`}`],
        'ten keys a page: --max-items and --starting-token; the handles are in .data.matched_keys[]."key-reference"',
        ...(options.has("-m") ? [substitutionsAreTheShells] : []),
      );
    },
  },
  findSingleKey: {
    counterpart: (options) =>
      lines(
        [`key list --filter ${keyReference(options.given("-k"))} -v`],
        "on all HSMs is key-info.cluster-coverage full",
      ),
  },
  getKeyInfo: {
    counterpart: (options) =>
      lines(
        [`key list --filter ${keyReference(options.given("-k"))} -v | jq '.data.matched_keys[0]."key-info"'`],
        "owner and sharers are names; the M value is in key-quorum-values",
        pipesAreTheShells,
      ),
  },
  getAttribute: {
    counterpart: (options) => {
      const { line, notes } = shownAttribute(keyReference(options.given("-o")), options.given("-a"), noNames);
      return lines([`${line} > ${quoted(options.given("-out"))}`], ...notes, pipesAreTheShells);
    },
  },
  setAttribute: {
    asksValue: true,
    counterpart: (options) => {
      const wanted = { attribute: options.given("-a"), value: "1" };
      if (wanted.attribute !== token) throw new NoCounterpart("key_mgmt_util sets token (1) only, and to 1");
      const filter = keyReference(options.given("-o"));
      const { line, notes } = setAttributeLine(filter, wanted, { numbers: noNames, quote: quoted });
      return lines([line], ...notes);
    },
  },
  listAttributes: {
    counterpart: () =>
      none("attributes have names in place of numbers, and no command lists them: key list -v shows those of a key"),
  },
  deleteKey: {
    counterpart: (options) =>
      lines(
        [`key delete --filter ${keyReference(options.given("-k"))}`],
        "each half of a pair by itself, as before; the key must be destroyable",
      ),
  },
};

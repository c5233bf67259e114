import { NoCounterpart } from "./counterpart.ts";

/** How the new tool takes the value of an attribute; "fixed" is for those that nobody can set there. */
type Setting = "flag" | "true only" | "text" | "unpublished" | "fixed";

interface Attribute {
  readonly name: string;
  readonly setting: Setting;
  readonly note?: string;
}

/** Attributes by the numbers that the old tools have for them. */
const attributes: ReadonlyMap<number, Attribute> = new Map<number, Attribute>([
  [0, { name: "class", setting: "fixed" }],
  [1, { name: "token", setting: "true only" }],
  [2, { name: "private", setting: "fixed" }],
  [3, { name: "label", setting: "text" }],
  [134, { name: "trusted", setting: "flag", note: "takes the login of an admin" }],
  [256, { name: "key-type", setting: "fixed" }],
  [258, { name: "id", setting: "fixed" }],
  [259, { name: "sensitive", setting: "fixed" }],
  [260, { name: "encrypt", setting: "flag" }],
  [261, { name: "decrypt", setting: "flag" }],
  [262, { name: "wrap", setting: "flag" }],
  [263, { name: "unwrap", setting: "flag" }],
  [264, { name: "sign", setting: "flag" }],
  [266, { name: "verify", setting: "flag" }],
  [268, { name: "derive", setting: "flag", note: "on hsm2m.medium only" }],
  [288, { name: "modulus", setting: "fixed", note: "of an elliptic-curve key: ec-point" }],
  [289, { name: "modulus-size-bits", setting: "fixed", note: "of an elliptic-curve key: curve" }],
  [290, { name: "public-exponent", setting: "fixed" }],
  [353, { name: "key-length-bytes", setting: "fixed" }],
  [354, { name: "extractable", setting: "fixed" }],
  [355, { name: "local", setting: "fixed" }],
  [356, { name: "never-extractable", setting: "fixed" }],
  [357, { name: "always-sensitive", setting: "fixed" }],
  [370, { name: "destroyable", setting: "flag" }],
  [371, { name: "check-value", setting: "fixed" }],
  [528, { name: "wrap-with-trusted", setting: "true only" }],
  [1073742353, { name: "wrap-template", setting: "unpublished" }],
  [1073742354, { name: "unwrap-template", setting: "unpublished" }],
]);

/** All attributes of a key at once. */
const all = 512;

/** The attribute of a number, or of the name that `listAttributes` shows; undefined is all of them. */
function attributeOf(word: string, numbers: ReadonlyMap<string, number>): Attribute | undefined {
  const number = /^\d+$/.test(word)
    ? Number(word)
    : numbers.get(word.toUpperCase().replace(/^(?!OBJ_ATTR_)/, "OBJ_ATTR_"));
  if (number === all) return undefined;
  const found = number === undefined ? undefined : attributes.get(number);
  if (found !== undefined) return found;
  throw new NoCounterpart("the new tool has no attribute for this one");
}

/** A line, and what to know about it. */
interface AttributeLine {
  readonly line: string;
  readonly notes: readonly string[];
}

/** Shows an attribute of the key that a filter finds. Throws {@link NoCounterpart}. */
export function shownAttribute(filter: string, word: string, numbers: ReadonlyMap<string, number>): AttributeLine {
  const attribute = attributeOf(word, numbers);
  const list = `key list --filter ${filter} -v`;
  if (attribute === undefined) return { line: list, notes: [] };
  return {
    line: `${list} | jq '.data.matched_keys[0].attributes."${attribute.name}"'`,
    notes: attribute.setting === "fixed" && attribute.note !== undefined ? [attribute.note] : [],
  };
}

/** Sets an attribute of the key that a filter finds. Throws {@link NoCounterpart}. */
export function setAttributeLine(
  filter: string,
  { attribute: word, value }: { readonly attribute: string; readonly value: string },
  { numbers, quote }: { readonly numbers: ReadonlyMap<string, number>; readonly quote: (word: string) => string },
): AttributeLine {
  const attribute = attributeOf(word, numbers);
  if (attribute === undefined) throw new NoCounterpart("all attributes at once cannot be set");
  const { name, note } = attribute;
  const line = `key set-attribute --filter ${filter} --name ${name} --value ${valueOf(attribute, value, quote)}`;
  return { line, notes: note === undefined ? [] : [note] };
}

function valueOf({ name, setting }: Attribute, value: string, quote: (word: string) => string): string {
  switch (setting) {
    case "text":
      return quote(value);
    case "unpublished":
      throw new NoCounterpart(`the new tool sets ${name}, too, but how its value is written is not published`);
    case "fixed":
      throw new NoCounterpart(`the new tool does not set ${name} of a key that is there`);
    case "flag":
    case "true only":
      if (value === "1") return "true";
      if (value === "0" && setting === "flag") return "false";
      throw new NoCounterpart(`the new tool sets ${name} to ${setting === "flag" ? "true or false" : "true"} only`);
  }
}

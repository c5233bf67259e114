import { type KeyAttributeKind, allAttributes, keyAttributes } from "../../../hsm/key-attribute.ts";
import { InvalidArgument, type Parameter, quoted } from "../../../command/parameter.ts";
import { wholeNumber } from "../../../command/parameters.ts";

/** What getAttribute takes, as listAttributes shows it. */
export const readableAttributes: readonly KeyAttributeKind[] = [...keyAttributes, allAttributes];

/** An attribute: its number, or its name with or without the prefix that all have, in either case. */
export function attributeId(proposed = readableAttributes): Parameter<"attributeId", number> {
  return {
    key: "attributeId",
    label: "<attribute id>",
    meaning: "the number or name that listAttributes shows: 3, LABEL or OBJ_ATTR_LABEL",
    read: (word) => {
      if (/^\d/.test(word)) return wholeNumber(word);
      const wanted = word.toUpperCase();
      const found = readableAttributes.find(({ name }) => name === wanted || name === `${attributePrefix}${wanted}`);
      if (found !== undefined) return found.id;
      throw new InvalidArgument(`must be a number or a name that listAttributes shows, got ${quoted(word)}`);
    },
    // Short names, unless a number or the whole name has been begun.
    complete: (_source, { part }) =>
      Promise.resolve(
        proposed.map(({ name, id }) => {
          if (/^\d/.test(part)) return String(id);
          return /^obj/i.test(part) ? name : name.slice(attributePrefix.length);
        }),
      ),
  };
}

const attributePrefix = "OBJ_ATTR_";

/** What an attribute is set to. */
export function attributeValue(): Parameter<"value", string> {
  return {
    key: "value",
    label: "<attribute value>",
    meaning: "0 or 1; for the label, a word without spaces",
    read: (word) => word,
    complete: (_source, { given }) =>
      Promise.resolve(/^(?:3|(?:OBJ_ATTR_)?LABEL)$/i.test(given["attributeId"] ?? "") ? [] : ["0", "1"]),
  };
}

import { expect, test } from "vitest";
import { attributeId, readableAttributes } from "../../src/commands/management/keys/attribute-parameters.ts";

test.each(readableAttributes)(
  "$name goes by its number, its name and its short name, in either case",
  ({ name, id }) => {
    const short = name.replace("OBJ_ATTR_", "");
    for (const word of [String(id), name, name.toLowerCase(), short, short.toLowerCase()]) {
      expect([word, attributeId().read(word)]).toEqual([word, id]);
    }
  },
);

test.each(["", "LABE", "OBJ_ATTR_", "OBJ_ATTR_OBJ_ATTR_LABEL", "-3", "nonsense"])("%j is no attribute", (word) => {
  expect(() => attributeId().read(word)).toThrow(/^must be a number or a name that listAttributes shows, got /);
});

test("a number with letters behind it is none", () => {
  expect(() => attributeId().read("3x")).toThrow("must be a number, got 3x");
});

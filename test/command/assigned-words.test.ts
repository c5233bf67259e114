import { describe, expect, test } from "vitest";
import { assignWords } from "../../src/command/assigned-words.ts";
import type { Parameter } from "../../src/command/parameter.ts";

function parameter(key: string, more: Partial<Parameter> = {}): Parameter {
  const label = more.flag === undefined ? `<${key}>` : `${more.flag} <${key}>`;
  return { key, label, meaning: "", read: (word) => word, ...more };
}

/** As a command of flags has them: one place, two flags that must be there, and one that may be. */
const parameters = [
  parameter("label"),
  parameter("size", { flag: "-s" }),
  parameter("type", { flag: "-t" }),
  parameter("id", { flag: "-id", optional: true }),
];

function assigned(line: string, suffix?: (word: string) => boolean): string {
  const words = line.split(" ");
  return assignWords({ parameters, prefix: undefined, suffix }, words)
    .map(({ parameter: { key }, word }) => `${key}=${word}`)
    .join(" ");
}

describe("flags", () => {
  test.each([
    ["mine -s 16 -t 31", "label=mine size=16 type=31"],
    ["mine -t 31 -s 16", "label=mine type=31 size=16"],
    ["mine -s 16 -id 7 -t 31", "label=mine size=16 id=7 type=31"],
  ])("%s is %s", (line, expected) => {
    expect(assigned(line)).toBe(expected);
  });

  test.each([
    ["mine", "missing -s <size>"],
    ["mine -s 16", "missing -t <type>"],
    ["mine -t 31 -id 7", "missing -s <size>"],
    ["mine -s 16 -t", "missing <type>"],
    ["-s 16 -t 31", "missing <label>"],
    ["mine -s 16 -s 16 -t 31", "unexpected argument: -s"],
    ["mine -s 16 -t 31 -x 1", "unexpected argument: -x"],
  ])("%s is refused: %s", (line, message) => {
    expect(() => assigned(line)).toThrow(message);
  });

  test("a word that changes nothing is none for a flag that must be there", () => {
    expect(() => assigned("mine 1FA", (word) => word === "1FA")).toThrow("missing -s <size>");
  });
});

describe("options of other tools", () => {
  const user = [parameter("type"), parameter("name"), parameter("password", { isSecret: () => true })];

  test.each(["-u CO -s admin -p x", "CU -username bob -p x", "CU -username bob", "--user bob", "CU bob x --role"])(
    "%s is refused where words go by their place, without a word of it",
    (line) => {
      const assign = () => assignWords({ parameters: user, prefix: undefined, suffix: undefined }, line.split(" "));
      expect(assign).toThrow(/^words go by their place here, not behind options of other tools/);
    },
  );

  test("one in the place of a password is a password", () => {
    const words = ["CU", "bob", "-p"];
    expect(assignWords({ parameters: user, prefix: undefined, suffix: undefined }, words)).toHaveLength(3);
  });
});

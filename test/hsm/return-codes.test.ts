import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { returnCodes } from "../../src/hsm/return-code.ts";
import { commands } from "../harness/offered-commands.ts";
import { root } from "../harness/program.ts";

/** All that tests are made of: programs, which name return codes, and sessions, which show their texts. */
const tests = readdirSync(join(root, "test"), { recursive: true, encoding: "utf8" })
  .filter((name) => /\.(ts|txt|exp|py)$/.test(name))
  .map((name) => readFileSync(join(root, "test", name), "utf8"));

test.each(Object.entries(returnCodes))("the text of %s names no command and no option", (_name, { text }) => {
  expect(commands.filter(({ name }) => new RegExp(`\\b${name}\\b`).test(text)).map(({ name }) => name)).toEqual([]);
  expect(text).not.toMatch(/(?:^|\s)--?[a-z\d]/);
});

test.each(Object.entries(returnCodes))("%s is met in a test", (name, { text }) => {
  expect(tests.some((content) => content.includes(`"${name}"`) || content.includes(text))).toBe(true);
});

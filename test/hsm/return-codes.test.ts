import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { returnCodes } from "../../src/hsm/return-code.ts";
import { root } from "../harness/program.ts";

/** All that tests are made of: programs, which name return codes, and sessions, which show their texts. */
const tests = readdirSync(join(root, "test"), { recursive: true, encoding: "utf8" })
  .filter((name) => /\.(ts|txt|exp|py)$/.test(name))
  .map((name) => readFileSync(join(root, "test", name), "utf8"));

test.each(Object.entries(returnCodes))("%s is met in a test", (name, { text }) => {
  expect(tests.some((content) => content.includes(`"${name}"`) || content.includes(text))).toBe(true);
});

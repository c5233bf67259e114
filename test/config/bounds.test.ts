import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ConfigurationError } from "../../src/config/configuration.ts";
import { aws } from "../../src/simulator/models/aws.ts";
import { loadConfiguration } from "../../src/config/load.ts";
import { temporaryFolder } from "../harness/program.ts";

const largest = 1024 * 1024;
const tooMuch = "the file is too long for a configuration: remove what follows";
const aliases = "too many aliases (& and *): write the values out";
const deep = "this is nested too deeply";
const many = "and many more mistakes";

/** What ends the complaint about a file of this text. */
async function complaintAbout(name: string, text: string): Promise<string> {
  const file = join(temporaryFolder(), name);
  writeFileSync(file, text);
  try {
    await loadConfiguration(file, () => Promise.resolve(() => aws.limits), undefined);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    const last = (error as Error).message.split("\n").at(-1) ?? "";
    expect(last.startsWith(file)).toBe(true);
    return last.slice(file.length).replace(/^(?::\d+:\d+)?: /, "");
  }
  return "nothing";
}

// Most took minutes, or all memory, before there were bounds.
test.each([
  ["names of values", "clusters: [", "&a,", aliases],
  ["aliases", "clusters: [&a x,", "*a,", aliases],
  ["lists in lists", "clusters: ", "[@,@,", deep],
  ["groups in lists", "clusters: ", "[{a: ", deep],
  ["dashes", "", "- ", deep],
  ["question marks", "", "? ", deep],
  ["groups in a list of lines", "clusters:\n", "- {}\n", tooMuch],
  ["groups in a list of one line", "clusters: [", "{},", tooMuch],
  ["tags", "clusters: [", "!t a,", tooMuch],
  ["quotes", "clusters: [", '"",', tooMuch],
  ["commas", "clusters: [", ",", tooMuch],
  ["escapes", 'clusters: ["', "\\q", tooMuch],
  ["a key many times", "clusters: []\n", "a: 1\n", tooMuch],
  ["documents", "", "---\n", tooMuch],
  ["directives", "", "%a\n", tooMuch],
])("a file as large as one may be of nothing but %s", async (_, head, part, words) => {
  const text = head + part.repeat(Math.floor((largest - head.length) / part.length));
  expect(await complaintAbout("hostile.yaml", text)).toBe(words);
});

test("keys that differ", async () => {
  const keys = Array.from({ length: 100_000 }, (_, k) => `k${String(k)}: 1\n`);
  expect(await complaintAbout("hostile.yaml", keys.join("").slice(0, largest))).toBe(tooMuch);
});

test("JSON of nothing but groups", async () => {
  expect(await complaintAbout("hostile.cfg", `{"servers":[${"{},".repeat(300_000)}{}]}`)).toBe(tooMuch);
});

test.each([
  ["groups", "clusters: [", "{},", 30_000, "]"],
  ["a key", "clusters: []\n", "a: 1\n", 30_000, ""],
  [
    "HSMs and keys",
    `clusters: [{ id: a, hsms: [${"{ id: b, hostname: c },".repeat(5000)}], keys: [`,
    "{},",
    20_000,
    "]}]",
  ],
  [
    "HSMs and users",
    `clusters: [{ id: a, hsms: [${"{ id: b, hostname: c },".repeat(5000)}], users: [`,
    "{ id: 1, type: CO, name: a, password: secret-1 },",
    2000,
    "]}]",
  ],
])("within the bounds, and nothing but mistakes: %s", async (_, head, part, count, end) => {
  expect(await complaintAbout("hostile.yaml", head + part.repeat(count) + end)).toBe(many);
});

/** Lines for as many things as there may be. */
function lines(count: number, line: (n: number) => string): string {
  return Array.from({ length: count }, (_, n) => line(n + 1)).join("");
}

test("a cluster as large as one can be is within the bounds", async () => {
  const hsms = lines(28, (n) => `      - { id: hsm-${String(n)}, hostname: 10.9.0.${String(n)} }\n`);
  const users = lines(
    1024,
    (n) => `      - { id: ${String(n)}, type: CU, name: user_${String(n)}, password: secret-1 }\n`,
  );
  const keys = lines(
    3300,
    (n) =>
      `      - handle: ${String(n)}\n        type: AES\n        size: 256\n        label: "payments-${String(n)}"\n` +
      "        id: 'a'\n        owner: user_1\n        sharedWith: [user_2]\n        mValue: 1\n" +
      "        extractable: true\n        token: true\n        attributes: { sensitive: true, alwaysSensitive: false }\n",
  );
  const text = `clusters:\n  - id: c\n    hsms:\n${hsms}    users:\n${users}    keys:\n${keys}`;
  expect(await complaintAbout("large.yaml", text)).toBe("nothing");
});

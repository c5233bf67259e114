import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { limitsBy } from "../../src/app/vendor.ts";
import { loadConfiguration } from "../../src/config/load.ts";
import { temporaryFolder } from "../harness/program.ts";

function load(text: string): Promise<unknown> {
  const file = join(temporaryFolder(), "some.cfg");
  writeFileSync(file, text);
  return loadConfiguration(file, () => limitsBy(), undefined);
}

const words = "this is an INI file: the shell reads JSON with a list of servers (.cfg), or YAML with clusters";

test.each([
  ["a section", "[servers]\nhostname = 10.0.2.9\n", 1],
  ["a section behind comments", "; the HSM\n# of ours\n\n[server 0]\n", 4],
  ["keys without a section", "hostname = 10.0.2.9\nport = 2225\n", 1],
  ["a key at the end of a Windows line", "hostname=10.0.2.9\r\n", 1],
])("an INI file is called so: %s", async (_, text, line) => {
  await expect(load(text)).rejects.toThrow(`some.cfg:${String(line)}:1: ${words}`);
});

test("YAML is none, though it has an equals sign", async () => {
  await expect(load("clusters:\n  - id: a=b\n")).rejects.toThrow(/some\.cfg:2:/);
  await expect(load("[a, b]\n")).rejects.not.toThrow(words);
});

import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { serviceOperations } from "../../src/config/service-operation.ts";
import { isMissing } from "../harness/debian.ts";
import { environmentOf, root, temporaryFolder } from "../harness/program.ts";
import { startServing } from "../harness/serving.ts";
import { runInShell } from "../harness/typed-document.ts";

const page = readFileSync(join(root, "docs", "aws-cli.md"), "utf8");

test("docs/aws-cli.md has a row for each operation, with what the service, this endpoint and moto do", () => {
  const rows = Array.from(page.matchAll(/^\| ([A-Z]\w+) \|(.*)\|$/gm), ([, name = "", cells = ""]) => [
    name,
    cells.split(" | ").length,
  ]);
  expect(rows.toSorted()).toEqual(serviceOperations.map((operation) => [operation, 3]));
});

describe.skipIf(isMissing("aws", "jq", "openssl", "curl"))("with the AWS CLI of Debian 12", () => {
  test("docs/aws-cli.md shows what its commands print, from an empty home to a clone in another region", async () => {
    const clone = temporaryFolder();
    for (const part of ["dist", "config", "node_modules"]) symlinkSync(join(root, part), join(clone, part));
    const folder = join(clone, "rehearsal", "aws");
    mkdirSync(folder, { recursive: true });
    const home = join(folder, "hsms");
    const serving = await startServing(home, ["--no-board"]);
    const typed = page.replaceAll("http://127.0.0.1:4599", serving.url);
    const env = { ...environmentOf({ words: [], home }), PATH: `/usr/bin:${process.env["PATH"] ?? ""}` };
    const wrong = await runInShell(typed, { folder, env });
    expect(wrong).toEqual([]);
    expect(serving.stderr()).not.toMatch(/unexpected| 500 /);
  });
});

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { root } from "../harness/program.ts";

const { bundle } = (await import(pathToFileURL(join(root, "scripts", "bundle.mjs")).href)) as {
  readonly bundle: () => Promise<{ readonly loaded: Record<"sources" | "modules", readonly string[]> }>;
};

/** What only some commands, the first start, or a terminal need, and nobody should wait for. */
const later: readonly RegExp[] = [
  /^node_modules\/(?!fastest-levenshtein\/)/,
  /^src\/simulator\//,
  /^src\/fleet\/(?!provision-error\.ts$)/,
  /^src\/app\/(?:first-start|fresh-start|progress-display)\.ts$/,
  /^src\/bin\/command-line\.ts$/,
  /^src\/config\/(?:schema|key-schema|yaml-file|cfg-file)\.ts$/,
  // The other program's, however alike.
  /^src\/(?:app\/key-shell\.ts$|commands\/key-utility\/|dialects\/aws\/key-utility\/|command\/key-utility)/,
  /^src\/commands\/files\/private-key\.ts$/,
  /^src\/terminal\/(?:terminal-reader|edited-line|history-search)\.ts$/,
];

test("the first chunk holds nothing that only some sessions need", async () => {
  const { sources, modules } = (await bundle()).loaded;
  expect(sources).toContain("src/app/management-shell.ts");
  expect(sources.filter((source) => later.some((kind) => kind.test(source)))).toEqual([]);
  expect(modules).toContain("node:fs");
  const needless = ["libsql", "node:child_process", "node:crypto", "node:fs/promises", "node:readline"];
  expect(modules.filter((module) => needless.includes(module))).toEqual([]);
});

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { root } from "../harness/program.ts";

const { bundle } = (await import(pathToFileURL(join(root, "scripts", "bundle.mjs")).href)) as {
  readonly bundle: () => Promise<{
    readonly loaded: Record<"start" | "keyStart" | "login", Record<"sources" | "modules", readonly string[]>>;
  }>;
};

const { loaded } = await bundle();

/** What only some commands, the first start, or a terminal need, and nobody should wait for. */
const needless: readonly RegExp[] = [
  /^src\/app\/(?:first-start|fresh-start|progress-display)\.ts$/,
  /^src\/config\/(?:schema|key-schema|yaml-file|cfg-file)\.ts$/,
  /^src\/commands\/files\/private-key\.ts$/,
  /^src\/terminal\/(?:terminal-reader|edited-line|history-search)\.ts$/,
];

/** What only a request takes, besides: no start asks an HSM. */
const ofRequests: readonly RegExp[] = [
  /^node_modules\/(?!fastest-levenshtein\/)/,
  /^src\/simulator\//,
  /^src\/fleet\/(?!provision-error\.ts$)/,
  /^src\/bin\/(?:key-)?command-line\.ts$/,
];

/** The other program's, however alike. */
const ofKeyShell =
  /^src\/(?:app\/key-shell\.ts$|commands\/key-utility\/|dialects\/aws\/key-utility\/|command\/key-utility)/;

/** What no login in the key shell takes: making HSMs, issuing certificates, another kind of home. */
const ofOthers: readonly RegExp[] = [
  /^node_modules\/(?!fastest-levenshtein\/|commander\/)/,
  /^src\/store\/(?:memory|postgres)\//,
  /^src\/simulator\/(?:cluster-|image-|certificates\/(?:certificate-authority|cluster-certificates|customer-certificates)\.ts$)/,
];

/** What Node has, and takes a good part of a start. */
const slow = ["libsql", "node:child_process", "node:crypto", "node:fs/promises", "node:readline"];

function found(names: readonly string[], kinds: readonly RegExp[]): readonly string[] {
  return names.filter((name) => kinds.some((kind) => kind.test(name)));
}

test("the first chunk holds nothing that only some sessions need", () => {
  const { sources, modules } = loaded.start;
  expect(sources).toContain("src/app/management-shell.ts");
  expect(found(sources, [...needless, ...ofRequests, ofKeyShell])).toEqual([]);
  expect(modules).toContain("node:fs");
  expect(modules.filter((module) => slow.includes(module))).toEqual([]);
});

test("the key shell loads nothing at its start that only some sessions need", () => {
  const { sources, modules } = loaded.keyStart;
  expect(sources).toContain("src/app/key-shell.ts");
  expect(found(sources, [...needless, ...ofRequests])).toEqual([]);
  expect(modules).toContain("node:fs");
  expect(modules.filter((module) => slow.includes(module))).toEqual([]);
});

test("what is kept compiled for the key shell holds all that a login takes, and nothing that only other requests do", () => {
  const { sources, modules } = loaded.login;
  expect(sources).toEqual(expect.arrayContaining([...loaded.keyStart.sources, "src/simulator/users/logins.ts"]));
  expect(found(sources, [...needless, ...ofOthers])).toEqual([]);
  // The library of the store is loaded where a file is opened first.
  expect(new Set(modules.filter((module) => slow.includes(module)))).toEqual(new Set(["node:crypto"]));
});

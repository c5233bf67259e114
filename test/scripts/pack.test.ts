import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { root, temporaryFolder } from "../harness/program.ts";

const { packOf } = (await import(pathToFileURL(join(root, "scripts", "pack.mjs")).href)) as {
  readonly packOf: (chunks: ReadonlyMap<string, string>, entry: string) => string;
};

/** What each chunk says when it runs. */
const runs: string[] = [];
Object.assign(globalThis, { packRuns: runs });

/** Loads a pack of some of the chunks; all lie beside it as files, too. */
function loadPack(chunks: Readonly<Record<string, string>>, packed: readonly string[], entry: string): unknown {
  const folder = temporaryFolder();
  runs.length = 0;
  const texts = new Map(
    Object.entries(chunks).map(([name, text]) => [name, `globalThis.packRuns.push("${name}");${text}`]),
  );
  for (const [name, text] of texts) writeFileSync(join(folder, name), text);
  const pack = join(folder, "pack.js");
  writeFileSync(pack, packOf(new Map(packed.map((name) => [name, texts.get(name) ?? ""])), entry));
  return createRequire(pack)(pack);
}

test("a chunk of a pack runs once, when it is asked for first, whoever asks", () => {
  const loaded = loadPack(
    {
      "entry.js":
        'const { one } = require("./one.js"); module.exports = { one, later: () => require("./later.js"), all: () => require("./outside.js") };',
      "one.js": "exports.one = { name: require('node:path').basename(__filename), isOwn: module.exports === this };",
      "later.js": 'exports.one = require("./one.js").one;',
      "outside.js": 'exports.ones = [require("./one.js").one, require("./later.js").one];',
    },
    ["entry.js", "one.js", "later.js"],
    "entry.js",
  ) as {
    readonly one: unknown;
    readonly later: () => { readonly one: unknown };
    readonly all: () => { readonly ones: readonly unknown[] };
  };
  expect(runs).toEqual(["entry.js", "one.js"]);
  expect(loaded.one).toEqual({ name: "one.js", isOwn: true });
  expect(loaded.later().one).toBe(loaded.one);
  const { ones } = loaded.all();
  expect(ones[0]).toBe(loaded.one);
  expect(ones[1]).toBe(loaded.one);
  expect(runs).toEqual(["entry.js", "one.js", "later.js", "outside.js"]);
});

test("a chunk that its own file brought is not run once more out of the pack", () => {
  const loaded = loadPack(
    {
      "entry.js": 'exports.outer = require("./outside.js").inner; exports.own = require("./inner.js");',
      "outside.js": 'exports.inner = require("./inner.js");',
      "inner.js": "",
    },
    ["entry.js", "inner.js"],
    "entry.js",
  ) as { readonly outer: unknown; readonly own: unknown };
  expect(loaded.own).toBe(loaded.outer);
  expect(runs).toEqual(["entry.js", "outside.js", "inner.js"]);
});

test("a chunk that fails is run anew when it is asked for again", () => {
  const entry = loadPack(
    {
      "entry.js": 'exports.ask = () => require("./failing.js");',
      "failing.js": 'exports.half = true; if (globalThis.packRuns.length < 3) throw new Error("not yet");',
    },
    ["entry.js", "failing.js"],
    "entry.js",
  ) as { readonly ask: () => unknown };
  expect(entry.ask).toThrow("not yet");
  expect(entry.ask()).toEqual({ half: true });
  expect(runs).toEqual(["entry.js", "failing.js", "failing.js"]);
});

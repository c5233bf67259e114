import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { environmentOf, lines, program, runPiped, shipped, temporaryFolder } from "../harness/program.ts";

/** Writes what was loaded at the end of a process: parts of Node by name, and files of the program. */
const recorder = `
process.on("exit", () => {
  const parts = process.moduleLoadList.map((name) => name.replace("NativeModule ", ""));
  const files = Object.keys(require.cache);
  require("node:fs").writeFileSync(process.env.LOADED, JSON.stringify({ parts, files }));
});
`;

/** What only some commands, or only a terminal, need: each takes a good part of a start. */
const needless = ["child_process", "crypto", "fs/promises", "http", "readline", "readline/promises", "zlib"];

test("a start on a pipe loads one chunk, and nothing of Node that only some commands need", async () => {
  const home = join(temporaryFolder(), "home");
  const start = { words: [shipped("keys.yaml")], home };
  await runPiped(start, lines("quit"));
  const folder = temporaryFolder();
  const [script, list] = [join(folder, "recorder.cjs"), join(folder, "loaded")];
  writeFileSync(script, recorder);
  const env = { ...environmentOf(start), LOADED: list };
  const { status } = spawnSync(process.execPath, ["--require", script, program, ...start.words], {
    env,
    input: lines("quit"),
  });
  expect(status).toBe(0);
  const { parts, files } = JSON.parse(readFileSync(list, "utf8")) as {
    readonly parts: string[];
    readonly files: string[];
  };
  expect(parts).toContain("fs");
  expect(needless.filter((part) => parts.includes(part))).toEqual([]);
  const loaded = files.map((file) => basename(file)).filter((name) => name !== "recorder.cjs");
  expect(loaded).toEqual(["main.js", expect.stringMatching(/^chunk-/), "program.js"]);
});

import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import {
  type Start,
  environmentOf,
  keyProgram,
  lines,
  program,
  root,
  runPiped,
  shipped,
  temporaryFolder,
} from "../harness/program.ts";

/** Writes what was loaded at the end of a process: parts of Node by name, files, and those of them that Node read itself. */
const recorder = `
const read = [];
const usual = require.extensions[".js"];
require.extensions[".js"] = (module, file) => {
  read.push(file);
  usual(module, file);
};
let reports = 0;
const { getReport } = process.report;
process.report.getReport = () => {
  reports++;
  return getReport.call(process.report);
};
process.on("exit", () => {
  const parts = process.moduleLoadList.map((name) => name.replace("NativeModule ", ""));
  const files = Object.keys(require.cache);
  require("node:fs").writeFileSync(process.env.LOADED, JSON.stringify({ parts, files, read, reports }));
});
`;

interface Loaded {
  readonly parts: readonly string[];
  readonly files: readonly string[];
  readonly read: readonly string[];
  /** How often somebody asked Node for a report on the process. */
  readonly reports: number;
}

/** What a process loads that ends with status 0; of the files, those of the program by their names. */
function loadedBy(started: string, start: Start, input: string): Loaded {
  const folder = temporaryFolder();
  const [script, list] = [join(folder, "recorder.cjs"), join(folder, "loaded")];
  writeFileSync(script, recorder);
  const env = { ...environmentOf(start), LOADED: list };
  const { status } = spawnSync(process.execPath, ["--require", script, started, ...start.words], { env, input });
  expect(status).toBe(0);
  const { parts, files, read, reports } = JSON.parse(readFileSync(list, "utf8")) as Loaded;
  const own = (paths: readonly string[]): readonly string[] =>
    paths.filter((path) => path.startsWith(join(root, "dist"))).map((path) => basename(path));
  return { parts, files: own(files), read: own(read), reports };
}

/** What only some commands, or only a terminal, need: each takes a good part of a start. */
const needless = ["child_process", "crypto", "fs/promises", "http", "readline", "readline/promises", "zlib"];

test("a start on a pipe loads one chunk, and nothing of Node that only some commands need", async () => {
  const home = join(temporaryFolder(), "home");
  const start = { words: [shipped("keys.yaml")], home };
  await runPiped(start, lines("quit"));
  const { parts, files } = loadedBy(program, start, lines("quit"));
  expect(parts).toContain("fs");
  expect(needless.filter((part) => parts.includes(part))).toEqual([]);
  expect(files).toEqual(["main.js", expect.stringMatching(/^chunk-/), "program.js"]);
});

/** A crypto user on one HSM that a first start created, and how the key shell is started there. */
async function cryptoUser(): Promise<Start> {
  const home = temporaryFolder();
  const config = join(home, "cluster.yaml");
  const users =
    "[{ id: 1, type: CO, name: admin, password: Rehearse1 }, { id: 3, type: CU, name: alice, password: alice12345 }]";
  const hsms = "[{ id: hsm-1, hostname: 10.0.0.1 }]";
  writeFileSync(config, `clusters: [{ id: c1, passwordCost: 10, users: ${users}, hsms: ${hsms} }]`);
  const start = { words: [], home, environment: { CLOUDHSM_CONFIG: config } };
  expect(await runPiped(start, lines("exit"), keyProgram)).toMatchObject({ status: 0 });
  return start;
}

/** Where it is another C library, the library of the store has to find that out. */
const isOnGlibc = "glibcVersionRuntime" in (process.report.getReport() as { readonly header: object }).header;

const login = ["loginHSM", "-u", "CU", "-s", "alice", "-p", "alice12345"];

test("a start of the key shell loads nothing of Node that only some commands need", async () => {
  const { parts, read } = loadedBy(keyProgram, await cryptoUser(), lines("exit"));
  expect(parts).toContain("fs");
  expect(needless.filter((part) => parts.includes(part))).toEqual([]);
  expect(read).toEqual(["key-mgmt-util.js"]);
});

test("a single command of the key shell finds all that it takes in one file, and does not read the configuration", async () => {
  const start = await cryptoUser();
  const words = ["--home", start.home, "singlecmd", ...login, "findKey"];
  const { files, read, reports } = loadedBy(keyProgram, { ...start, words }, "");
  expect(files).toEqual(expect.arrayContaining(["key-start.js", expect.stringMatching(/^simulated-hsm-/)]));
  expect(read).toEqual(["key-mgmt-util.js"]);
  expect(isOnGlibc && reports > 0).toBe(false);
});

import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { environmentOf, root, temporaryFolder } from "../harness/program.ts";
import { sessionFolder } from "../harness/session-player.ts";
import { commands } from "../harness/offered-commands.ts";
import { parseCommandLine } from "../../src/bin/command-line.ts";

/** What operators are shown, and the golden session that replays it. */
const documents = [
  ["README.md", "repair-officer2.txt"],
  ["docs/keys.md", "audit-keys.txt"],
  ["docs/quorum.md", "quorum.txt"],
  ["docs/two-factor.md", "two-factor.txt"],
  ["docs/azure.md", "azure-runbooks.txt"],
  ["docs/oracle.md", "oracle-runbooks.txt"],
  ["docs/alibaba.md", "alibaba-runbooks.txt"],
  ["docs/key-shell.md", "keys-day-of-both-shells.txt"],
] as const;

const prompt = /^(?:Command: {2}|aws-cloudhsm>|cloudmgmt>|server\d+>|Enter filename:)/;
/** What stands for lines that are left out. */
const leftOut = /^(?:…$| {3}\.\.\.)/;
/** What openssl says on standard error, which a session leaves out. */
const complaint = "writing RSA key";

/** The blocks of a document in which something is typed, but for those with words to fill in. */
function blocksOf(document: string): readonly (readonly string[])[] {
  const text = readFileSync(join(root, document), "utf8");
  // A block of a language is no terminal's.
  const ofTerminals = [...text.matchAll(/^```(\w*)\n([^]*?)^```$/gm)].filter(([, language]) => language === "");
  const blocks = ofTerminals.map(([, , block = ""]) => block.trimEnd().split("\n"));
  return blocks.filter(
    (lines) =>
      lines.some((line) => prompt.test(line) || line.startsWith("$ ")) && !lines.some((line) => line.includes("'<")),
  );
}

/** The parts of a block that are whole: of the shell, or of a command in the second terminal with its answer. */
function runsOf(block: readonly string[]): readonly (readonly string[])[] {
  const runs: string[][] = [[]];
  for (const line of block) {
    if (leftOut.test(line) || line.startsWith("$ ")) runs.push([]);
    if (!leftOut.test(line) && line !== complaint) runs.at(-1)?.push(expanded(line));
  }
  return runs
    .map((run) => run.slice(0, run.findLastIndex((line) => line !== "") + 1))
    .filter(({ length }) => length > 0);
}

/** A session as a document shows it: each terminal by itself, and with tabs as a terminal has them. */
function linesOf(session: string): readonly string[] {
  const lines = readFileSync(join(sessionFolder, session), "utf8").split("\n");
  const isOfSecond = (line: string): boolean => /^(?:\$\$|\||>)(?: |$)/.test(line);
  const ofSecond = lines.filter(isOfSecond).map((line) => line.replace(/^\$\$ /, "$ ").replace(/^[|>] ?/, ""));
  const ofShell = lines.filter((line) => !isOfSecond(line));
  return [...ofShell, ...ofSecond].map((line) => expanded(line.replace(/ 2>\/dev\/null$/, "")));
}

function expanded(line: string): string {
  let wide = "";
  for (const letter of line) wide += letter === "\t" ? " ".repeat(8 - (wide.length % 8)) : letter;
  return wide.trimEnd();
}

/** Whether a session has these lines one after the other; `…` stands for any text within one. */
function has(session: readonly string[], run: readonly string[]): boolean {
  return session.some((_, start) => run.every((line, at) => isLike(line, session[start + at])));
}

function isLike(line: string, other: string | undefined): boolean {
  const parts = line.trimEnd().split("…");
  const pattern = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join(".*");
  return other !== undefined && new RegExp(`^${pattern}$`).test(other);
}

test.each(documents)("%s shows what %s replays", (document, session) => {
  const lines = linesOf(session);
  const runs = blocksOf(document).flatMap(runsOf);
  expect(runs.length).toBeGreaterThan(0);
  expect(runs.filter((run) => !has(lines, run))).toEqual([]);
});

/** The pages that are walked through, each in a folder of its own. */
const pages = documents.filter(([document]) => document.startsWith("docs/"));

test.each(pages)("%s gives its commands in the order in which %s does", (document, session) => {
  const commands = blocksOf(document).flatMap((block) => block.filter((line) => line.startsWith("$ ")));
  const replayed = linesOf(session).filter((line) => line.startsWith("$ "));
  let from = 0;
  const outOfOrder = commands.filter((command) => {
    const at = replayed.findIndex((line, place) => place >= from && isLike(command, line));
    if (at !== -1) from = at + 1;
    return at === -1;
  });
  expect(outOfOrder).toEqual([]);
});

/** The key shell works on what the other one started on. */
const started = pages.filter(([document]) => document !== "docs/key-shell.md");

test.each(started)("%s starts on a configuration of its own, in a folder that git ignores", (document) => {
  const text = readFileSync(join(root, document), "utf8");
  const start = /^```\nnpm start -- --version && (mkdir -p (rehearsal\/)\S+ && cd \S+\nnode .+)\n```$/m.exec(text);
  const [, commands = "", ignored = ""] = start ?? [];
  expect(readFileSync(join(root, ".gitignore"), "utf8").split("\n")).toContain(ignored);
  const folder = temporaryFolder();
  for (const part of ["dist", "config", "node_modules"]) symlinkSync(join(root, part), join(folder, part));
  const run = (line: string) =>
    spawnSync("sh", ["-c", line], {
      cwd: folder,
      input: "quit\n",
      encoding: "utf8",
      env: environmentOf({ words: [], home: join(folder, "home") }),
    });
  expect(run(commands)).toMatchObject({ status: 0, stdout: expect.stringContaining("E2E enabled") as string });
  expect(text).toMatch(/To start over, quit, and start with `--fresh` before\s`--home`/);
  const again = run(commands.replace(" --home", " --fresh --yes --home"));
  expect(again).toMatchObject({ status: 0, stderr: expect.stringContaining("--fresh deleted") as string });
  expect(pages.filter(([other]) => readFileSync(join(root, other), "utf8").includes(commands))).toHaveLength(1);
});

test("the documents on compatibility name every golden session, and no other", () => {
  const texts = ["compatibility.md", "compatibility-keys.md"].map((name) =>
    readFileSync(join(root, "docs", name), "utf8"),
  );
  const text = texts.join("\n");
  const named = new Set(Array.from(text.matchAll(/[\w-]+\.txt/g), ([name]) => name));
  const sessions = readdirSync(sessionFolder).filter((name) => name.endsWith(".txt"));
  expect([...named].sort()).toEqual(sessions.sort());
});

test("docs/json.md says of every command what its data is, or that it has none", () => {
  const text = readFileSync(join(root, "docs", "json.md"), "utf8");
  const unnamed = commands.filter(({ name }) => !new RegExp(`(?:^|\\| |, |: )${name}(?:,|\\.| \\|)`, "m").test(text));
  expect(unnamed.map(({ name }) => name)).toEqual([]);
});

test("the README names every option, by its long or its short name", () => {
  const text = readFileSync(join(root, "README.md"), "utf8");
  const answer = parseCommandLine(["--help"]);
  const help = "text" in answer ? answer.text : "";
  const options = Array.from(help.matchAll(/^ {2}(?:(-\w), )?(--[\w-]+)/gm), ([, short = "", long = ""]) => [
    long,
    short,
  ]);
  expect(options.length).toBeGreaterThan(10);
  const isNamed = (name: string): boolean => name !== "" && new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(text);
  expect(options.filter((names) => !names.some(isNamed))).toEqual([]);
});

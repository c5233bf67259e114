import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fileOf } from "../harness/audit.ts";
import { type Finished, type Start, lines, runPiped, temporaryFolder } from "../harness/program.ts";
import { Terminal } from "../harness/terminal.ts";
import { emptyHome } from "../harness/three-hsms.ts";

/** The members of a line that these tests look at. */
interface Line {
  readonly line: number;
  readonly command: string | null;
  readonly mode: unknown;
  readonly outcome: string;
  readonly message?: string;
  readonly servers?: readonly { readonly id: number; readonly outcome: string; readonly error?: unknown }[];
}

function objects(text: string): readonly Line[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Line);
}

function json(start: Start, ...words: readonly string[]): Start {
  return { ...start, words: [...words, "--output", "json", ...start.words] };
}

/** A command that ended early: the last of a script, with what servers had answered before, as `0 done, 1 failed`. */
async function lastOf(start: Start, ...script: readonly string[]): Promise<readonly [Line | undefined, string]> {
  const { stdout } = await runPiped(json(start), lines("loginHSM CO admin co12345", ...script));
  const last = objects(stdout).at(-1);
  return [last, (last?.servers ?? []).map(({ id, outcome }) => `${String(id)} ${outcome}`).join(", ")];
}

test("a command that is declined, or whose answer is missing, is cancelled, and no server is named", async () => {
  const start = emptyHome();
  for (const answers of [["n"], [], ["maybe"]]) {
    const [line, servers] = await lastOf(start, "createUser CU bob bob12345", ...answers);
    expect(line).toMatchObject({ command: "createUser", outcome: "cancelled" });
    expect(line?.message).toMatch(/^createUser cancelled/);
    expect(servers).toBe("");
  }
});

test("input that ends at R/I/A leaves what was done, and the failure that was asked about", async () => {
  const start = emptyHome();
  await runPiped(start, lines("server 1", "loginHSM CO admin co12345", "createUser CU bob bob12345", "y"));
  const [line, servers] = await lastOf(start, "createUser CU bob bob12345", "y");
  expect(line).toMatchObject({ outcome: "cancelled" });
  expect(line?.message).toContain("createUser was done on server 0(h0), and not on servers 1(h1), 2(h2).");
  expect(servers).toBe("0 done, 1 failed");
});

test("what was retried has its last answer, and what was rolled back says so", async () => {
  const start = emptyHome();
  await runPiped(start, lines("server 1", "loginHSM CO admin co12345", "deleteUser CU alice"));
  const [retried, after] = await lastOf(start, "deleteUser CU alice", "r", "R", "b");
  expect(retried).toMatchObject({ outcome: "failed" });
  expect(after).toBe("0 rolledBack, 1 failed");
  expect((await lastOf(start, "listUsers"))[0]?.servers?.[0]).toMatchObject({
    data: expect.arrayContaining([expect.objectContaining({ name: "alice" })]) as unknown,
  });
});

test("a file that cannot be written fails the command, with what the servers answered", async () => {
  const start = emptyHome();
  const nowhere = join(temporaryFolder(), "no", "folder", "file");
  const [found, servers] = await lastOf(start, `findAllKeys 3 0 ${nowhere}`);
  expect(found).toMatchObject({ outcome: "failed" });
  expect(found?.message).toContain("cannot be written");
  expect(servers).toBe("0 done, 1 done, 2 done");
  const [token, withdrawn] = await lastOf(start, `getToken 3 admin ${nowhere}`);
  expect(token?.message).toContain("cannot be written");
  expect(withdrawn).toBe("0 rolledBack, 1 rolledBack, 2 rolledBack");
  const [missing, none] = await lastOf(start, `approveToken ${nowhere}`);
  expect(missing).toMatchObject({ outcome: "failed" });
  expect(none).toBe("");
});

test("lines are counted as the input has them, with comments, blank lines and answers", async () => {
  const { stdout } = await runPiped(
    json(emptyHome()),
    lines(
      "# one",
      "",
      "loginHSM CO admin -hpswd",
      "co12345",
      "createUser CU bob bob12345",
      "y",
      "server 1",
      "info",
      "exit",
    ),
  );
  expect(objects(stdout).map(({ line, command, mode, outcome }) => [line, command, mode, outcome])).toEqual([
    [3, "loginHSM", "global", "done"],
    [5, "createUser", "global", "done"],
    [7, "server", "global", "done"],
    [8, "info", { server: 1 }, "refused"],
    [9, "exit", { server: 1 }, "done"],
  ]);
});

test("characters that change more than they show are escaped, also where a line is too long", async () => {
  const { stdout } = await runPiped(json(emptyHome()), lines("list\u202eUsers \u009b", "x".repeat(70_000)));
  expect(stdout).toMatch(/^[\n -~]*$/);
  expect(objects(stdout).map(({ outcome, message }) => [outcome, message?.split(":")[0]])).toEqual([
    ["refused", "Unknown command"],
    ["refused", "Line too long"],
  ]);
});

test("--bail ends the session as it does in words", async () => {
  const { stdout, stderr, status } = await runPiped(json(emptyHome(), "--bail"), lines("server 9", "listUsers"));
  expect(objects(stdout)).toHaveLength(1);
  expect(status).toBe(1);
  expect(stderr).toContain("standard input:1: server 9: failed, and ended the session (--bail)");
});

/** What ends a start. */
const starts: readonly (readonly [what: string, status: number, fault: string, start: () => Promise<Finished>])[] = [
  ["no such configuration", 2, "user", () => runPiped(json({ ...emptyHome(), words: ["nix.yaml"] }), "")],
  ["a wrong configuration", 2, "user", () => runPiped(json(emptyHome("clusters: 7\n")), "")],
  ["no such option", 2, "user", () => runPiped(json(emptyHome(), "--nix"), "")],
  ["no such form", 2, "user", () => runPiped(json(emptyHome(), "--output", "xml"), "")],
  ["no such script", 2, "user", () => runPiped(json(emptyHome(), "-f", "nix.txt"), "")],
  ["--fresh that nobody can be asked about", 2, "user", () => runPiped(json(emptyHome(), "--fresh"), "")],
  [
    "an HSM whose file is none",
    1,
    "system",
    async () => {
      const start = emptyHome();
      await runPiped(start, lines("quit"));
      writeFileSync(fileOf(start.home, "h1"), "nothing");
      return runPiped(json(start), "");
    },
  ],
  [
    "a home that is a file",
    2,
    "user",
    () => {
      const start = emptyHome();
      writeFileSync(start.home, "");
      return runPiped({ ...json(start), environment: { XDG_STATE_HOME: temporaryFolder() } }, "");
    },
  ],
];

test.each(starts)("%s is one object on standard error", async (_what, status, fault, start) => {
  const finished = await start();
  expect(finished).toMatchObject({ stdout: "", status });
  const [last = "", ...others] = finished.stderr.trimEnd().split("\n").reverse();
  expect(JSON.parse(last)).toEqual({ status, error: { fault, message: expect.stringMatching(/./) as string } });
  expect(others).toEqual([]);
});

test("whoever types sees prompts and what is typed, then the answer, and no password", async () => {
  const terminal = new Terminal(json(emptyHome()));
  await terminal.expect("aws-cloudhsm>");
  terminal.send("loginHSM CO admin -hpswd\r");
  await terminal.expect("loginHSM CO admin -hpswd\r\nEnter password: ");
  terminal.send("co12345\r");
  expect(await terminal.expect("aws-cloudhsm>")).toMatch(/^\r\n\{"line":1,.*\}\r\naws-cloudhsm>$/);
  terminal.send("quit\r");
  expect(await terminal.end()).toBe(0);
  expect(terminal.output).not.toContain("co12345");
  expect(terminal.output).not.toContain("disconnecting from servers, please wait...\r\n");
});

test("at a terminal an answer is below its line, however fast lines come", async () => {
  const terminal = new Terminal(json(emptyHome()));
  await terminal.expect("aws-cloudhsm>");
  for (let line = 1; line <= 20; line++) {
    terminal.send("server 9\r");
    const shown = await terminal.expect("aws-cloudhsm>");
    expect(shown).toMatch(new RegExp(`^server 9\\r\\n\\{"line":${String(line)},.*\\}\\r\\naws-cloudhsm>$`));
  }
  terminal.send("quit\r");
  expect(await terminal.end()).toBe(0);
  expect(terminal.output).toMatch(/aws-cloudhsm>quit\r\n\{"line":21,[^\n]*\}\r\n$/);
});

test("-c takes a password that is typed, at a prompt on standard error", async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "out"));
  const file = join(folder, "out", "lines");
  const start = json(emptyHome(), "-c", "loginHSM CO admin -hpswd", "-c", "listUsers");
  const terminal = new Terminal(start, { below: `exec "$@" > '${file}'` });
  await terminal.expect("Enter password: ");
  terminal.send("co12345\r");
  expect(await terminal.end()).toBe(0);
});

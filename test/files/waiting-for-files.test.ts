import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  closeSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { openFile } from "../../src/files/opened-file.ts";
import { type Start, environmentOf, lines, program, runPiped } from "../harness/program.ts";
import { Terminal } from "../harness/terminal.ts";
import { cluster } from "../harness/three-hsms.ts";

type Prepared = Start & { readonly config: string; readonly pipe: string };

const folder = mkdtempSync(join(tmpdir(), "cloudhsm-"));
const home = join(folder, "home");
const config = join(folder, "cluster.yaml");

beforeAll(async () => {
  writeFileSync(config, cluster);
  await runPiped({ words: [config], home }, lines("quit"));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

let pipes = 0;

/** A home with its HSMs, and a named pipe that nobody writes to. */
function withPipe(): Prepared {
  const pipe = join(folder, `pipe${String(pipes++)}`);
  spawnSync("mkfifo", [pipe]);
  return { words: [config], home, config, pipe };
}

/** The program, whose standard input stays open. */
function launch(start: Start, words: readonly string[]) {
  const child = spawn(process.execPath, [program, ...words], { env: environmentOf(start), stdio: "pipe" });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  const written = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (written.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (written.stderr += text));
  return { child, written, ended: once(child, "close") };
}

/** Waits until a process has a file open. */
async function hasOpened(pid: number | undefined, path: string): Promise<void> {
  const folder = `/proc/${String(pid)}/fd`;
  while (!readdirSync(folder).some((name) => linkOf(join(folder, name)) === path)) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function linkOf(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    // Closed meanwhile.
    return undefined;
  }
}

const ways = [
  ["the configuration", ({ pipe }: Prepared) => [pipe]],
  ["--file", ({ config, pipe }: Prepared) => ["--file", pipe, config]],
] as const;

describe.each(ways)("%s from a named pipe", (what, words) => {
  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
    ["SIGQUIT", 131],
  ] as const)("to which nobody writes is not waited for after %s", async (signal, status) => {
    const start = withPipe();
    const { child, ended } = launch(start, words(start));
    await hasOpened(child.pid, start.pipe);
    child.kill(signal);
    // By the signal itself, or by the status that tells of it.
    expect([
      [status, null],
      [null, signal],
    ]).toContainEqual(await ended);
  });

  test("is read when its writer comes later, in pieces", async () => {
    const start = withPipe();
    const { child, written, ended } = launch(start, words(start));
    await hasOpened(child.pid, start.pipe);
    const text = what === "--file" ? lines("listUsers", "quit") : readFileSync(start.config, "utf8");
    const half = `${start.pipe}.half`;
    const rest = `${start.pipe}.rest`;
    writeFileSync(half, text.slice(0, 7));
    writeFileSync(rest, text.slice(7));
    spawn("/bin/sh", ["-c", 'exec >"$1"; cat "$2"; sleep 0.1; cat "$3"', "sh", start.pipe, half, rest]);
    child.stdin.end(lines("listUsers", "quit"));
    expect(await ended).toEqual([0, null]);
    expect(written.stdout.match(/\balice\b/g)).toHaveLength(3);
  });

  test("whose writer says nothing is empty", async () => {
    const start = withPipe();
    const { child, written, ended } = launch(start, words(start));
    await hasOpened(child.pid, start.pipe);
    spawn("/bin/sh", ["-c", ': >"$1"', "sh", start.pipe]);
    expect(await ended).toEqual([what === "--file" ? 0 : 2, null]);
    expect(written.stdout + written.stderr).toContain(what === "--file" ? "disconnecting" : "1:1: the file is empty");
  });

  test("of the shell is read", () => {
    const { words: use, home, config, pipe } = withPipe();
    const text = what === "--file" ? 'printf "listUsers\\nquit\\n"' : `cat ${config}`;
    const line = `"$@" <<< $'listUsers\\nquit'`;
    const all = words({ words: use, home, config, pipe }).map((word) => (word === pipe ? `<(${text})` : word));
    const run = line.replace("$@", `${process.execPath}" "${program}`).replace(" <<<", ` ${all.join(" ")} <<<`);
    const { stdout, status } = spawnSync("/bin/bash", ["-c", run], { env: environmentOf({ words: use, home }) });
    expect(status).toBe(0);
    expect(stdout.toString().match(/\balice\b/g)).toHaveLength(3);
  });

  test.each(["/dev/zero", "/dev/urandom"])("%s is refused in words", async (device) => {
    const start = withPipe();
    const { status, stdout, stderr } = await runPiped({ ...start, words: words({ ...start, pipe: device }) }, "");
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/\/dev\/\w+: is a device.*: give the path of a file/);
  });
});

test("Ctrl-C at a terminal ends the waiting for a configuration", async () => {
  const start = withPipe();
  const terminal = new Terminal({ ...start, words: [start.pipe] });
  await hasOpened(terminal.pid, start.pipe);
  // From then on Ctrl-C is a key and no signal.
  while (!modesOf(terminal.pid).includes("-icanon")) await new Promise((resolve) => setTimeout(resolve, 20));
  terminal.send("\u0003");
  await terminal.expect("reading the configuration was interrupted");
  await terminal.end();
});

function modesOf(pid: number): string {
  return spawnSync("stty", ["-a", "-F", readlinkSync(`/proc/${String(pid)}/fd/0`)]).stdout.toString();
}

test.each(["/dev/zero", "/dev/full", "/dev/random"])("nobody knows whether %s ends", (device) => {
  expect(kindOf(device)).toBe("endless");
});

test.each([
  ["whole", "/dev/null"],
  ["whole", program],
  ["folder", "/dev"],
] as const)("%s is what %s is", (kind, path) => {
  expect(kindOf(path)).toBe(kind);
});

function kindOf(path: string): string {
  const { descriptor, kind } = openFile(path);
  closeSync(descriptor);
  return kind;
}

test("a configuration is not read from a terminal", async () => {
  const start = withPipe();
  const terminal = new Terminal({ ...start, words: ["/dev/tty"] });
  expect(await terminal.end()).toBe(2);
  expect(terminal.output).toContain("/dev/tty: is a terminal: give the path of a file");
});

test("a named pipe in the place of what is kept of configurations, or of the history, is left alone", async () => {
  const start = withPipe();
  const state = join(start.home, "state", "cloudhsm_mgmt_util");
  await runPiped(start, lines("quit"));
  const entries = readdirSync(join(state, "servers")).map((name) => join(state, "servers", name));
  expect(entries).toHaveLength(1);
  for (const file of [...entries, join(state, "history")]) {
    rmSync(file, { force: true });
    symlinkSync(start.pipe, file);
  }
  const terminal = new Terminal(start);
  await terminal.expect("aws-cloudhsm>");
  terminal.send("quit\r");
  expect(await terminal.end()).toBe(0);
});

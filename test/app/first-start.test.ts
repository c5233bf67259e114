import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "libsql";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Start, environmentOf, lines, program, root, runPiped, temporaryFolder } from "../harness/program.ts";
import { Terminal } from "../harness/terminal.ts";

const admin = "{ id: 1, type: CO, name: admin, password: co12345 }";
const small = `clusters: [{ id: c, passwordCost: 10, users: [${admin}], hsms: [{ id: hsm-a, hostname: h0 }] }]\n`;

/** Passwords that would take half a minute. */
const costlyPasswords = small.replace("passwordCost: 10, ", "").replace(admin, users(1000));
/** Keys that would. */
const costlyKeys = small.replace("hsms:", `keys: [${keys(60)}], hsms:`).replace("CO, name: admin", "CU, name: bob");

function users(count: number, first = 1): string {
  const ids = Array.from({ length: count }, (_, n) => n + first);
  return ids.map((id) => `{ id: ${String(id)}, type: CU, name: u${String(id)}, password: co12345 }`).join(", ");
}

function keys(count: number): string {
  const handles = Array.from({ length: count }, (_, n) => 100 + 2 * n);
  return handles.map((handle) => `{ handle: ${String(handle)}, type: RSA, size: 4096, owner: bob }`).join(", ");
}

function start(text: string): Start & { readonly home: string } {
  const folder = temporaryFolder();
  const config = join(folder, "cluster.yaml");
  writeFileSync(config, text);
  return { words: [config], home: join(folder, "home") };
}

/** A program whose signals and stderr are watched. */
interface Launched {
  readonly child: ChildProcess;
  /** Waits for a text on stderr. */
  readonly told: (text: string) => Promise<void>;
  /** Its exit status and its signal. */
  readonly exited: Promise<readonly unknown[]>;
}

function launch(session: Start): Launched {
  const child = spawn(process.execPath, [program, ...session.words], { env: environmentOf(session), stdio: "pipe" });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const told = async (text: string): Promise<void> => {
    while (!stderr.includes(text)) await once(child.stderr, "data");
  };
  // Watched from the start: it may end before anybody waits for that.
  return { child, told, exited: once(child, "exit") };
}

test("shells that start together on a new home make one cluster of it, with clones of clones", async () => {
  const child = spawn(process.execPath, [join(root, "bench", "first-starts.mjs"), "3"], { stdio: "pipe" });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const [status] = (await once(child, "close")) as [number];
  expect({ status, output }).toEqual({ status: 0, output: "3 first starts of 2 to 8 shells: 0 failed\n" });
});

test.each(["SIGINT", "SIGTERM"] as const)(
  "a shell waits for one that creates, says so, and %s ends it",
  async (signal) => {
    const session = start(small);
    await runPiped({ ...session, words: [...session.words, "--file", "/dev/null"] }, "");
    const other = new Database(join(session.home, "creation.lock"));
    other.exec("BEGIN EXCLUSIVE");
    onTestFinished(() => {
      other.close();
    });
    writeFileSync(session.words[0] ?? "", small.replace("h0", "h1").replace("hsm-a", "hsm-b"));
    const { child, told, exited } = launch(session);
    await told(`another shell is creating HSMs in ${session.home}: waiting for it\n`);
    child.kill(signal);
    expect(await exited).toEqual([null, signal]);
    expect(existsSync(join(session.home, "h1_2225.hsm"))).toBe(false);
  },
);

const costly: readonly (readonly [string, string, string, readonly NodeJS.Signals[]])[] = [
  [
    "1000 passwords",
    costlyPasswords,
    "passwordCost: 10 in the cluster makes passwords faster",
    ["SIGINT", "SIGTERM", "SIGHUP"],
  ],
  ["60 keys", costlyKeys, "fewer and smaller RSA keys take less time", ["SIGQUIT"]],
];

describe.each(costly)("a creation that takes long: %s", (what, text, advice, signals) => {
  test.each(signals)("tells how far it is, and %s ends it at once", async (signal) => {
    const session = start(text);
    const { child, told, exited } = launch(session);
    await told(`cloudhsm_mgmt_util: creating: `);
    await told(` of ${what}`);
    child.kill(signal);
    await told("cloudhsm_mgmt_util: creating the HSMs was interrupted: the next start completes it\n");
    expect(await exited).toEqual([null, signal]);
    expect(readdirSync(session.home).filter((name) => name.endsWith(".hsm"))).toEqual([]);
  });

  test("shows a bar at a terminal, where Ctrl-C ends it", async () => {
    const session = start(text);
    const below = '"$@"; echo status $?; stty -a';
    const terminal = new Terminal(session, { below, cols: 120 });
    await terminal.expect(advice);
    await terminal.expect("creating [-");
    terminal.send("typed ahead\r\u0003");
    await terminal.expect("creating the HSMs was interrupted: the next start completes it\r\n");
    await terminal.expect("status 130\r\n");
    expect(await terminal.expect("\r\n\r\n").catch(() => terminal.output)).toMatch(/ echo( |\r|;)/);
  });
});

test("what is typed during a creation is there when it is over", async () => {
  const session = start(small.replace(admin, `${admin}, ${users(200, 2)}`).replace("passwordCost: 10, ", ""));
  const terminal = new Terminal(session, { cols: 120 });
  await terminal.expect("creating [");
  terminal.send("loginHSM CO admin co12345\rquit\r");
  await terminal.expect("loginHSM success on server 0(h0)\r\n");
  expect(await terminal.end()).toBe(0);
  expect(terminal.output.split("co12345")).toHaveLength(2);
});

test("--file that is not there creates nothing", async () => {
  for (const script of ["missing", "."]) {
    const session = start(small);
    const { status, stderr } = await runPiped({ ...session, words: ["--file", script, ...session.words] }, "");
    expect(status).toBe(2);
    expect(stderr).toContain(`cloudhsm_mgmt_util: --file ${script}: `);
    expect(existsSync(join(session.home, "h0_2225.hsm"))).toBe(false);
  }
});

test("a clone of a damaged origin: which HSM, which file, and why", async () => {
  const session = start(small);
  await runPiped(session, lines("quit"));
  const file = join(session.home, "h0_2225.hsm");
  const clone = "  - { id: d, cloneOf: c, hsms: [{ id: hsm-b, hostname: h1 }] }\n";
  const config = session.words[0] ?? "";
  writeFileSync(config, `clusters:\n  - ${small.slice("clusters: [".length, -2)}\n${clone}`);
  const damages = [
    () => {
      const database = new Database(file);
      database.exec("UPDATE record SET content = '{' WHERE collection = 'identity'");
      database.close();
    },
    () => {
      const database = new Database(file);
      database.exec("DELETE FROM record WHERE collection = 'identity'");
      database.close();
    },
    () => {
      truncateSync(file, 5000);
    },
  ];
  for (const damage of damages) {
    damage();
    const { status, stdout, stderr } = await runPiped(session, lines("quit"));
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain(`cloudhsm_mgmt_util: ${config}:2:`);
    expect(stderr).toContain(`hsm-a cannot be read to create other HSMs from it: `);
    expect(stderr).toContain(`(${file}): `);
    expect(stderr).not.toContain("unexpected");
  }
});

import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import Database from "libsql";
import { expect, onTestFinished, test, vi } from "vitest";
import { auditLog, fileOf } from "../../harness/audit.ts";
import { type Start, environmentOf, lines, root, runPiped, temporaryFolder } from "../../harness/program.ts";
import { emptyHome, shell } from "../../harness/three-hsms.ts";

const sim = join(root, "dist", "cloudhsm-sim.js");

interface Answer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the fleet's program. */
function fleet(home: string, ...words: readonly string[]): Answer {
  const env = environmentOf({ words: [], home });
  return spawnSync(process.execPath, [sim, ...words], { env, encoding: "utf8" });
}

const ask = ({ words, home }: Start, ...more: readonly string[]) => fleet(home, "audit-log", ...words, ...more);
const told = (home: string, host: string) => auditLog(home, host).map(({ text }) => `${text}\n`);

/** Three HSMs, of which the first two saw a login. */
async function lived(): Promise<Start> {
  const start = emptyHome();
  await runPiped(start, lines("loginHSM CO admin co12345", "createUser CU bob bob12345", "y", "quit"));
  return start;
}

test("the audit log of one HSM, and of all, is printed beside a shell that runs, in the guide's form", async () => {
  const start = emptyHome();
  const running = await shell(start, "loginHSM CO admin co12345", "createUser CU bob bob12345", "y");
  const one = ask(start, "--hsm", "H1");
  const h1 = told(start.home, "h1");
  expect(one).toMatchObject({ status: 0, stderr: "", stdout: h1.join("\n") });
  expect(h1.join("")).toContain("User Name : bob\n");
  const all = ask(start);
  const headed = (["hsm-a at h0", "hsm-b at h1", "hsm-c at h2"] as const).flatMap((hsm) =>
    told(start.home, hsm.slice(-2)).map((text) => `${hsm}:2225\n${text}`),
  );
  const time = (text: string): number => Number(/usecs:(\d+)/.exec(text)?.[1]);
  const byTime = headed.toSorted((one, other) => time(one) - time(other));
  expect(byTime).not.toEqual(headed);
  expect(all).toMatchObject({ status: 0, stderr: "", stdout: byTime.join("\n") });
  // Without a configuration, those of the home.
  expect(fleet(start.home, "audit-log")).toMatchObject({ status: 0, stderr: "", stdout: all.stdout });
  for (const word of ["H1:2225", "hsm-b"]) expect(ask(start, "--hsm", word)).toMatchObject({ stdout: one.stdout });
  expect(fleet(start.home, "audit-log", "--hsm", "hsm-b").stdout).toBe(one.stdout);
  await running.command("createUser CU carol carol12345");
  await running.command("y");
  await running.command("quit");
  expect(await running.end()).toMatchObject({ status: 0 });
  expect(ask(start, "--hsm", "h0").stdout).toContain("User Name : carol\n");
  const ofCarol = ask(start, "--user", "CAROL", "--json").stdout.trimEnd().split("\n");
  expect(ofCarol.map((line) => (JSON.parse(line) as { readonly hostname: string }).hostname)).toEqual([
    "h0",
    "h1",
    "h2",
  ]);
  expect(ask(start, "--since", "2999-01-01").stdout).toBe("");
}, 60_000);

test("--json prints an object a line, whose response has number, name and text", async () => {
  const start = await lived();
  await runPiped(start, lines("loginHSM CU nobody secret12345", "quit"));
  const { status, stdout } = ask(start, "--json", "--hsm", "h1");
  expect(status).toBe(0);
  expect(stdout).not.toContain("secret12345");
  const events = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(events.map(({ sequence }) => sequence)).toEqual([0, 1, 2, 3]);
  const user = { name: "nobody", type: "CU" };
  const response = { code: 157, name: "UNKNOWN_USER_NAME", text: expect.stringMatching(/^HSM Error: user/) as string };
  const place = { hsm: "hsm-b", hostname: "h1", port: 2225, sequence: 3, opcode: "CN_LOGIN" };
  expect(events[3]).toMatchObject({ ...place, user, response });
  expect(events[0]).toMatchObject({ user: { name: "admin", type: "CO" }, response: { code: 0, name: "SUCCESS" } });
  const { time, usecs } = events[3] as { readonly time: string; readonly usecs: number };
  expect(Date.parse(time)).toBe(Math.floor(usecs / 1000));
});

test("reading leaves a file of an older version, and the folder, as they are", () => {
  const start = emptyHome();
  mkdirSync(start.home);
  const fixtures = join(root, "test", "fixtures");
  copyFileSync(join(fixtures, "format-2.hsm"), fileOf(start.home, "h0"));
  const text = readFileSync(join(fixtures, "format-2.txt"), "utf8");
  const answer = ask(start, "--hsm", "h0");
  expect(answer).toMatchObject({ status: 0, stderr: "" });
  expect(text.startsWith(answer.stdout)).toBe(true);
  expect(answer.stdout.match(/^Sequence No/gm)).toHaveLength(17);
  expect(readFileSync(fileOf(start.home, "h0"))).toEqual(readFileSync(join(fixtures, "format-2.hsm")));
  expect(readdirSync(start.home)).toEqual(["h0_2225.hsm"]);
});

test("an HSM that is damaged, not there, or lacks events ends with status 1, after the others were told", async () => {
  const start = await lived();
  rmSync(fileOf(start.home, "h0"));
  const database = new Database(fileOf(start.home, "h1"));
  database.exec("UPDATE event SET content = '{}' WHERE sequence = 1");
  database.close();
  const last = new Database(fileOf(start.home, "h2"));
  last.exec("DELETE FROM event WHERE sequence = 0");
  last.close();
  const { status, stdout, stderr } = ask(start);
  expect(status).toBe(1);
  expect(stdout).toMatch(/^hsm-c at h2:2225\nTime: /);
  expect(stdout).not.toMatch(/^hsm-[ab] at/m);
  expect(stderr.trimEnd().split("\n")).toEqual([
    expect.stringMatching(/^cloudhsm-sim: There is no simulated HSM at h0:2225 in /),
    expect.stringMatching(/^cloudhsm-sim: .*h2_2225\.hsm: events are missing from its audit log$/),
    expect.stringMatching(
      /^cloudhsm-sim: .*h1_2225\.hsm: an event of its audit log is not as this program writes it: /,
    ),
  ]);
});

test("a home in which nothing was created yet stays without anything", () => {
  const start = emptyHome();
  expect(ask(start)).toMatchObject({ status: 1, stdout: "" });
  expect(() => readdirSync(start.home)).toThrow("ENOENT");
});

test.each([
  [
    "an unknown HSM",
    ["audit-log", "CONFIG", "--hsm", "h9"],
    /^cloudhsm-sim: .* has no HSM "h9": there are h0, h1, h2$/m,
  ],
  ["no configuration there", ["audit-log", "nowhere.yaml"], /^cloudhsm-sim: .*nowhere\.yaml/],
  ["an empty home", ["audit-log", "CONFIG", "--home", ""], /^cloudhsm-sim: --home is empty: name a folder/],
  [
    "a time that is none",
    ["audit-log", "--since", "2026-13-01"],
    /--since <time>.*'2026-13-01' is invalid\. Give a time/,
  ],
  ["an unknown option", ["audit-log", "--all"], /^cloudhsm-sim: unknown option '--all'\n\(cloudhsm-sim --help shows/],
  ["an unknown command", ["audit"], /^cloudhsm-sim: unknown command 'audit'/],
  ["too many words", ["audit-log", "one", "two"], /^cloudhsm-sim: too many arguments/],
  ["no command", [], /^Usage: cloudhsm-sim \[options\] \[command\]/],
])("%s is a mistake of the command line: status 2", (_, words, complaint) => {
  const start = emptyHome();
  const answer = fleet(start.home, ...words.map((word) => (word === "CONFIG" ? (start.words[0] ?? "") : word)));
  expect(answer).toMatchObject({ status: 2, stdout: "" });
  expect(answer.stderr).toMatch(complaint);
});

test.each([
  ["--help", /^Usage: cloudhsm-sim .*\n(?:.*\n)*.*audit-log .*print what the HSMs recorded\n/],
  ["audit-log --help", /^Usage: cloudhsm-sim audit-log \[options\] \[config\]\n(?:.*\n)*.*--hsm <hsm>/],
  ["--version", /^cloudhsm-sim \d+\.\d+\.\d+\n$/],
])("%s is an answer", (words, answer) => {
  const { status, stdout, stderr } = fleet(temporaryFolder(), ...words.split(" "));
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(answer);
});

test.each([
  ["that nobody reads", `trap "" PIPE; { while echo; do :; done 2>/dev/null; "$@"; echo "$?" >&2; } | true`, "141\n"],
  [
    "on a full disk",
    `"$@" >/dev/full; echo "$?" >&2`,
    "cloudhsm-sim: output cannot be written: ENOSPC: no space left on device, write\n1\n",
  ],
])("output %s is not taken for written", async (_, line, stderr) => {
  const start = await lived();
  for (const words of [["--help"], ["audit-log", ...start.words]]) {
    const options = { env: environmentOf(start), encoding: "utf8" } as const;
    expect(spawnSync("/bin/bash", ["-c", line, "bash", process.execPath, sim, ...words], options).stderr).toBe(stderr);
  }
});

test("a name that could change what a terminal shows does so in neither form", async () => {
  const start = emptyHome();
  const name = "eve\u001b]0;title\u0007\u202e";
  await runPiped(start, lines("loginHSM CO admin co12345", `createUser CU ${name} eve12345`, "y", "quit"));
  const { stdout } = ask(start, "--hsm", "h0");
  expect(stdout).toContain("User Name : eve?]0;title??\n");
  const json = ask(start, "--json", "--hsm", "h0").stdout;
  expect(json).toMatch(/^[\n -~]*$/);
  expect(json).toContain('"eve\\u001b]0;title\\u0007\\u202e"');
});

/** The program that goes on, its output so far, and its end. */
function following(start: Start, ...words: readonly string[]) {
  const child = spawn(process.execPath, [sim, "audit-log", "--follow", ...start.words, ...words], {
    env: environmentOf(start),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  const end = new Promise((resolve) =>
    child.once("close", (status, signal) => {
      resolve({ status, signal });
    }),
  );
  onTestFinished(() => void child.kill("SIGKILL"));
  return {
    child,
    end,
    said: (text: string) =>
      vi.waitFor(
        () => {
          expect(stdout).toContain(text);
        },
        { timeout: 30_000, interval: 20 },
      ),
    times: (text: string) => stdout.split(text).length - 1,
  };
}

test("--follow goes on with what happens until Ctrl-C, with status 0, or until nobody reads", async () => {
  const start = await lived();
  const { child, end, said, times } = following(start, "--user", "carol");
  const other = following(start);
  await other.said("User Name : bob");
  await runPiped(start, lines("loginHSM CO admin co12345", "createUser CU carol carol12345", "y", "quit"));
  await said("hsm-b at h1:2225\n");
  await runPiped(start, lines("loginHSM CU carol carol12345", "quit"));
  await said("Opcode : CN_LOGIN");
  expect(times("Opcode : CN_CREATE_USER")).toBe(3);
  child.kill("SIGINT");
  expect(await end).toEqual({ status: 0, signal: null });
  // Nobody reads any more: it ends with the next event.
  other.child.stdout.destroy();
  await runPiped(start, lines("loginHSM CU carol carol12345", "quit"));
  expect(await other.end).toEqual({ status: 141, signal: null });
}, 60_000);

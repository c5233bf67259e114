import Database from "libsql";
import { expect, test } from "vitest";
import { fileOf } from "../harness/audit.ts";
import { type Start, runPiped } from "../harness/program.ts";
import { Terminal } from "../harness/terminal.ts";
import { emptyHome } from "../harness/three-hsms.ts";

const controlC = "\u0003";

/** Hints without colours. */
const plain = (start: Start): Start => ({ ...start, words: ["--no-color", ...start.words] });

/** A session whose command waits for server 1, which another process writes to. */
async function waiting(typed: string, below?: string) {
  const start = emptyHome();
  await runPiped(start, "quit\n");
  const other = new Database(fileOf(start.home, "h1"));
  other.exec("BEGIN IMMEDIATE");
  const terminal = new Terminal(plain(start), below === undefined ? {} : { below });
  await terminal.expect("aws-cloudhsm>");
  terminal.send(typed);
  return { terminal, release: () => other.close() };
}

test("Ctrl-C ends the waiting for a server, asks no other one, and says on which the command was done", async () => {
  const { terminal, release } = await waiting("loginHSM CO admin co12345\r");
  await terminal.expect("loginHSM success on server 0(h0)\r\n");
  terminal.send(controlC);
  expect(await terminal.expect("aws-cloudhsm>")).toBe(
    "loginHSM cancelled\r\nloginHSM was done on server 0(h0), and not on servers 1(h1), 2(h2).\r\naws-cloudhsm>",
  );
  release();
  terminal.send("info server 0\r");
  await terminal.expect("Logged in as 'admin(CO)'");
  terminal.send("loginHSM CO admin co12345\r");
  await terminal.expect("loginHSM success on server 2(h2)\r\n");
  terminal.send("quit\r");
  expect(await terminal.end()).toBe(0);
});

/** Where a command waits that was sent to a server, and how it is told. */
const waits: readonly (readonly [typed: string, told: RegExp])[] = [
  // With a question of R/I/A, which is not asked then.
  ["createUser CU bob bob12345\ry\r", /createUser cancelled\r\ncreateUser was done on server 0\(h0\), and not on/],
  ["deleteUser CU alice\r", /deleteUser cancelled\r\ndeleteUser was done on server 0\(h0\), and not on/],
  ["setMValue 3 2\ry\r", /setMValue cancelled\r\nsetMValue was done on server 0\(h0\), and not on/],
  ["logoutHSM\r", /logoutHSM cancelled\r\nlogoutHSM was done on server 0\(h0\), and not on/],
  // In server mode, and to another server.
  ["server 1\rcreateUser CU bob bob12345\ry\r", /createUser cancelled\r\ncreateUser was done on no server\./],
  ["server 0\rsyncUser 3 1\r", /syncUser cancelled\r\n/],
];

test.each(waits)("Ctrl-C ends the waiting of %j at once", async (typed, told) => {
  const start = emptyHome();
  await runPiped(start, "quit\n");
  const terminal = new Terminal(plain(start));
  await terminal.expect("aws-cloudhsm>");
  terminal.send("loginHSM CO admin co12345\r");
  await terminal.expect("loginHSM success on server 2(h2)\r\naws-cloudhsm>");
  const other = new Database(fileOf(start.home, "h1"));
  other.exec("BEGIN IMMEDIATE");
  for (const line of typed.split(/(?<=\r)/)) {
    terminal.send(line);
    await terminal.expect(line.replace("\r", ""));
  }
  // The command waits by now, and would for 5 s.
  await new Promise((resolve) => setTimeout(resolve, 300));
  terminal.send(`lost${controlC}`);
  const until = await terminal.expect("cancelled");
  expect(until + (await terminal.expect(">"))).toMatch(told);
  expect(terminal.output).not.toMatch(/busy|R\/I\/A/);
  other.close();
  terminal.send("quit\r");
  expect(await terminal.end()).toBe(0);
});

test("Ctrl-C drops what was typed ahead before it, and keeps what is typed behind it", async () => {
  const { terminal, release } = await waiting("loginHSM CO admin co12345\r");
  await terminal.expect("loginHSM success on server 0(h0)\r\n");
  terminal.send(`listUsers\rlist${controlC}info server 2\r`);
  await terminal.expect("loginHSM cancelled\r\n");
  expect(await terminal.expect("aws-cloudhsm>info server 2\r\n")).not.toContain("listUsers");
  await terminal.expect("Not logged in");
  release();
});

test("what is typed ahead without Ctrl-C is answered, and what stands behind quit is left to the shell above", async () => {
  const below = '"$@"; exec bash --norc --noprofile -i';
  const { terminal, release } = await waiting("loginHSM CO admin co12345\r", below);
  await terminal.expect("loginHSM success on server 0(h0)\r\n");
  terminal.send("info server 0\rquit\recho behind $((40 + 2))\r");
  await terminal.expect("loginHSM success on server 2(h2)\r\naws-cloudhsm>info server 0\r\n");
  await terminal.expect("Logged in as 'admin(CO)'");
  await terminal.expect("behind 42\r\n");
  release();
});

test("Ctrl-C ends a command of --command that waits, after a password that was typed, and leaves what else is typed alone", async () => {
  const start = emptyHome();
  await runPiped(start, "quit\n");
  const other = new Database(fileOf(start.home, "h1"));
  other.exec("BEGIN IMMEDIATE");
  const commands = ["-c", "loginHSM CO admin -hpswd", "-c", "info server 0"];
  // A shell whose program ends by a signal ends too, unless it takes that signal itself.
  const below = 'trap : INT; "$@"; echo "status $?"; trap - INT; exec bash --norc --noprofile -i';
  const terminal = new Terminal({ ...plain(start), words: [...plain(start).words, ...commands] }, { below });
  await terminal.expect("Enter password: ");
  terminal.send("co12345\r");
  await terminal.expect("loginHSM success on server 0(h0)\r\n");
  // The command waits by now, and would for 5 s.
  await new Promise((resolve) => setTimeout(resolve, 300));
  terminal.send(controlC);
  expect(await terminal.expect("status 130")).not.toContain("Logged in as");
  terminal.send("echo behind $((40 + 2))\r");
  await terminal.expect("behind 42\r\n");
  expect(terminal.output).not.toContain("co12345");
  other.close();
});

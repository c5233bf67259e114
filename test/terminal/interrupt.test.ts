import Database from "libsql";
import { expect, test } from "vitest";
import { fileOf } from "../harness/audit.ts";
import { runPiped } from "../harness/program.ts";
import { Terminal } from "../harness/terminal.ts";
import { emptyHome } from "../harness/three-hsms.ts";

const controlC = "\u0003";

/** A session whose command waits for server 1, which another process writes to. */
async function waiting(typed: string, below?: string) {
  const start = emptyHome();
  await runPiped(start, "quit\n");
  const other = new Database(fileOf(start.home, "h1"));
  other.exec("BEGIN IMMEDIATE");
  const terminal = new Terminal(start, below === undefined ? {} : { below });
  await terminal.expect("aws-cloudhsm>");
  terminal.send(typed);
  return { terminal, release: () => other.close() };
}

test("Ctrl-C stops a command after the server that is asked, and says on which it was done", async () => {
  const { terminal, release } = await waiting("loginHSM CO admin co12345\r");
  await terminal.expect("loginHSM success on server 0(h0)\r\n");
  terminal.send(controlC);
  expect(await terminal.expect("aws-cloudhsm>")).toMatch(
    /loginHSM failed on server 1\(h1\)\r\nloginHSM cancelled\r\n.*was done on server 0\(h0\), and not on servers 1\(h1\), 2\(h2\)\./,
  );
  release();
  terminal.send("info server 0\r");
  await terminal.expect("Logged in as 'admin(CO)'");
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

import { expect, test } from "vitest";
import { lines, runPiped, shipped, temporaryFolder } from "./harness/program.ts";
import { Terminal } from "./harness/terminal.ts";

const start = () => ({ words: [shipped("cluster.yaml")], home: temporaryFolder() });

test("officer2 is repaired on server 1, and still there the next time", async () => {
  const session = start();
  const repair = ["loginHSM CO admin co12345", "server 0", "syncUser 6 1", "exit", "quit"];
  const first = await runPiped(session, lines(...repair));
  expect(first).toMatchObject({ status: 0, stderr: "" });
  expect(first.stdout).toContain("ExtractMaskedObject: 0x0 !\nInsertMaskedObject: 0x0 !\nsyncUser success\n");

  const second = await runPiped(session, lines("server 1", "loginHSM CO officer2 officer23456", "quit"));
  expect(second.stdout).toContain("server1>loginHSM success\n");
});

test("a burst that is typed before the first prompt is answered line by line", async () => {
  const terminal = new Terminal(start());
  terminal.send("loginHSM CO admin -hpswd\rco12345\rinfo server 0\rquit\r");
  await terminal.expect("aws-cloudhsm>loginHSM CO admin -hpswd\r\nEnter password: \r\n");
  await terminal.expect("aws-cloudhsm>info server 0\r\n");
  await terminal.expect("Logged in as 'admin(CO)'");
  expect(await terminal.end()).toBe(0);
});

import { describe, expect, test } from "vitest";
import { lines, program, runPiped, shipped, temporaryFolder } from "../harness/program.ts";
import { Terminal } from "../harness/terminal.ts";

const start = () => ({ words: [shipped("cluster.yaml")], home: temporaryFolder() });

/** Everything that a session asks for, in the order in which it asks. */
const burst = [
  "enable_e2e",
  "",
  "loginHSM CO admin -hpswd",
  "co12345",
  "createUser CU dave -hpswd",
  "hidden6789",
  "hidden6789",
  "y",
  "createUser CU dave typed12345",
  "x",
  "y",
  "z",
  "I",
  "R",
  "a",
  "loginHSM CU dave hidden6789",
  "info server 0",
];

const asked = (answer: string) => `Retry/Ignore/Abort?(R/I/A):${answer}\r\n`;

test.each([
  ["before the first prompt", "CR", "\r"],
  ["before the first prompt", "LF", "\n"],
  ["at the prompt", "CR", "\r"],
  ["at the prompt", "LF", "\n"],
  // A terminal that no program has taken yet makes two line feeds of it: only at the prompt is it one end of a line.
  ["at the prompt", "CRLF", "\r\n"],
])("a burst %s is answered line by line, with %s at the ends", async (moment, _name, end) => {
  const terminal = new Terminal(start());
  if (moment === "at the prompt") await terminal.expect("E2E enabled on server 2(10.0.1.12)\r\naws-cloudhsm>");
  terminal.send(burst.map((line) => line + end).join(""));
  await terminal.expect("enable_e2e\r\nE2E enabled on server 0(10.0.2.9)\r\n");
  await terminal.expect(
    "aws-cloudhsm>\r\naws-cloudhsm>loginHSM CO admin -hpswd\r\nEnter password: \r\nloginHSM success",
  );
  await terminal.expect("aws-cloudhsm>createUser CU dave -hpswd\r\nEnter password: \r\nRe-enter password: \r\n****");
  await terminal.expect("Do you want to continue(y/n)?y\r\nCreating User dave(CU) on 3 nodes\r\n");
  await terminal.expect("createUser success on server 2(10.0.1.12)\r\naws-cloudhsm>createUser CU dave typed12345\r\n");
  await terminal.expect("Do you want to continue(y/n)?x\r\nInvalid option, please type 'y' or 'n'\r\n\r\n");
  await terminal.expect("Do you want to continue(y/n)?y\r\n");
  await terminal.expect(`${asked("z")}\r\n${asked("I")}`);
  await terminal.expect("creating user on server 1(10.0.3.11) failed\r\n");
  await terminal.expect(asked("R"));
  await terminal.expect("creating user on server 1(10.0.3.11) failed\r\n");
  await terminal.expect(`${asked("a")}aws-cloudhsm>loginHSM CU dave hidden6789\r\n`);
  await terminal.expect("aws-cloudhsm>info server 0\r\n");
  await terminal.expect("aws-cloudhsm>");
  // Before the shell is there, the terminal itself shows what is typed.
  const [, ...commands] = terminal.output.split("aws-cloudhsm>");
  expect(commands).toHaveLength(8);
  const shown = commands.join("").replace("loginHSM CU dave hidden6789", "");
  expect(shown).not.toMatch(/co12345|hidden6789/);
  expect(shown).not.toContain("\u001b");
  terminal.send("quit\r");
  expect(await terminal.end()).toBe(0);
});

test("the LF of a CRLF may come much later than its CR", async () => {
  const terminal = new Terminal(start());
  await terminal.expect("aws-cloudhsm>");
  terminal.send("info server 0\r");
  await terminal.expect("aws-cloudhsm>");
  terminal.send("\ninfo server 1\r");
  expect(await terminal.expect("Connected")).toMatch(/^info server 1\r\n/);
});

test("a password that is typed ahead behind Ctrl-Z is not shown where nobody could wake the shell", async () => {
  const terminal = new Terminal(start());
  await terminal.expect("aws-cloudhsm>");
  terminal.send("\u001a");
  terminal.send("loginHSM CO admin -hpswd\r");
  await terminal.expect("Enter password: ");
  terminal.send("co12345\r");
  await terminal.expect("loginHSM success on server 2");
  expect(terminal.output).not.toContain("co12345");
});

test("what is typed behind a Tab waits until the word is completed", async () => {
  const terminal = new Terminal(start());
  terminal.send("loginHSM CO adm\tco12345\rinfo server 0\r");
  await terminal.expect("loginHSM success on server 2");
  await terminal.expect("Logged in as 'admin(CO)'");
});

describe("below a shell, what is typed behind the end is the shell's:", () => {
  /** A shell that is ready, in which `program` starts the program. */
  async function shell(): Promise<{ readonly terminal: Terminal; readonly program: string }> {
    const session = start();
    const terminal = new Terminal(session, { below: 'export PS1="shell>"; exec bash --norc --noprofile -i' });
    await terminal.expect("shell>");
    return { terminal, program: [process.execPath, program, ...session.words].join(" ") };
  }

  const session = "info server 0\rquit\recho behind $((40 + 2))\r";

  test.each(["at its prompt", "with the line that starts it"])("all at once, %s", async (moment) => {
    const { terminal, program: run } = await shell();
    terminal.send(moment === "at its prompt" ? `${run}\r` : `${run}\r${session}`);
    await terminal.expect("aws-cloudhsm>");
    if (moment === "at its prompt") terminal.send(session);
    await terminal.expect("Not logged in\r\naws-cloudhsm>quit\r\n");
    await terminal.expect("behind 42\r\n");
  });

  test.each([
    ["Ctrl-R", "\u0012qui"],
    ["Up", "\u001b[A"],
    ["Ctrl-P", "\u0010"],
    ["a beginning and Tab", "qu\t"],
  ])("where %s brings quit, while a command is being carried out", async (_name, typed) => {
    const { terminal, program: run } = await shell();
    terminal.send(`${run}\r`);
    await terminal.expect("aws-cloudhsm>");
    terminal.send("quit\r");
    await terminal.expect("shell>");
    terminal.send(`${run}\r`);
    await terminal.expect("aws-cloudhsm>");
    terminal.send(`loginHSM CO admin co12345\r${typed}\recho behind $((40 + 2))\r`);
    await terminal.expect("loginHSM success on server 2");
    await terminal.expect("behind 42\r\n");
  });

  test("behind a --command, which reads nothing", async () => {
    const { terminal, program: run } = await shell();
    terminal.send(`${run} -c 'info server 0'\recho behind $((40 + 2))\r`);
    await terminal.expect("disconnecting from servers, please wait...");
    await terminal.expect("behind 42\r\n");
  });

  test("but a password that a --command asks for", async () => {
    const { terminal, program: run } = await shell();
    terminal.send(`${run} -c 'loginHSM CO admin -hpswd'\r`);
    await terminal.expect("Enter password: ");
    terminal.send("co12345\recho behind $((40 + 2))\r");
    await terminal.expect("loginHSM success on server 2");
    await terminal.expect("behind 42\r\n");
    expect(terminal.output).not.toContain("co12345");
  });
});

test.each(["", "enable_e2e\r", "loginHSM CO admin -hpswd\r"])(
  "a Ctrl-D that is typed before the first prompt ends the input, behind %j",
  async (typed) => {
    const terminal = new Terminal(start());
    terminal.send(`${typed}\u0004`);
    await terminal.expect("disconnecting from servers, please wait...");
    expect(await terminal.end()).toBe(0);
  },
);

test("nothing that is typed behind Ctrl-D is carried out", async () => {
  const session = start();
  const terminal = new Terminal(session);
  await terminal.expect("aws-cloudhsm>");
  terminal.send(
    "loginHSM CO admin co12345\rdeleteUser CU crypto_user1\u0004\u0015createUser CU dave dave12345\r\u0004y\r",
  );
  await terminal.expect("createUser cancelled");
  expect(await terminal.end()).toBe(0);
  const { stdout } = await runPiped(session, lines("listUsers"));
  expect(stdout).toContain("crypto_user1");
  expect(stdout).not.toContain("dave");
});

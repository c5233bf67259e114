import { describe, expect, test } from "vitest";
import { Terminal } from "../harness/terminal.ts";
import { start, login, keys, session, infoAnswer } from "./typing.ts";

describe("a line is edited:", () => {
  test.each([
    ["letters are taken back", `infx${keys.backspace}o server 0`],
    ["letters are put in between", `ino server 0${keys.left.repeat(10)}f`],
    ["a word is pasted in between", `fo server 0${keys.controlA}in`],
    ["several words are pasted in between", `0${keys.home}info server ${keys.end}`],
    ["letters are deleted under the cursor", `xinfo server 0${keys.home}${keys.delete}`],
    ["Ctrl-D deletes under the cursor, where there is something", `xinfo server 0${keys.home}${keys.controlD}`],
    ["a word is taken back", `info server nine${keys.controlW}0`],
    ["the line is taken back", `nonsense${keys.controlU}info server 0`],
    ["the end of the line is taken back", `info server 0 and${keys.left.repeat(4)}${keys.controlK}`],
    ["Ctrl-C drops the line", `nonsense${keys.controlC}info server 0`],
    ["Ctrl-Z, where no shell could wake us, does nothing", `info ${keys.controlZ}server 0`],
  ])("%s", async (_name, typed) => {
    const terminal = await session();
    terminal.send(`${typed}\r`);
    await terminal.expect(infoAnswer);
    await terminal.expect("aws-cloudhsm>");
    expect(terminal.output).not.toContain("Unknown command");
  });

  test.each([20, 40, 80])("though it is wider than a terminal of %i columns", async (cols) => {
    const terminal = await session({ cols });
    const name = "x".repeat(150);
    terminal.send(`help ${name}${keys.controlA}${keys.right.repeat(5)}`);
    terminal.send(`getCert${keys.controlK}\r`);
    await terminal.expect("\r\ngetCert <file>");
  });

  test("a line that is edited may have 4096 bytes, and says so beyond", async () => {
    const terminal = await session();
    terminal.send(`${"x".repeat(5000)}${keys.left}\r`);
    await terminal.expect("Line too long: 4096 bytes at most\r\naws-cloudhsm>");
    terminal.send(`${"x".repeat(4000)}${keys.left}${keys.controlU}${keys.delete}info server 0\r`);
    await terminal.expect(infoAnswer);
  });
});

describe("text that is pasted between the marks of a bracketed paste arrives without them:", () => {
  const paste = (text: string) => `\u001b[200~${text}\u001b[201~`;

  test.each([
    ["a line", `${paste("info server 0")}\r`],
    ["a part of a line", `inf${paste("o serv")}er 0\r`],
    ["a part in between", `info 0${keys.left}${paste("server ")}\r`],
    ["a line with its end", paste("info server 0\r")],
    ["several lines", paste("info server 1\rinfo server 0\r")],
    ["several lines, the last without its end", `${paste("info server 1\rinfo serv")}er 0\r`],
    ["lines of another system", `${paste("info server 1\r\ninfo server 0")}\r`],
    ["a command and its answer", paste(`${login}createUser CU dave dave12345\ry\rinfo server 0\r`)],
  ])("%s", async (_name, typed) => {
    const terminal = await session();
    terminal.send(typed);
    await terminal.expect("\thsm-udw0tkfg1ab\t ");
    await terminal.expect("aws-cloudhsm>");
    expect(terminal.output).not.toMatch(/Unknown command|20[01]~/);
  });

  test("a hidden password", async () => {
    const terminal = await session();
    terminal.send("loginHSM CO admin -hpswd\r");
    await terminal.expect("Enter password: ");
    terminal.send(`${paste("co12345")}\r`);
    await terminal.expect("loginHSM success on server 2");
    terminal.send(paste(`loginHSM CO admin -hpswd\rco12345\r`));
    await terminal.expect("loginHSM success on server 2");
    expect(terminal.output).not.toContain("co12345");
  });
});

describe("a window of another width", () => {
  test("has a line that is edited drawn anew, from where the terminal has broken it", async () => {
    const terminal = await session({ cols: 80 });
    const line = `aws-cloudhsm>help ${"x".repeat(60)}`;
    terminal.send(line.slice("aws-cloudhsm>".length));
    terminal.send(keys.left);
    await terminal.expect("\u001b[1D");
    terminal.resize(40);
    await terminal.expect(`\u001b[1A\u001b[1G\u001b[0J${line}\u001b[38G`);
    terminal.resize(80);
    await terminal.expect(`${line}\u001b[78G`);
  });

  test("is sent nothing where nobody edits", async () => {
    const terminal = await session();
    terminal.send("info ser");
    await terminal.expect("info ser");
    terminal.resize(10);
    terminal.send("ver 0\r");
    await terminal.expect(infoAnswer);
    expect(terminal.output).not.toContain("\u001b");
  });
});

describe("Tab completes", () => {
  test.each([
    ["a command", "inf\t server 0\r", infoAnswer],
    ["a command in another case", "INF\tserver 0\r", infoAnswer],
    ["a user type and a name", "loginHSM CO adm\tco12345\r", "loginHSM success on server 0(10.0.2.9)\r\n"],
    ["the command that help explains, of either mode", "help syncU\t\r", "\r\nsyncUser <user ID> <server ID>\r\n"],
    ["in the middle of a line", `inf server 0${keys.left.repeat(9)}\t${keys.delete}\r`, infoAnswer],
  ])("%s", async (_name, typed, answer) => {
    const terminal = await session();
    terminal.send(typed);
    await terminal.expect(answer);
  });

  test("nothing where several fit, and shows them when it is pressed again", async () => {
    const terminal = await session();
    terminal.send("log\t\t");
    await terminal.expect("loginHSM    logoutHSM");
    terminal.send("inHSM CO admin co12345\r");
    await terminal.expect("loginHSM success on server 2");
  });

  test("only the commands of the mode", async () => {
    const terminal = await session();
    terminal.send("server 0\r");
    await terminal.expect("server0>");
    terminal.send("sync\t\t");
    await terminal.expect("syncUser   syncKey");
    terminal.send(`${keys.controlU}exit\r`);
    await terminal.expect("\r\naws-cloudhsm>");
  });

  test("no answer to a question, where it is a blank", async () => {
    const terminal = await session();
    terminal.send(`${login}createUser CU dave dave12345\r`);
    await terminal.expect("(y/n)?");
    terminal.send("\ty\t\r");
    await terminal.expect("createUser success on server 2");
  });
});

test("a hidden password can be edited", async () => {
  const terminal = await session();
  terminal.send("loginHSM CO admin -hpswd\r");
  await terminal.expect("Enter password: ");
  terminal.send(`wrong${keys.controlU}o1234${keys.home}c${keys.end}56${keys.backspace}\r`);
  await terminal.expect("loginHSM success on server 2");
  expect(terminal.output).not.toMatch(/wrong|o1234/);
});

test("Ctrl-C at a question takes it back, and the session goes on", async () => {
  const terminal = await session();
  terminal.send(`${login}createUser CU dave dave12345\r`);
  await terminal.expect("(y/n)?");
  terminal.send(keys.controlC);
  await terminal.expect("createUser cancelled\r\naws-cloudhsm>");
  terminal.send("info server 0\r");
  await terminal.expect("Logged in as 'admin(CO)'");
});

test("Ctrl-D on an empty line ends the session", async () => {
  const terminal = await session();
  terminal.send(keys.controlD);
  await terminal.expect("disconnecting from servers, please wait...");
  expect(await terminal.end()).toBe(0);
});

describe("the terminal is left as it was found", () => {
  const modes = "echo modes $(stty -g)";

  /** The modes that stty told of. */
  function told(terminal: Terminal): readonly string[] {
    return Array.from(terminal.output.matchAll(/^modes (\S+)\r$/gm), ([, each]) => each ?? "");
  }

  test.each([
    ["by quit", '"$@"', "quit\r"],
    ["by Ctrl-D at a hidden password", '"$@"', `loginHSM CO admin -hpswd\r${keys.controlD}`],
    ["by a start that fails", '"$@" no-such-option', ""],
  ])("%s", async (_name, run, typed) => {
    const terminal = new Terminal(start(), { below: `${modes}; ${run}; ${modes}; echo over` });
    if (typed !== "") await terminal.expect("aws-cloudhsm>");
    terminal.send(typed);
    await terminal.expect("over\r\n");
    const [before, after, ...others] = told(terminal);
    expect(others).toEqual([]);
    expect(after).toBe(before);
  });

  test("by SIGTERM", async () => {
    const run = `sh -c 'echo process $$; exec "$@"' sh "$@"`;
    const terminal = new Terminal(start(), { below: `${modes}; ${run}; ${modes}; echo over` });
    await terminal.expect("aws-cloudhsm>");
    const [, id] = /^process (\d+)\r$/m.exec(terminal.output) ?? [];
    process.kill(Number(id), "SIGTERM");
    await terminal.expect("over\r\n");
    const [before, after] = told(terminal);
    expect(after).toBe(before);
  });

  test("while Ctrl-Z gives it to the shell above, and taken again afterwards", async () => {
    const below = `set -m; ${modes}; "$@"; echo; ${modes}; echo stopped; read line; fg; ${modes}; echo over`;
    const terminal = new Terminal(start(), { below });
    await terminal.expect("aws-cloudhsm>");
    terminal.send("info ser");
    await terminal.expect("info ser");
    terminal.send(keys.controlZ);
    await terminal.expect("stopped\r\n");
    terminal.send("go on\r");
    await terminal.expect("go on\r\n");
    terminal.send("ver 0\r");
    await terminal.expect(infoAnswer);
    await terminal.expect("aws-cloudhsm>");
    terminal.send("loginHSM CO admin -hpswd\r");
    await terminal.expect("Enter password: ");
    terminal.send("co12345\r");
    await terminal.expect("loginHSM success on server 2");
    terminal.send("quit\r");
    await terminal.expect("over\r\n");
    expect(new Set(told(terminal)).size).toBe(1);
    expect(told(terminal)).toHaveLength(3);
    expect(terminal.output).not.toContain("co12345");
  });
});

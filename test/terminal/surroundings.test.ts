import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { lines, shipped, temporaryFolder } from "../harness/program.ts";
import { type Place, Terminal } from "../harness/terminal.ts";

const start = (environment: Readonly<Record<string, string | undefined>> = {}) => ({
  words: [shipped("cluster.yaml")],
  home: temporaryFolder(),
  environment,
});

/** Logs in with a hidden password and quits. */
async function logIn(terminal: Terminal): Promise<void> {
  await terminal.expect("aws-cloudhsm>");
  terminal.send("loginHSM CO admin -hpswd\r");
  await terminal.expect("loginHSM CO admin -hpswd");
  await terminal.expect("Enter password: ");
  terminal.send("co12345\r");
  await terminal.expect("loginHSM success on server 2(10.0.1.12)");
  await terminal.expect("aws-cloudhsm>");
  terminal.send("quit\r");
  await terminal.expect("disconnecting from servers, please wait...");
  expect(await terminal.end()).toBe(0);
  expect(terminal.output).not.toContain("co12345");
  expect(terminal.output).not.toContain("\u001b");
}

test("a session needs no TERM, HOME or XDG_STATE_HOME", async () => {
  // A terminal of these tests has a TERM of its own, which is taken from it below.
  const below = 'unset TERM HOME XDG_STATE_HOME LOGNAME USER; exec "$@"';
  await logIn(new Terminal(start(), { below }));
});

test("a session works on a dumb terminal", async () => {
  await logIn(new Terminal(start(), { below: 'TERM=dumb exec "$@"' }));
});

const places: readonly (readonly [name: string, place: Place])[] = [
  ["without a controlling terminal", { below: 'setsid -w "$@"' }],
  ["below bash -c", { below: `bash -c '"$@"; exit $?' bash "$@"` }],
  ["at a terminal that does not know its size", { below: 'stty cols 0 rows 0; exec "$@"' }],
  ["at a terminal of ten columns", { cols: 10, rows: 2 }],
  ["with its output on a pipe", { below: '"$@" | cat' }],
];

test.each(places)("a session works %s", async (_name, place) => {
  await logIn(new Terminal(start(), place));
});

test("a session works below sh -i", async () => {
  const { words, home } = start();
  const terminal = new Terminal({ words, home }, { below: 'export PS1="shell>"; exec sh -i -c \'"$@"\' sh "$@"' });
  await logIn(terminal);
});

describe("a terminal that does not show what is typed", () => {
  const quiet: Place = { below: 'stty -echo; "$@"; stty -a | grep -o -- "-echo "; echo over' };

  test("is shown nothing, and stays so", async () => {
    const terminal = new Terminal(start(), quiet);
    await terminal.expect("aws-cloudhsm>");
    terminal.send("info server 0\r");
    expect(await terminal.expect("\tName")).toBe("Id     \tName");
    await terminal.expect("aws-cloudhsm>");
    terminal.send("infx\u007fo server 1\rloginHSM CO admin -hpswd\r");
    expect(await terminal.expect("\tName")).toBe("Id     \tName");
    await terminal.expect("aws-cloudhsm>Enter password: ");
    terminal.send("co12345\rcreateUser CU dave dave12345\ry\rquit\r");
    expect(await terminal.expect("loginHSM success")).toBe("\r\nloginHSM success");
    await terminal.expect("Do you want to continue(y/n)?Creating User dave(CU) on 3 nodes\r\n");
    await terminal.expect("-echo \r\nover\r\n");
    expect(terminal.output).not.toMatch(/quit|co12345/);
    expect(terminal.output).not.toContain("\u001b");
  });
});

const typewriters: readonly (readonly [name: string, below: string])[] = [
  ["a dumb terminal", 'TERM=dumb exec "$@"'],
  ["a terminal without a name", 'unset TERM; exec "$@"'],
  ["a terminal whose output goes through a pipe", '"$@" | cat'],
];

test.each(typewriters)("letters are taken back on %s, without escape sequences", async (_name, below) => {
  const terminal = new Terminal(start(), { below });
  await terminal.expect("aws-cloudhsm>");
  for (const [keys, shown] of [
    ["infx", "infx"],
    ["\u007f", "\b \b"],
    ["o nine", "o nine"],
    ["\u0017", "\b \b".repeat(4)],
    ["server 0\r", "server 0\r\nId     \tName"],
  ] as const) {
    terminal.send(keys);
    await terminal.expect(shown);
  }
  await terminal.expect("aws-cloudhsm>");
  terminal.send("nonsense\u0015loginHSM CO adm\t-hpswd\r");
  await terminal.expect("loginHSM CO admin -hpswd\r\nEnter password: ");
  terminal.send("junk\u0015co1234x\u007f5\r");
  await terminal.expect("\r\nloginHSM success on server 2");
  await terminal.expect("aws-cloudhsm>");
  terminal.send("qxit\u001b[D\u001b[D\u007fu\r");
  await terminal.expect("disconnecting from servers, please wait...");
  expect(await terminal.end()).toBe(0);
  expect(terminal.output).not.toMatch(/junk|co1234/);
  expect(terminal.output).not.toContain("\u001b");
  expect(terminal.output.split("aws-cloudhsm>")).toHaveLength(4);
});

test("a background job reads its file and leaves the terminal to others", async () => {
  const session = start();
  const script = join(session.home, "script");
  writeFileSync(script, lines("loginHSM CO admin co12345", "quit"));
  const terminal = new Terminal(session, { below: `set -m; "$@" <${script} & wait $!; echo "status $?"` });
  await terminal.expect("aws-cloudhsm>loginHSM success on server 0(10.0.2.9)");
  await terminal.expect("status 0");
});

test("a person sees the answers at a terminal while a pipe gives the commands", async () => {
  const terminal = new Terminal(start(), { below: `printf 'info server 0\\nquit\\n' | "$@"` });
  await terminal.expect("aws-cloudhsm>Id     \tName");
  expect(await terminal.end()).toBe(0);
  expect(terminal.output).not.toContain("\u001b");
});

test("tee keeps what the terminal shows", async () => {
  const session = start();
  const log = join(session.home, "log");
  const terminal = new Terminal(session, { below: `"$@" | tee ${log}` });
  await logIn(terminal);
  expect(readFileSync(log, "utf8")).toContain(
    "aws-cloudhsm>loginHSM CO admin -hpswd\nEnter password: \nloginHSM success",
  );
});

describe("colours", () => {
  const hint = "Type help for the list of commands.";

  async function wrongCommand(terminal: Terminal): Promise<string> {
    terminal.send("nonsense\rinfo server 0\rlistUsers\rquit\r");
    await terminal.expect("disconnecting from servers, please wait...");
    return terminal.output;
  }

  test("are for hints only", async () => {
    const output = await wrongCommand(new Terminal(start({ NO_COLOR: undefined })));
    expect(output).toContain(`\u001b[36m${hint}\u001b[39m`);
    expect(output.split("\u001b")).toHaveLength(3);
  });

  test("are off with --no-color", async () => {
    const session = start();
    const output = await wrongCommand(new Terminal({ ...session, words: ["--no-color", ...session.words] }));
    expect(output).toContain(hint);
    expect(output).not.toContain("\u001b");
  });

  test("are off with NO_COLOR", async () => {
    const output = await wrongCommand(new Terminal(start({ NO_COLOR: "1" })));
    expect(output).toContain(hint);
    expect(output).not.toContain("\u001b");
  });
});

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Start, lines } from "../harness/program.ts";
import { type Place, Terminal } from "../harness/terminal.ts";
import { emptyHome } from "../harness/three-hsms.ts";
import { keys, login } from "./typing.ts";

const { controlR: search } = keys;

const wide = "help 日本語";

/** The newest last, as the file has them. */
const history = ["info server 0", "help syncUser", wide, "server 1", "listUsers", "help getCert"];

/** A cluster, with these lines in the history. */
function remembering(remembered: readonly string[]): Start {
  const at = emptyHome();
  const folder = join(at.home, "state", "cloudhsm_mgmt_util");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "history"), lines(...remembered));
  return at;
}

async function searching(place: Place = {}, remembered = history): Promise<Terminal> {
  const terminal = new Terminal(remembering(remembered), place);
  await terminal.expect("E2E enabled on server 2(h2)\r\naws-cloudhsm>");
  return terminal;
}

/** What only `info server 0` answers. */
const infoAnswer = "\thsm-a          \t Not logged in\r\n";

/** What readline writes in the place of the line: of `text`, the cursor is in column `at` then. */
const drawn = (text: string, at: number) => `\u001b[1G\u001b[0J${text}\u001b[${String(at)}G`;

/** Types each of the keys, and waits until it is shown what is expected of it. */
async function dialogue(terminal: Terminal, ...steps: readonly (readonly [typed: string, shown: string])[]) {
  for (const [typed, shown] of steps) {
    terminal.send(typed);
    await terminal.expect(shown);
  }
}

describe("Ctrl-R shows", () => {
  test("what is searched for, what was found and where", async () => {
    await dialogue(
      await searching(),
      [search, drawn("(reverse-i-search)`': ", 23)],
      ["s", drawn("(reverse-i-search)`s': listUsers", 32)],
      ["y", drawn("(reverse-i-search)`sy': help syncUser", 30)],
      ["x", drawn("(failed reverse-i-search)`syx': help syncUser", 38)],
      [keys.backspace, drawn("(reverse-i-search)`sy': help syncUser", 30)],
      [search, drawn("(failed reverse-i-search)`sy': help syncUser", 37)],
      [keys.controlG, drawn("aws-cloudhsm>", 14)],
    );
  });

  test("wide letters as wide, and those that could do something to the terminal as ?", async () => {
    await dialogue(
      await searching(),
      [`${search}日本x`, drawn(`(failed reverse-i-search)\`日本x': ${wide}`, 40)],
      [keys.backspace.repeat(2), drawn(`(reverse-i-search)\`日': ${wide}`, 30)],
      ["\u202e", drawn(`(failed reverse-i-search)\`日?': ${wide}`, 38)],
    );
  });

  test("a line of several rows where the terminal has broken it, also after the window was resized", async () => {
    const long = `help ${"x".repeat(60)} end`;
    const terminal = await searching({ cols: 40 }, [long]);
    await dialogue(terminal, [`${search}end`, drawn(`(reverse-i-search)\`end': ${long}`, 12)]);
    terminal.resize(100);
    await terminal.expect(drawn(`(reverse-i-search)\`end': ${long}`, 92));
    terminal.resize(40);
    await terminal.expect(drawn(`(reverse-i-search)\`end': ${long}`, 12));
    await dialogue(terminal, [keys.controlG, `\u001b[2A${drawn("aws-cloudhsm>", 14)}`]);
  });
});

describe("what Ctrl-R has found", () => {
  const found = "\u001b[1G\u001b[0Jaws-cloudhsm>info server 0\u001b[";

  test.each([
    ["in a window of 80 columns", 80],
    ["in one that its prompt alone does not fit", 20],
  ])("is carried out by Enter at the ordinary prompt, %s", async (_name, cols) => {
    const terminal = await searching({ cols });
    for (const typed of [
      "info",
      "o ser",
      `infx${keys.backspace}o`,
      `server${search}`,
      // Pasted in one piece, and in between.
      "\u001b[200~info\u001b[201~",
      "in\u001b[200~fo s\u001b[201~er",
      // In vain at last.
      "info server 00",
    ]) {
      terminal.send(`${search}${typed}\r`);
      await terminal.expect(found);
      await terminal.expect(infoAnswer);
      await terminal.expect("aws-cloudhsm>");
      terminal.send("server 1\rexit\r");
      await terminal.expect("server1>exit\r\naws-cloudhsm>");
    }
  });

  test("is edited by every other key, which does what it does at the prompt", async () => {
    const terminal = await searching();
    const accepted = drawn("aws-cloudhsm>help syncUser", 19);
    for (const [key, shown] of [
      [keys.escape, accepted],
      [keys.left, `${accepted}\u001b[1D`],
      [keys.right, `${accepted}\u001b[1C`],
      [keys.home, `${accepted}\u001b[5D`],
      [keys.end, `${accepted}\u001b[8C`],
      [keys.controlA, `${accepted}\u001b[5D`],
      [keys.controlE, `${accepted}\u001b[8C`],
      [keys.delete, accepted + drawn("aws-cloudhsm>help yncUser", 19)],
      [keys.controlD, accepted + drawn("aws-cloudhsm>help yncUser", 19)],
      [keys.controlK, accepted + drawn("aws-cloudhsm>help ", 19)],
      [keys.controlU, accepted + drawn("aws-cloudhsm>syncUser", 14)],
      [keys.controlW, accepted + drawn("aws-cloudhsm>syncUser", 14)],
      // An unknown one.
      ["\u001b[15~", accepted],
      [keys.controlZ, accepted],
    ] as const) {
      await dialogue(terminal, [`${search}sync`, "sync': help syncUser\u001b[32G"], [key, shown]);
      await dialogue(terminal, [keys.controlC, "\r\naws-cloudhsm>"]);
    }
    // Tab completes what is before the cursor.
    await dialogue(terminal, [`${search}certx\b`, "cert': help getCert\u001b[35G"], ["\t\t", "getAttribute"]);
  });

  test("has neighbours that Up, Down, Ctrl-P and Ctrl-N go to", async () => {
    const terminal = await searching();
    const found = "aws-cloudhsm>help syncUser";
    for (const [key, line] of [
      [keys.up, "info server 0"],
      [keys.controlP, "info server 0"],
      [keys.down, wide],
      [keys.controlN, wide],
      [keys.down.repeat(2), "server 1"],
      [keys.up + keys.down, "help syncUser"],
    ] as const) {
      await dialogue(terminal, [`${search}syncU${key}`, found], ["", `aws-cloudhsm>${line}\u001b[`]);
      await dialogue(terminal, [keys.controlC, "\r\naws-cloudhsm>"]);
    }
  });

  test.each([
    ["Ctrl-G brings the line back", keys.controlG, "\u001b[1G\u001b[0Jaws-cloudhsm>info 0\u001b[19G"],
    ["Ctrl-C drops the line", keys.controlC, "aws-cloudhsm>info 0\u001b[19G\u001b[1C\r\naws-cloudhsm>"],
  ])("is forgotten: %s that was there before", async (_name, key, shown) => {
    const terminal = await searching();
    await dialogue(
      terminal,
      [`info 0${keys.left}${search}`, drawn("(reverse-i-search)`': info 0", 28)],
      ["serv", "serv': server 1\u001b[27G"],
      [key, shown],
      [key === keys.controlG ? "server \r" : "info server 0\r", infoAnswer],
    );
  });
});

describe("Ctrl-R searches", () => {
  test("from the line that is shown on, and once more for the same when it is pressed twice", async () => {
    const terminal = await searching();
    await dialogue(
      terminal,
      ["info ser", "info ser"],
      // The line that is being typed is one of them.
      [`${search}s`, "s': info ser\u001b["],
      [search, "s': listUsers\u001b["],
      [keys.down, "aws-cloudhsm>help getCert\u001b["],
      [`${keys.controlP.repeat(3)}${search}help`, `help': ${wide}\u001b[`],
      [keys.controlC, "aws-cloudhsm>"],
      [`${search}${search}`, "(reverse-i-search)`help': help getCert\u001b["],
      // Up walks past the oldest line to an empty one.
      [`${keys.controlG}${keys.up.repeat(history.length + 1)}${search}info`, "info': info server 0\u001b["],
    );
  });

  test("for what was typed ahead, and finds what was carried out just before", async () => {
    const terminal = await searching();
    terminal.send(`${search}sync\r${search}exit${keys.controlG}server 1\rexit\r`);
    terminal.send(`${search}ver${keys.up}${keys.controlU}${search}info${search}\rquit\r`);
    await terminal.expect("aws-cloudhsm>help syncUser");
    await terminal.expect("\r\nsyncUser <user ID> <server ID>\r\n");
    await terminal.expect("server1>exit\r\n");
    await terminal.expect(infoAnswer);
    await terminal.expect("aws-cloudhsm>quit\r\n");
    expect(await terminal.end()).toBe(0);
  });

  test("for lines that were pasted in vain, and carries none out", async () => {
    const terminal = await searching();
    await dialogue(
      terminal,
      [`${search}\u001b[200~list\rlistUsers\r\t\u001b[201~`, "(failed reverse-i-search)`list?listUsers??': listUsers"],
      [keys.backspace.repeat(12), "(reverse-i-search)`list': listUsers"],
      [keys.controlC, "\r\naws-cloudhsm>"],
      ["info server 0\r", infoAnswer],
    );
    expect(terminal.output).not.toContain("Users on server");
  });

  test("for no more than a line may hold", async () => {
    const terminal = await searching();
    terminal.send(`${search}${"x".repeat(5000)}`);
    await terminal.expect("xxx': ");
    await dialogue(terminal, ["\r", "Line too long: 4096 bytes at most\r\naws-cloudhsm>"]);
    terminal.send(`${search}${"x".repeat(5000)}`);
    await terminal.expect("xxx': ");
    await dialogue(terminal, [keys.controlC, "\r\naws-cloudhsm>"], ["info server 0\r", infoAnswer]);
  });
});

test("Ctrl-R finds no password, and none in the place of an answer", async () => {
  const terminal = await searching();
  terminal.send(`${login}loginHSM CO admin wr0ngpass\rloginHSM CO admin -hpswd\rco12345\r`);
  terminal.send("createUser CU dave dave12345\ry\rchangePswd CU dave -hpswd\rhidden6789\rhidden6789\ry\r");
  await terminal.expect("changePswd success on server 2(h2)\r\naws-cloudhsm>");
  for (const secret of ["co12345", "wr0ngpass", "dave12345", "hidden6789"]) {
    await dialogue(terminal, [`${search}${secret}`, `(failed reverse-i-search)\`${secret}': `]);
    // Of a login that failed, all but the password is found.
    await dialogue(terminal, [`${keys.controlG}${search}n ${search}`, "n ': loginHSM CO admin \u001b["]);
    await dialogue(terminal, [keys.controlC, "\r\naws-cloudhsm>"]);
  }
});

describe("Ctrl-R does nothing", () => {
  test("at a question and at a hidden password", async () => {
    const terminal = await searching();
    terminal.send(`${login}createUser CU dave -hpswd\r`);
    await terminal.expect("Enter password: ");
    terminal.send(`dave${search}12345\r`);
    await terminal.expect("Re-enter password: ");
    terminal.send("dave12345\r");
    await terminal.expect("(y/n)?");
    terminal.send(`${search}y\r`);
    await terminal.expect("createUser success on server 2");
    expect(terminal.output).not.toContain("search");
  });

  test.each([
    ["on a dumb terminal", 'TERM=dumb exec "$@"'],
    ["on a terminal whose output goes through a pipe", '"$@" | cat'],
  ])("%s", async (_name, below) => {
    const terminal = new Terminal(remembering(history), { below });
    await terminal.expect("aws-cloudhsm>");
    terminal.send(`${search}info${search} server 0\r`);
    await terminal.expect("info server 0\r\n");
    await terminal.expect(infoAnswer);
    expect(terminal.output).not.toContain("\u001b");
  });
});

describe("a search leaves the terminal as it was found", () => {
  test.each([
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ])("by %s", async (signal, status) => {
    const run = `sh -c 'echo process $$; exec "$@"' sh "$@"`;
    const below = `stty -g; ${run}; echo status $?; stty -g; echo over`;
    const terminal = new Terminal(remembering(history), { below });
    await terminal.expect("aws-cloudhsm>");
    await dialogue(terminal, [`${search}listU`, "listU': listUsers"]);
    const [, id] = /^process (\d+)\r$/m.exec(terminal.output) ?? [];
    process.kill(Number(id), signal);
    await terminal.expect(`status ${String(status)}\r\n`);
    await terminal.expect("over\r\n");
    const modes = terminal.output.match(/^[0-9a-f]+(?::[0-9a-f]+){10,}\r$/gm) ?? [];
    expect(modes).toHaveLength(2);
    expect(modes[0]).toBe(modes[1]);
    // What was found only is not carried out.
    expect(terminal.output).not.toContain("Users on server");
  });

  test("by Ctrl-Z, and goes on at the line that was found", async () => {
    const below = 'set -m; "$@"; echo stopped; read line; fg; echo over';
    const terminal = new Terminal(remembering(history), { below });
    await terminal.expect("aws-cloudhsm>");
    await dialogue(
      terminal,
      [`${search}info`, "info': info server 0"],
      [keys.controlZ, "stopped\r\n"],
      ["go on\r", "aws-cloudhsm>info server 0"],
      ["\r", infoAnswer],
      ["quit\r", "over\r\n"],
    );
  });
});

import { beforeEach, expect, test } from "vitest";
import { runFleet } from "../../harness/fleet-program.ts";
import { type Start, lines, runPiped } from "../../harness/program.ts";
import { Terminal } from "../../harness/terminal.ts";
import { emptyHome } from "../../harness/three-hsms.ts";

/** Less than the delay of a minute: whoever waits for its end is too late. */
const limit = 50_000;

let start: Start;

beforeEach(async () => {
  start = emptyHome();
  await runPiped(start, lines("quit"));
});

/** Has each request to the second HSM take a minute, and the start of a shell, too. */
function delay(...more: readonly string[]): void {
  const run = runFleet(start.home, ["fault", "add", "--hsm", "h1", "--kind", "delay", "--ms", "60000", ...more]);
  expect(run).toMatchObject({ status: 0, stderr: "" });
}

/** A shell that waits for an answer of the second HSM. */
async function delayed(): Promise<Terminal> {
  const terminal = new Terminal(start);
  await terminal.expect("aws-cloudhsm>");
  delay("--command", "loginHSM");
  terminal.send("loginHSM CO admin co12345\r");
  await terminal.expect("loginHSM success on server 0(h0)\r\n");
  return terminal;
}

test(
  "Ctrl-C ends a command that an HSM lets wait for a minute; the shell goes on",
  async () => {
    const terminal = await delayed();
    terminal.send("\u0003");
    expect(await terminal.expect("aws-cloudhsm>")).toContain(
      "loginHSM was done on server 0(h0), and not on servers 1(h1), 2(h2).",
    );
    expect(runFleet(start.home, ["fault", "clear", "--all"])).toMatchObject({ status: 0 });
    terminal.send("loginHSM CO admin co12345\r");
    await terminal.expect("loginHSM success on server 2(h2)\r\n");
    terminal.send("quit\r");
    expect(await terminal.end()).toBe(0);
  },
  limit,
);

test.each([
  ["SIGHUP", 129],
  ["SIGTERM", 143],
] as const)(
  "%s ends a shell that waits for an HSM for a minute",
  async (signal, status) => {
    const terminal = await delayed();
    process.kill(terminal.pid, signal);
    expect(await terminal.end()).toBe(status);
    expect(runFleet(start.home, ["sessions"])).toMatchObject({ status: 0, stdout: "nobody is logged in\n" });
  },
  limit,
);

const ends: readonly (readonly [title: string, end: (terminal: Terminal) => void, status: number])[] = [
  ["SIGHUP", ({ pid }) => process.kill(pid, "SIGHUP"), 129],
  [
    "Ctrl-C",
    (terminal) => {
      terminal.send("\u0003");
    },
    130,
  ],
];

test.each(ends)(
  "%s ends a start that waits for an HSM for a minute",
  async (_, end, status) => {
    delay("--any");
    const terminal = new Terminal(start);
    await terminal.expect("Connecting to server 'h1'");
    end(terminal);
    expect(await terminal.end()).toBe(status);
  },
  limit,
);

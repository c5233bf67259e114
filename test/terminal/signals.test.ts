import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Start, environmentOf, program, shipped, temporaryFolder } from "../harness/program.ts";
import { Terminal } from "../harness/terminal.ts";

const start = (): Start => ({ words: [shipped("cluster.yaml")], home: temporaryFolder() });

test.each([
  ["SIGHUP", 129],
  ["SIGINT", 130],
  ["SIGQUIT", 131],
  ["SIGUSR1", 138],
  ["SIGUSR2", 140],
  ["SIGALRM", 142],
  ["SIGTERM", 143],
] as const)("%s gives the terminal back as it was found", async (signal, status) => {
  const run = `sh -c 'echo process $$; exec "$@"' sh "$@"`;
  const modes = "echo modes $(stty -g)";
  const terminal = new Terminal(start(), { below: `${modes}; ${run}; echo status $?; ${modes}; echo over` });
  await terminal.expect("aws-cloudhsm>");
  const [, id] = /^process (\d+)\r$/m.exec(terminal.output) ?? [];
  process.kill(Number(id), signal);
  await terminal.expect(`status ${String(status)}\r\n`);
  await terminal.expect("over\r\n");
  const [before, after] = Array.from(terminal.output.matchAll(/^modes (\S+)\r$/gm), ([, each]) => each);
  expect(after).toBe(before);
});

test.each(["SIGTERM", "SIGHUP", "SIGINT"])("%s ends a session at a terminal that nobody reads", async (signal) => {
  const terminal = new Terminal(start());
  await terminal.expect("aws-cloudhsm>");
  terminal.pause();
  terminal.send("listUsers\r".repeat(400));
  const { pid } = terminal;
  process.kill(pid, signal);
  // Nobody reads, so nobody hears of its end either: it is asked for.
  await until(
    () =>
      spawnSync("ps", ["-o", "stat=", "-p", String(pid)])
        .stdout.toString()
        .trim()
        .replace(/^Z.*/, "") === "",
  );
});

describe("lines from a named pipe", () => {
  /** A session that reads them; its writer stays. */
  function launch(end: "whole" | "head") {
    const session = start();
    const pipe = join(session.home, "pipe");
    expect(spawnSync("mkfifo", [pipe]).status).toBe(0);
    const words = ["-c", end === "whole" ? '"$@"' : '"$@" | head -n 1', "sh", process.execPath, program];
    const child = spawn("/bin/bash", [...words, "--file", pipe, ...session.words], { env: environmentOf(session) });
    const writer = createWriteStream(pipe);
    writer.on("error", () => undefined);
    onTestFinished(() => {
      child.kill("SIGKILL");
      writer.destroy();
    });
    return { child, writer };
  }

  test("end the session by quit, though more could come", async () => {
    const { child, writer } = launch("whole");
    writer.write("info server 0\nquit\n");
    child.stdout.resume();
    expect(await once(child, "exit")).toEqual([0, null]);
  });

  test("end it when nobody reads the output any more, though more could come", async () => {
    const { child, writer } = launch("head");
    writer.write("info server 0\n");
    await once(child.stdout.resume(), "end");
    writer.write("info server 0\ninfo server 1\ninfo server 2\n");
    expect(await once(child, "exit")).toEqual([0, null]);
  });

  test("leave Ctrl-C to the terminal", async () => {
    const session = start();
    const pipe = join(session.home, "pipe");
    const below = `trap : INT; mkfifo ${pipe}; exec 9<>${pipe}; "$@"; echo status $?`;
    const terminal = new Terminal({ ...session, words: ["--file", pipe, ...session.words] }, { below });
    await terminal.expect("aws-cloudhsm>");
    terminal.send("\u0003");
    await terminal.expect("status 130");
  });
});

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 50));
}

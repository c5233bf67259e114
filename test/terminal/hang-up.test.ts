import { type ChildProcess, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { once } from "node:events";
import { describe, expect, onTestFinished, test } from "vitest";
import { isMissing } from "../harness/debian.ts";
import { type Start, environmentOf, lines, program, runPiped, shipped, temporaryFolder } from "../harness/program.ts";
import { Terminal } from "../harness/terminal.ts";
import { runScript } from "./run-script.ts";

const start = () => ({ words: [shipped("cluster.yaml")], home: temporaryFolder() });
const login = "loginHSM CO admin co12345";
const createDave = "createUser CU dave dave12345";

/** On how many of the three servers the user is. */
async function servers(session: Start, user: string): Promise<number> {
  const { stdout } = await runPiped(session, lines("listUsers"));
  return stdout.split(`\t${user} `).length - 1;
}

/** The program on pipes, with nobody reading its output yet. */
function launch(session: Start, stdin: "pipe" | number = "pipe"): ChildProcess {
  const child = spawn(process.execPath, [program, ...session.words], {
    env: environmentOf(session),
    stdio: [stdin, "pipe", "inherit"],
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  return child;
}

/** Reads until the output holds `text`; gives all that was read. */
async function outputUntil({ stdout }: ChildProcess, text: string): Promise<string> {
  let output = "";
  for (;;) {
    output += String(stdout?.read() ?? "");
    if (output.includes(text)) return output;
    await once(stdout as NodeJS.ReadableStream, "readable");
  }
}

async function end(child: ChildProcess): Promise<unknown> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return child.exitCode ?? child.signalCode;
}

describe("a confirmed command is finished on all servers", () => {
  test.each([
    ["SIGTERM", 143],
    ["SIGHUP", 129],
    ["SIGINT", 130],
  ] as const)("after %s", async (signal, status) => {
    const session = start();
    const child = launch(session);
    child.stdin?.write(lines(login, createDave, "y"));
    await outputUntil(child, "Creating User");
    child.kill(signal);
    child.stdout?.resume();
    expect(await end(child)).toBe(status);
    expect(await servers(session, "dave")).toBe(3);
  });

  test("when nobody reads the output any more, and no other one is begun", async () => {
    const session = start();
    const child = launch(session);
    child.stdin?.on("error", () => undefined);
    // More than anything between the two keeps: what comes behind it waits until its output is taken, or refused.
    const much = Array<string>(1000).fill("listUsers");
    child.stdin?.write(lines(login, createDave, "y", ...much, createDave.replace("dave", "late"), "y"));
    await outputUntil(child, "Creating User");
    child.stdout?.destroy();
    expect(await end(child)).toBe(141);
    expect(await servers(session, "dave")).toBe(3);
    expect(await servers(session, "late")).toBe(0);
  });

  test("when the input ends", async () => {
    const session = start();
    const { status } = await runPiped(session, lines(login, createDave) + "y");
    expect(status).toBe(0);
    expect(await servers(session, "dave")).toBe(3);
  });
});

test.each(["SIGTERM", "SIGHUP"])("%s at a question of a terminal is no", async (signal) => {
  const session = start();
  const terminal = new Terminal(session);
  terminal.send(`${login}\r${createDave}\r`);
  await terminal.expect("Do you want to continue(y/n)?");
  terminal.kill(signal);
  await terminal.expect("createUser cancelled");
  expect(await terminal.end()).toBe(signal === "SIGTERM" ? 143 : 129);
  expect(await servers(session, "dave")).toBe(0);
});

test("half a line is not carried out when a signal comes before its end", async () => {
  const session = start();
  const child = launch(session);
  child.stdin?.write(`${login}\n`);
  await outputUntil(child, "loginHSM success on server 2");
  child.stdin?.write("enable_e2e\ndeleteUser CU crypto_user1");
  await outputUntil(child, "E2E enabled on server 2(10.0.1.12)\naws-cloudhsm>");
  child.kill("SIGTERM");
  expect(await end(child)).toBe(143);
  expect(await servers(session, "crypto_user1")).toBe(3);
});

test("a signal ends a session between two of the commands that came in one piece", async () => {
  const session = start();
  const script = join(session.home, "script");
  const sent = 4000;
  writeFileSync(script, lines(login, "server 0", ...Array<string>(sent).fill("syncUser 6 1")));
  const child = spawn("/bin/sh", ["-c", `exec "$@" <${script}`, "sh", process.execPath, program, ...session.words], {
    env: environmentOf(session),
  });
  let output = await outputUntil(child, "syncUser success");
  child.kill("SIGTERM");
  child.stdout.on("data", (text: Buffer) => (output += text.toString()));
  expect(await once(child, "close")).toEqual([143, null]);
  const carriedOut = output.split("syncUser success").length - 1;
  expect(carriedOut).toBeGreaterThan(0);
  expect(carriedOut).toBeLessThan(sent);
});

test("a signal ends a session whose output nobody takes", async () => {
  const session = start();
  const child = launch(session);
  child.stdin?.on("error", () => undefined);
  child.stdin?.write(lines(...Array<string>(6000).fill("listUsers")));
  await once(child.stdout as NodeJS.ReadableStream, "readable");
  child.kill("SIGTERM");
  expect([143, "SIGTERM"]).toContain(await end(child));
});

describe.skipIf(isMissing("python3"))("a terminal that closes", () => {
  test.each(["y", "Creating User dave(CU) on 3 nodes", "success on server 0"])(
    "behind %j ends the session with the user everywhere or nowhere",
    async (moment) => {
      const session = start();
      const { status, stdout, stderr } = await runScript("close_terminal.py", session, moment);
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      // An end of its own, not an abort; which of them depends on what is noticed first.
      expect(["0", "129", "141"]).toContain(stdout.trim());
      const count = await servers(session, "dave");
      if (moment === "y") expect([0, 3]).toContain(count);
      else expect(count).toBe(3);
    },
  );
});

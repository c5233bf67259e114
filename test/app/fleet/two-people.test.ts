import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { expect, test } from "vitest";
import { runFleet } from "../../harness/fleet-program.ts";
import { type Start, lines, root, runPiped } from "../../harness/program.ts";
import { Terminal } from "../../harness/terminal.ts";
import { emptyHome } from "../../harness/three-hsms.ts";

/** Somebody at a command line of bash, in which cloudhsm-sim is a command that finds the home. */
class Teacher {
  readonly #terminal: Terminal;

  constructor(start: Start) {
    const folder = join(start.home, "..", "bin");
    mkdirSync(folder);
    const command = join(folder, "cloudhsm-sim");
    writeFileSync(command, `#!/bin/sh\nexec '${process.execPath}' '${join(root, "dist", "cloudhsm-sim.js")}' "$@"\n`);
    chmodSync(command, 0o755);
    const path = `${folder}${delimiter}${process.env["PATH"] ?? ""}`;
    const environment = { PATH: path, PS1: "teacher> ", TERM: "dumb", HISTFILE: undefined };
    this.#terminal = new Terminal({ ...start, environment }, { below: "exec bash --norc --noprofile -i", cols: 200 });
  }

  /** Types a command line, and gives what it prints, and its exit status. */
  async run(line: string): Promise<{ readonly printed: string; readonly status: number }> {
    await this.#terminal.expect("teacher> ");
    this.#terminal.send(`${line}; echo "status $?"\r`);
    await this.#terminal.expect('"status $?"\r\n');
    const printed = await this.#terminal.expect("status ");
    const [digits = ""] = /^\d+/.exec(await this.#terminal.expect("\r\n")) ?? [];
    return { printed, status: Number(digits) };
  }

  async leave(): Promise<void> {
    await this.#terminal.expect("teacher> ");
    this.#terminal.send("exit\r");
    expect(await this.#terminal.end()).toBe(0);
  }
}

/** Somebody in the shell. */
class Operator {
  readonly #terminal: Terminal;

  constructor(start: Start) {
    this.#terminal = new Terminal(start);
  }

  /** Types a line, and gives all up to the end of what is expected then. */
  async type(line: string, expected: string): Promise<string> {
    this.#terminal.send(`${line}\r`);
    return this.#terminal.expect(expected);
  }

  begin(): Promise<string> {
    return this.#terminal.expect("aws-cloudhsm>");
  }

  async leave(): Promise<void> {
    this.#terminal.send("quit\r");
    expect(await this.#terminal.end()).toBe(0);
  }
}

test("one makes a bad day from a terminal of its own, the other repairs it in the shell, until compare says so", async () => {
  const start = emptyHome();
  await runPiped(start, lines("quit"));
  const teacher = new Teacher(start);
  const operator = new Operator(start);
  const prompt = "aws-cloudhsm>";
  const ask = "(y/n)?";
  await operator.begin();
  await operator.type("loginHSM CO admin co12345", prompt);

  // An HSM drops out in the middle of createUser.
  const faulty = await teacher.run("cloudhsm-sim fault add --hsm h1 --kind drop --command createUser");
  expect(faulty).toMatchObject({ status: 0 });
  await operator.type("createUser CU bob bob12345", ask);
  expect(await operator.type("y", "(R/I/A):")).toContain("creating user on server 1(h1) failed");
  expect(await operator.type("I", prompt)).toContain("createUser success on server 2(h2)");

  // Another one is switched off while a password is rotated.
  expect(await teacher.run("cloudhsm-sim hsm stop h2")).toMatchObject({ status: 0 });
  await operator.type("changePswd CU alice alice54321", ask);
  expect(await operator.type("y", "(R/I/A):")).toContain("HSM CLUSTER ERROR: Server in cluster is unavailable");
  await operator.type("I", prompt);

  // The officer is thrown out.
  expect(await teacher.run("cloudhsm-sim hsm start h2")).toMatchObject({ status: 0 });
  const { printed: listed } = await teacher.run("cloudhsm-sim sessions");
  const [login = ""] = /[\da-f]{8}-[\da-f]{4}/.exec(listed) ?? [];
  expect(await teacher.run(`cloudhsm-sim sessions end ${login}`)).toMatchObject({ status: 0 });
  expect(await operator.type("deleteUser CU bob", "(R/B/I):")).toContain("HSM Error: No user is logged in");
  await operator.type("B", prompt);
  expect(await teacher.run("cloudhsm-sim fault clear --all")).toMatchObject({ status: 0 });
  const compare = `cloudhsm-sim compare --config '${start.words.join("")}'`;
  const behind = await teacher.run(compare);
  expect(behind.status).toBe(1);
  expect(behind.printed).toMatch(/missing on .*server 1\(h1\)/);

  // By the documented commands.
  await operator.type("logoutHSM", prompt);
  expect(await operator.type("loginHSM CO admin co12345", prompt)).toContain("loginHSM success on server 2(h2)");
  await operator.type("server 0", "server0>");
  for (const copy of ["syncUser 4 1", "syncUser 3 2"]) {
    expect(await teacher.run(compare)).toMatchObject({ status: 1 });
    expect(await operator.type(copy, "server0>")).toContain("syncUser success");
  }
  await operator.type("exit", prompt);
  const mended = await teacher.run(compare);
  expect(mended).toMatchObject({ status: 0 });
  await operator.leave();
  await teacher.leave();
  expect(runFleet(start.home, ["status", ...start.words])).toMatchObject({ status: 0 });
});

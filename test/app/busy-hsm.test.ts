import { spawn } from "node:child_process";
import { once } from "node:events";
import Database from "libsql";
import { expect, onTestFinished, test } from "vitest";
import { auditLog, fileOf } from "../harness/audit.ts";
import { environmentOf, lines, program, runPiped } from "../harness/program.ts";
import { emptyHome, hosts, quit, shell } from "../harness/three-hsms.ts";

test("an HSM that another process writes to is read, but not changed; once that one is through, Retry goes on", async () => {
  const start = emptyHome();
  const mine = await shell(start, "loginHSM CO admin co12345");
  const other = new Database(fileOf(start.home, "h1"));
  other.exec("BEGIN IMMEDIATE");

  await mine.say("createUser CU bob bob12345");
  expect(await mine.say("y")).toBe(
    [
      "Creating User bob(CU) on 3 nodes",
      "createUser success on server 0(h0)",
      "createUser failed: HSM Error: The HSM is busy with another session, try again",
      "creating user on server 1(h1) failed",
      "",
      "Retry/Ignore/Abort?(R/I/A):",
    ].join("\n"),
  );
  const reader = await shell(start);
  expect((await reader.say("listUsers")).match(/\bbob\b/g)).toHaveLength(1);
  other.exec("ROLLBACK");
  other.close();

  expect(await mine.say("R")).toBe(
    "createUser success on server 1(h1)\ncreateUser success on server 2(h2)\naws-cloudhsm>",
  );
  expect((await reader.say("listUsers")).match(/\bbob\b/g)).toHaveLength(3);
  await quit(mine, reader);
  for (const host of hosts) {
    const created = auditLog(start.home, host).filter(
      ({ opcode, user }) => opcode === "CN_CREATE_USER" && user === "bob",
    );
    expect(created.map(({ response }) => response)).toEqual([0]);
  }
});

test("an HSM that was busy is fit for the next request, and the end of its session is recorded", async () => {
  const start = emptyHome();
  await runPiped(start, lines("quit"));
  const other = new Database(fileOf(start.home, "h1"));
  other.exec("BEGIN IMMEDIATE");
  const mine = await shell(start);
  expect(await mine.say("loginHSM CO admin co12345")).toContain("HSM is busy");
  other.exec("ROLLBACK");
  other.close();

  const reads = ["listUsers", "listUsers", "getHSMInfo", "getPartitionInfo"];
  for (const command of reads) expect(await mine.say(command)).not.toMatch(/busy|failed/);
  await mine.say("loginHSM CO admin co12345");
  await quit(mine);
  const opcodes = auditLog(start.home, "h1").map(({ opcode }) => opcode);
  expect(opcodes.slice(-2)).toEqual(["CN_LOGIN", "CN_APP_FINALIZE"]);
});

test.each([
  ["SIGTERM", 143],
  ["SIGINT", 130],
  ["SIGHUP", 129],
  ["SIGQUIT", 131],
] as const)(
  "%s ends the waiting for HSMs that another process holds, and what was said is read meanwhile",
  async (signal, status) => {
    const start = emptyHome();
    await runPiped(start, lines("quit"));
    for (const host of hosts) {
      const other = new Database(fileOf(start.home, host));
      onTestFinished(() => {
        other.close();
      });
      other.exec("BEGIN IMMEDIATE");
    }
    const child = spawn(process.execPath, [program, ...start.words], { env: environmentOf(start), stdio: "pipe" });
    onTestFinished(() => {
      child.kill("SIGKILL");
    });
    child.stdin.write(lines("help quit", "loginHSM CO admin co12345"));
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
    // The last prompt comes out, and then the login waits.
    while (output.split("aws-cloudhsm>").length < 3) await once(child.stdout, "data");
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(output).not.toContain("loginHSM");

    const sent = performance.now();
    child.kill(signal);
    const [code] = (await once(child, "exit")) as readonly unknown[];
    expect(code).toBe(status);
    // It waits 5 s for each of the three where nothing ends it.
    expect(performance.now() - sent).toBeLessThan(4000);
  },
);

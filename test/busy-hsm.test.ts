import Database from "libsql";
import { expect, test } from "vitest";
import { auditLog, fileOf } from "./harness/audit.ts";
import { emptyHome, hosts, quit, shell } from "./harness/three-hsms.ts";

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

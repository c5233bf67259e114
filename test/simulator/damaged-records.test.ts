import { rmSync } from "node:fs";
import Database from "libsql";
import { expect, test } from "vitest";
import { fileOf } from "../harness/audit.ts";
import { Conversation } from "../harness/conversation.ts";
import { type Start, lines, runPiped } from "../harness/program.ts";
import { cluster, emptyHome } from "../harness/three-hsms.ts";

/** A home with the HSMs, on the second of which `damage` was done. */
async function damaged(damage: string, configuration?: string, ...before: readonly string[]): Promise<Start> {
  const start = emptyHome(configuration);
  await runPiped(start, lines(...before, "quit"));
  const database = new Database(fileOf(start.home, "h1"));
  expect(database.prepare(damage).run().changes).toBeGreaterThan(0);
  database.close();
  return start;
}

const replace = (from: string, to: string, collection: string) =>
  `UPDATE record SET content = replace(content, '${from}', '${to}') WHERE collection = '${collection}'`;
const noText = (collection: string) =>
  `UPDATE record SET content = CAST(X'7b22ff' AS TEXT) WHERE collection = '${collection}'`;

test.each([
  ["an identity that is no JSON", replace('"maskingKey":"', '"maskingKey":#', "identity")],
  ["an identity that is no text", noText("identity")],
  ["a masking key that is too short", replace('"maskingKey":"', '"maskingKey":"","x":"', "identity")],
  ["a storage key that is too short", replace('"storageKey":"', '"storageKey":"","x":"', "identity")],
  ["an identity whose passwords cost nothing", replace('"passwordCost":10', '"passwordCost":9', "identity")],
  ["an identity whose passwords no machine pays", replace('"passwordCost":10', '"passwordCost":21', "identity")],
  ["users that are no JSON", replace("{", "", "user")],
  ["users that are no text", noText("user")],
  ["users without a name", replace('"name"', '"eman"', "user")],
  ["passwords that are no hash", replace("scrypt", "plain", "password")],
  ["passwords that are no text", noText("password")],
  ["passwords that cost nothing", replace("ln=10", "ln=0", "password")],
  ["passwords whose cost no machine pays", replace("ln=10", "ln=63", "password")],
])("an HSM with %s refuses, and the others answer", async (_, damage) => {
  const start = await damaged(damage);
  const reason = damage.includes("X'") ? "a record is damaged" : "a record is not as this program writes it";
  const typed = ["listUsers", "loginHSM CO admin co12345", "createUser CU bob bobby12345", "y", "I"];
  const { stdout, stderr, status } = await runPiped(start, lines(...typed, "quit"));
  expect(status).toBe(0);
  expect(stderr).toBe(
    `cloudhsm_mgmt_util: ${fileOf(start.home, "h1")}: ${reason}: remove its -wal and -shm and put a backup of the ` +
      "file back, or delete all three, and the next start creates it anew\n",
  );
  expect(stdout).toContain("Users on server 2(h2):\nNumber of users found:3\n");
  expect(stdout).toMatch(
    /loginHSM failed: HSM (?:CLUSTER ERROR|Error): .*\nloginHSM failed on server 1\(h1\)\nloginHSM success on server 2/,
  );
  expect(stdout).toMatch(/creating user on server 1\(h1\) failed\n\nRetry.*:createUser success on server 2/);
  expect(stdout).not.toMatch(/unexpected|JSON|asking|scrypt/);
});

test.each([
  ["an officer's password is a crypto user's", "password", "1", "'password' AND key = 3", "h1"],
  ["an officer's password is another HSM's", "password", "1", "'password' AND key = 1", "h2"],
  ["a crypto user is an officer", "user", "3", "'user' AND key = 1", "h1"],
  ["an officer is another HSM's", "user", "1", "'user' AND key = 1", "h2"],
])("an HSM in whose file %s refuses in words, and the others answer", async (_, collection, key, source, host) => {
  const start = emptyHome();
  await runPiped(start, lines("quit"));
  const file = fileOf(start.home, "h1");
  const database = new Database(file);
  database.exec(`ATTACH '${fileOf(start.home, host)}' AS other`);
  const copied = `(SELECT content FROM other.record WHERE collection = ${source})`;
  const change = `UPDATE main.record SET content = ${copied} WHERE collection = '${collection}' AND key = ${key}`;
  expect(database.prepare(change).run().changes).toBe(1);
  database.close();
  const typed = ["loginHSM CO admin alice12345", "loginHSM CO admin co12345", "listUsers", "quit"];
  const { stdout, stderr } = await runPiped(start, lines(...typed));
  expect(stderr).toBe(
    `cloudhsm_mgmt_util: ${file}: a record comes from another place: remove its -wal and -shm and put a backup of ` +
      "the file back, or delete all three, and the next start creates it anew\n",
  );
  expect(stdout).toContain("loginHSM success on server 2(h2)");
  if (collection === "password") expect(stdout).not.toContain("loginHSM success on server 1(h1)");
  else expect(stdout).not.toContain("Users on server 1(h1)");
});

test("an HSM whose audit log lacks an event lets nobody log in, and the others answer", async () => {
  const start = await damaged("DELETE FROM event WHERE sequence = 0", undefined, "loginHSM CO admin co12345");
  const { stdout, stderr } = await runPiped(start, lines("listUsers", "loginHSM CO admin co12345", "quit"));
  expect(stderr).toContain(
    `${fileOf(start.home, "h1")}: events are missing from its audit log: remove its -wal and -shm and put a backup`,
  );
  expect(stdout).toContain("Users on server 1(h1):");
  expect(stdout.match(/loginHSM (?:success|failed) on server .*/g)).toEqual([
    "loginHSM success on server 0(h0)",
    "loginHSM failed on server 1(h1)",
    "loginHSM success on server 2(h2)",
  ]);
});

test("an HSM whose plan of a session key is damaged makes no key of it, and the others answer", async () => {
  const withKey = `${cluster}    keys: [{ handle: 100, type: AES, size: 256, owner: alice, token: false }]\n`;
  const start = await damaged(replace('"size":256', '"size":257', "sessionKeyPlan"), withKey);
  const { stdout, stderr } = await runPiped(start, lines("loginHSM CU alice alice12345", "getKeyInfo 100", "quit"));
  expect(stderr).toContain(
    `${fileOf(start.home, "h1")}: a record is not as this program writes it: remove its -wal and -shm and put a backup`,
  );
  expect(stdout.match(/Session Key,\n/g)).toHaveLength(2);
  expect(stdout).toContain("getKeyInfo failed on server 1(h1)");
  expect(stdout).not.toContain("unexpected");
});

test("an HSM that is created anew works beside a shell that has the destroyed one open", async () => {
  const start = await damaged("UPDATE record SET content = content");
  const old = new Conversation(start);
  await old.prompt();
  await old.say("loginHSM CO admin co12345");
  rmSync(fileOf(start.home, "h1"));

  const other = new Conversation(start);
  await other.prompt();
  expect(await other.say("loginHSM CO admin co12345")).toContain("loginHSM success on server 1(h1)");
  expect(await other.command("createUser CU bob bobby12345")).toContain("createUser success on server 1(h1)");
  await old.say("quit");
  await old.end();
  // What the old shell takes away at its end is not the new HSM's.
  other.kill();
  await other.end();
  const { stdout } = await runPiped(start, lines("listUsers"));
  expect(stdout.match(/\bbob\b/g)).toHaveLength(3);
});

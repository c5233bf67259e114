import { join } from "node:path";
import Database from "libsql";
import { expect, test } from "vitest";
import { Backup } from "../../src/simulator/cluster-image.ts";
import { users } from "../harness/backups.ts";
import { inFile } from "../harness/keepers.ts";
import { temporaryFolder } from "../harness/program.ts";
import { codeOf } from "../harness/return-codes.ts";
import { TestedHsm, credentials } from "../harness/tested-hsm.ts";

/** An HSM whose first officer did something and logged out, and what its log then lacks. */
async function without(events: string): Promise<{ readonly tested: TestedHsm; readonly path: string }> {
  const path = join(temporaryFolder(), "test.hsm");
  const tested = await TestedHsm.with(users(["CO", "admin"], ["CU", "alice"]), { keeper: inFile(path) });
  const { hsm, session } = await tested.login("CO", "admin");
  await hsm.users.create(session, credentials("CU", "bob"));
  await hsm.logins.logout(session);
  const database = new Database(path);
  database.exec(`DELETE FROM event WHERE ${events}`);
  database.close();
  return { tested, path };
}

const last = "(SELECT max(sequence) FROM event)";

test.each([
  ["the first event", "sequence = 0"],
  ["the first half", `sequence < ${last} / 2`],
  ["one in between", "sequence = 2"],
  ["a login", "content ->> 'opcode' = 'CN_LOGIN'"],
  ["the creation of a user", "content ->> '$.user.name' = 'bob'"],
  ["the last event", `sequence = ${last}`],
  ["the last two events", `sequence >= ${last} - 1`],
  ["all but the first", "sequence > 0"],
  ["every event", "true"],
])("nobody logs in on an HSM whose audit log lacks %s, and nothing is taken from it", async (_, events) => {
  const { tested } = await without(events);
  const refused = { returnCode: "STORAGE_FAILURE", cause: { message: "events are missing from its audit log" } };
  for (let round = 0; round < 3; round++) {
    const { hsm } = await tested.connect();
    await expect(hsm.logins.login(credentials("CO", "admin"))).rejects.toMatchObject(refused);
    expect(await codeOf(hsm.users.list())).toBe("SUCCESS");
  }
  await expect(Backup.take(tested.store)).rejects.toMatchObject(refused);
});

test("a log that is whole is counted at the first login of a shell, and serves for all later ones", async () => {
  const { tested } = await without("false");
  for (let round = 0; round < 3; round++) expect(await codeOf(tested.login("CO", "admin"))).toBe("SUCCESS");
  expect(await codeOf(Backup.take(tested.store))).toBe("SUCCESS");
});

test("what the login of a shell that runs still adds behind removed events leaves the gap that they left", async () => {
  const { tested, path } = await without("false");
  const shell = await tested.login("CO", "admin");
  const database = new Database(path);
  database.exec(`DELETE FROM event WHERE sequence >= ${last} - 1`);
  database.close();
  await shell.hsm.users.create(shell.session, credentials("CU", "carol"));
  await shell.hsm.logins.logout(shell.session);
  expect(await codeOf(tested.login("CO", "admin"))).toBe("STORAGE_FAILURE");
});

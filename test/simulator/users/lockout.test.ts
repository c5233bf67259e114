import { beforeAll, expect, test } from "vitest";
import type { Backup } from "../../../src/simulator/cluster-image.ts";
import type { Hsm } from "../../../src/hsm/hsm.ts";
import { cluster, user } from "../../harness/backups.ts";
import { inFile } from "../../harness/keepers.ts";
import { expectCode } from "../../harness/return-codes.ts";
import { TestedHsm, credentials, logIn } from "../../harness/tested-hsm.ts";

let backup: Backup;
beforeAll(async () => {
  backup = await cluster([
    user(1, "CO", "admin", "right-one"),
    user(2, "CU", "alice", "right-one"),
    user(3, "CU", "bob", "right-one"),
  ]);
});

async function failuresOf(hsm: Hsm, name: string): Promise<number | undefined> {
  return (await hsm.users.list()).find((user) => user.name === name)?.loginFailures;
}

async function fail(hsm: Hsm, times: number): Promise<void> {
  for (let time = 0; time < times; time++) await expectCode(logIn(hsm, "CU", "alice", "wrong-one"), "LOGIN_FAILURE");
}

/** An HSM in a file, as operators have it. */
function newHsm(): Promise<TestedHsm> {
  return TestedHsm.with(backup, { keeper: inFile() });
}

test("four failures are forgotten by the right password", async () => {
  const { hsm } = await newHsm();
  for (let round = 0; round < 2; round++) {
    await fail(hsm, 4);
    expect(await failuresOf(hsm, "alice")).toBe(4);
    await expectCode(logIn(hsm, "CU", "alice", "right-one"), "SUCCESS");
    expect(await failuresOf(hsm, "alice")).toBe(0);
  }
});

test("five lock the user, for the right password too, and count no further", async () => {
  const tested = await newHsm();
  const { hsm } = tested;
  await fail(hsm, 5);
  await expectCode(logIn(hsm, "CU", "alice", "right-one"), "USER_LOCKED");
  await expectCode(logIn(hsm, "CU", "alice", "wrong-one"), "USER_LOCKED");
  expect(await failuresOf(hsm, "alice")).toBe(5);
  expect(await failuresOf(hsm, "bob")).toBe(0);
  // Another shell, and the HSM switched off and on: locked is locked.
  await expectCode(logIn((await tested.connect()).hsm, "CU", "alice", "right-one"), "USER_LOCKED");
});

test("each HSM counts for itself", async () => {
  const [one, two] = [(await newHsm()).hsm, (await newHsm()).hsm];
  await fail(one, 5);
  await fail(two, 1);
  await expectCode(logIn(one, "CU", "alice", "right-one"), "USER_LOCKED");
  await expectCode(logIn(two, "CU", "alice", "right-one"), "SUCCESS");
});

test("a wrong name or type counts for nobody", async () => {
  const { hsm } = await newHsm();
  await expectCode(logIn(hsm, "CO", "alice", "wrong-one"), "USER_NOT_FOUND");
  await expectCode(logIn(hsm, "CU", "nobody", "wrong-one"), "UNKNOWN_USER_NAME");
  await expectCode(logIn(hsm, "XX", "alice", "wrong-one"), "UNKNOWN_USER_TYPE");
  expect((await hsm.users.list()).map((user) => user.loginFailures)).toEqual([0, 0, 0]);
});

test("an officer's new password unlocks; the old one is gone", async () => {
  const { hsm } = await newHsm();
  await fail(hsm, 5);
  const { session } = await logIn(hsm, "CO", "admin", "right-one");
  await hsm.users.changePassword(session, credentials("CU", "alice", "new-one-1"));
  expect(await failuresOf(hsm, "alice")).toBe(0);
  await expectCode(logIn(hsm, "CU", "alice", "right-one"), "LOGIN_FAILURE");
  await expectCode(logIn(hsm, "CU", "alice", "new-one-1"), "SUCCESS");
});

test("a user that was locked while it was logged in cannot unlock itself, an officer can", async () => {
  const tested = await newHsm();
  const [hsm, other] = [tested.hsm, (await tested.connect()).hsm];
  const alice = await logIn(hsm, "CU", "alice", "right-one");
  await fail(other, 5);
  await hsm.users.changePassword(alice.session, credentials("CU", "alice", "new-one-1"));
  expect(await failuresOf(hsm, "alice")).toBe(5);
  await expectCode(logIn(other, "CU", "alice", "new-one-1"), "USER_LOCKED");

  const admin = await logIn(hsm, "CO", "admin", "right-one");
  for (let time = 0; time < 5; time++) await expectCode(logIn(other, "CO", "admin", "wrong-one"), "LOGIN_FAILURE");
  await hsm.users.changePassword(admin.session, credentials("CO", "admin", "new-one-1"));
  await expectCode(logIn(other, "CO", "admin", "new-one-1"), "SUCCESS");
});

test("four failures are forgotten by a user's own new password", async () => {
  const tested = await newHsm();
  const { hsm } = tested;
  const { session } = await logIn(hsm, "CU", "alice", "right-one");
  await fail((await tested.connect()).hsm, 4);
  await hsm.users.changePassword(session, credentials("CU", "alice", "new-one-1"));
  expect(await failuresOf(hsm, "alice")).toBe(0);
});

test("a copy from an HSM on which the user is not locked unlocks too, and one of a locked user locks", async () => {
  const [one, two] = [(await newHsm()).hsm, (await newHsm()).hsm];
  await fail(one, 5);
  const [onOne, onTwo] = [await logIn(one, "CO", "admin", "right-one"), await logIn(two, "CO", "admin", "right-one")];
  const unlocked = await two.users.extract(onTwo.session, 2);
  const locked = await one.users.extract(onOne.session, 2);
  await one.users.insert(onOne.session, unlocked);
  expect(await failuresOf(one, "alice")).toBe(0);
  await two.users.insert(onTwo.session, locked);
  await expectCode(logIn(two, "CU", "alice", "right-one"), "USER_LOCKED");
});

test("a user logged in elsewhere stays as it is, until that shell ends, however it ends", async () => {
  const tested = await newHsm();
  const { hsm } = tested;
  const elsewhere = await tested.connect();
  await logIn(elsewhere.hsm, "CU", "alice", "right-one");
  const { session } = await logIn(hsm, "CO", "admin", "right-one");
  const change = credentials("CU", "alice", "new-one-1");
  const masked = await hsm.users.extract(session, 2);
  await expectCode(hsm.users.changePassword(session, change), "USER_LOGGED_IN");
  await expectCode(hsm.users.delete(session, change), "USER_LOGGED_IN");
  await expectCode(hsm.users.insert(session, masked), "USER_LOGGED_IN");
  elsewhere.die();
  await expectCode(hsm.users.changePassword(session, change), "SUCCESS");
  await expectCode(hsm.users.insert(session, masked), "SUCCESS");
  await expectCode(hsm.users.delete(session, change), "SUCCESS");
});

test("a session serves the shell that opened it, on that HSM, until it logs out or in again", async () => {
  const tested = await newHsm();
  const [one, two] = [tested.hsm, (await newHsm()).hsm];
  const first = await logIn(one, "CO", "admin", "right-one");
  const other = (await tested.connect()).hsm;
  for (const hsm of [two, other]) await expectCode(hsm.users.extract(first.session, 2), "NOT_LOGGED_IN");
  const second = await logIn(one, "CO", "admin", "right-one");
  await expectCode(one.users.extract(first.session, 2), "NOT_LOGGED_IN");
  await expectCode(one.users.extract(second.session, 2), "SUCCESS");
  await one.logins.logout(second.session);
  await expectCode(one.users.extract(second.session, 2), "NOT_LOGGED_IN");
  await expectCode(one.logins.logout(second.session), "NOT_LOGGED_IN");
});

import { expect, test } from "vitest";
import { openHsm } from "../../src/simulator/simulated-hsm.ts";
import { type Transaction, StoreError } from "../../src/store/store.ts";

import { cluster, key, user, users } from "../harness/backups.ts";
import { codeOf } from "../harness/return-codes.ts";
import { TestedHsm, credentials } from "../harness/tested-hsm.ts";
import { inMemory } from "../harness/keepers.ts";
import { MemoryStore } from "../../src/store/memory/memory-store.ts";

test("a login of a user that is deleted is not one of the next user with its id", async () => {
  const tested = await TestedHsm.with(users(["CO", "admin"], ["CU", "alice"]));
  const alice = await tested.login("CU", "alice");
  const admin = await tested.login("CO", "admin");
  // The mark of alice's shell is removed, as by somebody who clears the folder of marks, while the shell lives on.
  alice.die();
  await admin.hsm.users.delete(admin.session, { type: "CU", name: "alice" });
  expect(await admin.hsm.users.create(admin.session, credentials("CO", "officer2"))).toMatchObject({ id: 2 });
  expect(await codeOf(alice.hsm.users.create(alice.session, credentials("CO", "mallory")))).toBe("NOT_LOGGED_IN");
});

test("a clock that is set back gives a token no more than its ten minutes", async () => {
  const tested = await TestedHsm.with(users(["CO", "admin"]));
  const { hsm, session } = await tested.login("CO", "admin");
  await hsm.tokens.issue(session, 3, "admin");
  tested.pass(-86_400);
  expect(await hsm.tokens.list(session)).toMatchObject([{ secondsLeft: 600 }]);
});

test("whoever is not logged in leaves no mark of being there", async () => {
  const keeper = inMemory();
  await TestedHsm.with(users(["CO", "admin"]), { keeper });
  const announce = () => Promise.reject(new Error("announced"));
  const presence = { announce, isAlive: () => Promise.resolve(false) };
  const hsm = await openHsm(keeper.open(), { clock: () => 0, presence });
  expect(await hsm.users.list()).toHaveLength(1);
  expect(await codeOf(hsm.keys.find(0, 0))).toBe("NOT_LOGGED_IN");
  expect(await codeOf(hsm.logins.logout(0))).toBe("NOT_LOGGED_IN");
});

/** A store whose commits fail while it is told so. */
class FailingStore extends MemoryStore {
  fails = false;

  override change<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return super.change(async (transaction) => {
      const result = await work(transaction);
      if (this.fails) throw new StoreError("full", "no space");
      return result;
    });
  }
}

test("a session key whose change is not recorded stays as it was", async () => {
  const store = new FailingStore();
  const temporary = key({ handle: 100, owner: "alice", label: "before", token: false });
  const backup = await cluster([user(1, "CU", "alice")], [temporary]);
  const opened = await TestedHsm.with(backup, { keeper: inMemory(store) });
  const session = await opened.session("CU", "alice");
  store.fails = true;
  expect(await codeOf(opened.hsm.keys.setAttribute(session, 100, 3, "after"))).toBe("STORAGE_FULL");
  store.fails = false;
  expect(await opened.hsm.keys.attributes(session, 100, 3)).toMatchObject([{ value: { text: "before" } }]);
});

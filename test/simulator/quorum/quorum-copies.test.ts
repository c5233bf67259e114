import { beforeEach, describe, expect, test } from "vitest";
import { Backup } from "../../../src/simulator/cluster-image.ts";
import { users } from "../../harness/backups.ts";
import { approval, keyPair, register, tokenFile } from "../../harness/key-pairs.ts";
import { codeOf } from "../../harness/return-codes.ts";
import { type LoggedIn, TestedHsm, credentials } from "../../harness/tested-hsm.ts";

/** One officer alone has HSMs of one family: a copy must not bring to one what the others do not ask officers for. */
const everybody = users(["CO", "officer1"], ["CO", "officer2"], ["CU", "bob"]);
const [key1, key2, ownKey] = [keyPair(0), keyPair(1), keyPair(2)];

/** Two keys are registered, and USER_MGMT takes two officers. */
async function setQuorum({ hsm, session }: LoggedIn): Promise<void> {
  await register({ hsm, session }, "officer1", key1);
  await register({ hsm, session }, "officer2", key2);
  await hsm.quorum.setMinimum(session, 3, 2);
}

/** Gets a token, and approves it with both keys. */
async function approved({ hsm, session }: LoggedIn): Promise<void> {
  const file = tokenFile(await hsm.tokens.issue(session, 3, "officer1"));
  await hsm.tokens.approve(session, file, [approval("officer1", key1, file), approval("officer2", key2, file)]);
}

const idOf = async ({ hsm }: LoggedIn, name: string) => (await hsm.users.find(name)).id;

/** syncUser, as the HSMs see it. */
async function copy(from: LoggedIn, to: LoggedIn, name: string): Promise<string> {
  const masked = await from.hsm.users.extract(from.session, await idOf(from, name));
  return codeOf(to.hsm.users.insert(to.session, masked));
}

const lax = {
  "the other HSM of the cluster": async () => TestedHsm.with(everybody, { hsmId: "hsm-lax" }),
  "a clone of before the minimum": async (strict: TestedHsm) =>
    TestedHsm.with(await Backup.take(strict.store), { hsmId: "hsm-clone" }),
};

describe.each(Object.entries(lax))("from %s without a minimum", (_, create) => {
  let strict: TestedHsm, here: LoggedIn, there: LoggedIn;
  beforeEach(async () => {
    strict = await TestedHsm.with(everybody, { hsmId: "hsm-strict" });
    const other = await create(strict);
    here = await strict.login("CO", "officer1");
    there = await other.login("CO", "officer1");
    await setQuorum(here);
  });

  const attempts: Readonly<Record<string, { readonly name: string; readonly prepare: () => Promise<unknown> }>> = {
    "a user that is new": {
      name: "eve",
      prepare: () => there.hsm.users.create(there.session, credentials("CU", "eve")),
    },
    "an officer that is new": {
      name: "eve",
      prepare: () => there.hsm.users.create(there.session, credentials("CO", "eve")),
    },
    "another officer's password": {
      name: "officer2",
      prepare: () => there.hsm.users.changePassword(there.session, credentials("CO", "officer2", "taken12345")),
    },
    "another officer's key": { name: "officer2", prepare: () => register(there, "officer2", ownKey) },
    "a crypto user's password": {
      name: "bob",
      prepare: () => there.hsm.users.changePassword(there.session, credentials("CU", "bob", "taken12345")),
    },
  };

  test.each(Object.entries(attempts))("%s takes approval, and changes nothing without", async (__, attempt) => {
    await attempt.prepare();
    const before = await strict.records();
    expect(await copy(there, here, attempt.name)).toBe("MXN_AUTH_FAILED");
    expect(await strict.records()).toEqual(before);
    await approved(here);
    expect(await copy(there, here, attempt.name)).toBe("SUCCESS");
    expect(await copy(there, here, attempt.name)).toBe("MXN_AUTH_FAILED");
  });

  test("what is refused for another reason costs no token", async () => {
    await there.hsm.users.create(there.session, credentials("CU", "eve"));
    await approved(here);
    await here.hsm.users.create(here.session, credentials("CU", "dora"));
    await approved(here);
    expect(await copy(there, here, "eve")).toBe("OBJECT_CONFLICT");
    expect(await here.hsm.tokens.list(here.session)).toHaveLength(1);
  });
});

describe("a deletion with approval", () => {
  let strict: TestedHsm, here: LoggedIn;
  beforeEach(async () => {
    strict = await TestedHsm.with(everybody);
    here = await strict.login("CO", "officer1");
    await setQuorum(here);
  });

  const remove = async () => {
    await approved(here);
    return here.hsm.users.delete(here.session, { type: "CU", name: "bob" });
  };
  const usersOf = async () => {
    const { user, password } = await strict.records();
    return { user, password };
  };
  const insert = (masked: Uint8Array) => codeOf(here.hsm.users.insert(here.session, masked));

  test("is undone without another one, once, and leaves what was there", async () => {
    const before = await usersOf();
    const deleted = await remove();
    expect(await usersOf()).not.toEqual(before);
    expect(await insert(deleted)).toBe("SUCCESS");
    expect(await usersOf()).toEqual(before);
    expect(await insert(deleted)).toBe("MXN_AUTH_FAILED");
  });

  test("is not undone by another login, or another shell", async () => {
    const deleted = await remove();
    const other = await strict.login("CO", "officer2");
    expect(await codeOf(other.hsm.users.insert(other.session, deleted))).toBe("MXN_AUTH_FAILED");
    here = { ...here, ...(await here.hsm.logins.login(credentials("CO", "officer1"))) };
    expect(await insert(deleted)).toBe("MXN_AUTH_FAILED");
  });

  test("does not let a copy of before in", async () => {
    const masked = await here.hsm.users.extract(here.session, await idOf(here, "bob"));
    await remove();
    expect(await insert(masked)).toBe("MXN_AUTH_FAILED");
  });
});

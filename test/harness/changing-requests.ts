import type { RequestsThatChange } from "../../src/hsm/requests.ts";
import type { MaskedObject } from "../../src/hsm/masked-object.ts";
import { cluster, key, users, withMore } from "./backups.ts";
import { approval, factor, keyPair, register, signDigest, tokenFile } from "./key-pairs.ts";
import { TestedHsm, credentials } from "./tested-hsm.ts";

/** An HSM on which an officer or a crypto user is logged in, and asks once. */
interface Scene {
  readonly tested: TestedHsm;
  readonly session: number;
}

/** A request that changes an HSM. */
export interface ChangingRequest {
  /** Of the table of requests; behind a colon, what is special about it. */
  readonly name: string;
  /** Who asks. */
  readonly caller: "admin" | "alice";
  /** Done before; what it returns the request gets. */
  readonly before?: (scene: Scene) => Promise<unknown>;
  readonly ask: (scene: Scene, given: unknown) => Promise<unknown>;
}

const officer = { type: "CO", name: "officer" } as const;

/** What two HSMs of a cluster have, and the other one alone. */
export async function originals(): Promise<{ readonly one: TestedHsm; readonly other: TestedHsm }> {
  const people = users(["CO", "admin"], ["CU", "alice"], ["CU", "bob"], ["CO", "officer"], ["CO", "deputy"]);
  const backup = await cluster(people, [key({ handle: 8, owner: "alice" })]);
  const more = await withMore(
    backup,
    users(["CU", "zoe"]).map((user) => ({ ...user, id: 9 })),
    [key({ handle: 9, owner: "alice" })],
  );
  return { one: await TestedHsm.with(backup), other: await TestedHsm.with(more, { hsmId: "hsm-other" }) };
}

/** Requests that change an HSM: all of the table that take no certificates of a customer. */
export async function changingRequests(other: TestedHsm): Promise<readonly ChangingRequest[]> {
  const user: MaskedObject = await other.hsm.users.extract(await other.session("CO", "admin"), 9);
  const sealedKey: MaskedObject = await other.hsm.keys.extract(await other.session("CU", "alice"), 9);
  const named = (name: RequestsThatChange<true>, special = "") => (special === "" ? name : `${name}: ${special}`);
  const token = async ({ tested, session }: Scene): Promise<Buffer> => {
    await register({ hsm: tested.hsm, session }, "officer", keyPair(0));
    return tokenFile(await tested.hsm.tokens.issue(session, 3, "admin"));
  };
  return [
    {
      name: named("logins.login"),
      caller: "admin",
      ask: ({ tested }) => tested.hsm.logins.login(credentials("CU", "bob")),
    },
    {
      name: named("logins.login", "wrong password"),
      caller: "admin",
      ask: ({ tested }) => tested.hsm.logins.login(credentials("CU", "bob", "not this one")),
    },
    {
      name: named("logins.login", "second factor"),
      caller: "admin",
      before: async ({ tested, session }) => {
        await tested.hsm.users.changePassword(session, credentials("CO", "officer"), await factor(tested, keyPair(1)));
        return signDigest(await tested.hsm.logins.challenge(), keyPair(1));
      },
      ask: ({ tested }, signature) => tested.hsm.logins.login(credentials("CO", "officer"), signature as Uint8Array),
    },
    { name: named("logins.logout"), caller: "admin", ask: ({ tested, session }) => tested.hsm.logins.logout(session) },
    { name: named("logins.leave"), caller: "admin", ask: ({ tested, session }) => tested.hsm.logins.leave(session) },
    {
      name: named("users.create"),
      caller: "admin",
      ask: ({ tested, session }) => tested.hsm.users.create(session, credentials("CU", "carol")),
    },
    {
      name: named("users.create", "second factor"),
      caller: "admin",
      before: ({ tested }) => factor(tested, keyPair(2)),
      ask: ({ tested, session }, second) =>
        tested.hsm.users.create(session, credentials("CO", "carol"), second as Awaited<ReturnType<typeof factor>>),
    },
    {
      name: named("users.create", "there is one"),
      caller: "admin",
      ask: ({ tested, session }) => tested.hsm.users.create(session, credentials("CU", "bob")),
    },
    {
      name: named("users.changePassword"),
      caller: "admin",
      ask: ({ tested, session }) => tested.hsm.users.changePassword(session, credentials("CU", "bob", "changed12345")),
    },
    {
      name: named("users.delete"),
      caller: "admin",
      ask: ({ tested, session }) => tested.hsm.users.delete(session, { type: "CU", name: "bob" }),
    },
    {
      name: named("users.setSwitches"),
      caller: "admin",
      ask: ({ tested, session }) => tested.hsm.users.setSwitches(session, "bob", { sign: false }),
    },
    {
      name: named("users.unlock"),
      caller: "admin",
      before: async ({ tested }) => {
        const { hsm } = await tested.connect();
        const wrong = credentials("CU", "bob", "not this one");
        for (let time = 0; time < 5; time++) await hsm.logins.login(wrong).catch(() => undefined);
      },
      ask: ({ tested, session }) => tested.hsm.users.unlock(session, "bob"),
    },
    {
      name: named("unlocking.challenge", "of nobody who is locked"),
      caller: "admin",
      ask: ({ tested, session }) => tested.hsm.unlocking.challenge(session, "officer"),
    },
    {
      name: named("users.extract"),
      caller: "admin",
      ask: ({ tested, session }) => tested.hsm.users.extract(session, 3),
    },
    {
      name: named("users.insert"),
      caller: "admin",
      ask: ({ tested, session }) => tested.hsm.users.insert(session, user),
    },
    {
      name: named("users.insert", "what was deleted"),
      caller: "admin",
      before: ({ tested, session }) => tested.hsm.users.delete(session, { type: "CU", name: "bob" }),
      ask: ({ tested, session }, deleted) => tested.hsm.users.insert(session, deleted as MaskedObject),
    },
    {
      name: named("quorum.registerKey"),
      caller: "admin",
      ask: ({ tested, session }) => register({ hsm: tested.hsm, session }, officer.name, keyPair(0)),
    },
    {
      name: named("quorum.setMinimum"),
      caller: "admin",
      before: async ({ tested: { hsm }, session }) => {
        for (const [at, name] of ["officer", "deputy"].entries()) await register({ hsm, session }, name, keyPair(at));
      },
      ask: ({ tested, session }) => tested.hsm.quorum.setMinimum(session, 4, 2),
    },
    {
      name: named("tokens.issue"),
      caller: "admin",
      ask: ({ tested, session }) => tested.hsm.tokens.issue(session, 3, "admin"),
    },
    {
      name: named("tokens.approve"),
      caller: "admin",
      before: token,
      ask: ({ tested, session }, file) =>
        tested.hsm.tokens.approve(session, file as Buffer, [approval("officer", keyPair(0), file as Buffer)]),
    },
    {
      name: named("tokens.delete"),
      caller: "admin",
      before: token,
      ask: ({ tested, session }) => tested.hsm.tokens.delete(session, 1),
    },
    {
      name: named("keys.setAttribute"),
      caller: "alice",
      ask: ({ tested, session }) => tested.hsm.keys.setAttribute(session, 8, 3, "renamed"),
    },
    {
      name: named("keys.share"),
      caller: "alice",
      ask: ({ tested, session }) => tested.hsm.keys.share(session, 8, [3], true),
    },
    { name: named("keys.give"), caller: "admin", ask: ({ tested, session }) => tested.hsm.keys.give(session, 8, 3) },
    { name: named("keys.extract"), caller: "alice", ask: ({ tested, session }) => tested.hsm.keys.extract(session, 8) },
    {
      name: named("keys.insert"),
      caller: "alice",
      ask: ({ tested, session }) => tested.hsm.keys.insert(session, sealedKey),
    },
  ];
}

import { beforeAll, expect, test } from "vitest";
import type { Hsm, SessionHandle } from "../../../src/hsm/hsm.ts";
import { offerPassword } from "../../../src/hsm/password-offer.ts";
import type { SwitchChanges } from "../../../src/hsm/user.ts";
import { cluster, user } from "../../harness/backups.ts";
import { codeOf } from "../../harness/return-codes.ts";
import { TestedHsm, credentials } from "../../harness/tested-hsm.ts";

/** An HSM on which the officer is logged in. */
interface OnHsm {
  readonly hsm: Hsm;
  readonly session: SessionHandle;
}

let fresh: readonly TestedHsm[] = [];

beforeAll(async () => {
  const content = await cluster([user(1, "CO", "officer"), user(2, "CU", "carl"), user(3, "CU", "dora")]);
  fresh = await Promise.all(["hsm-one", "hsm-two"].map((hsmId) => TestedHsm.with(content, { hsmId })));
});

/** Two HSMs of a cluster, in step. */
async function both(): Promise<readonly [OnHsm, OnHsm]> {
  const [one, other] = await Promise.all(
    fresh.map(async (each) => {
      const copy = await each.copy();
      return { hsm: copy.hsm, session: await copy.session("CO", "officer") };
    }),
  );
  if (one === undefined || other === undefined) throw new Error("two HSMs are wanted");
  return [one, other];
}

/** Whether both HSMs show the same hash: of all, of carl, and of dora. */
async function equal([one, other]: readonly [OnHsm, OnHsm]): Promise<readonly boolean[]> {
  const hashes = ({ hsm, session }: OnHsm) =>
    Promise.all([undefined, "carl", "dora"].map((name) => hsm.users.hash(session, name)));
  const [ofOne, ofOther] = [await hashes(one), await hashes(other)];
  return ofOne.map((hash, at) => hash === ofOther[at]);
}

const renewed = offerPassword("another-password");
const switches: SwitchChanges = { sign: false, derive: false };

test.each<readonly [string, (on: OnHsm) => Promise<unknown>]>([
  [
    "a password",
    ({ hsm, session }) => hsm.users.changePassword(session, { type: "CU", name: "carl", password: renewed }),
  ],
  ["switches", ({ hsm, session }) => hsm.users.setSwitches(session, "carl", switches)],
])("%s on one HSM only changes the hash of that user and of all, until it is on both", async (_, change) => {
  const hsms = await both();
  expect(await equal(hsms)).toEqual([true, true, true]);
  await change(hsms[0]);
  expect(await equal(hsms)).toEqual([false, false, true]);
  await change(hsms[1]);
  expect(await equal(hsms)).toEqual([true, true, true]);
});

test("a user more changes the hash; a wrong password does not", async () => {
  const hsms = await both();
  const [{ hsm, session }] = hsms;
  expect(await codeOf(hsm.logins.login(credentials("CU", "carl", "wrong-password")))).toBe("LOGIN_FAILURE");
  expect(await equal(hsms)).toEqual([true, true, true]);
  await hsm.users.delete(session, { type: "CU", name: "dora" });
  expect(await codeOf(hsm.users.hash(session, "dora"))).toBe("USER_NOT_FOUND");
  const before = await hsm.users.hash(session);
  expect((await hsm.users.create(session, credentials("CU", "eve"))).id).toBe(3);
  const withEve = await hsm.users.hash(session);
  await hsm.users.delete(session, { type: "CU", name: "eve" });
  expect(await hsm.users.hash(session)).toBe(before);
  expect(withEve).not.toBe(before);
});

test("HSMs of another cluster show other hashes for the same users", async () => {
  const [[{ hsm, session }], other] = [
    await both(),
    await TestedHsm.with(await cluster([user(1, "CO", "officer"), user(2, "CU", "carl"), user(3, "CU", "dora")])),
  ];
  expect(await other.hsm.users.hash(await other.session("CO", "officer"))).not.toBe(await hsm.users.hash(session));
});

import { expect, test } from "vitest";
import { users } from "../../harness/backups.ts";
import { approval, keyPair, register, tokenFile } from "../../harness/key-pairs.ts";
import { codeOf } from "../../harness/return-codes.ts";
import { type LoggedIn, TestedHsm, credentials } from "../../harness/tested-hsm.ts";

const [key1, key2] = [keyPair(0), keyPair(1)];

/** An HSM with three officers, two of whom have keys. */
async function officers(): Promise<{ readonly tested: TestedHsm; readonly officer1: LoggedIn }> {
  const tested = await TestedHsm.with(users(["CO", "officer1"], ["CO", "officer2"], ["CO", "officer3"], ["CU", "bob"]));
  const officer1 = await tested.login("CO", "officer1");
  await register(officer1, "officer1", key1);
  await register(officer1, "officer2", key2);
  return { tested, officer1 };
}

test("an expired token stays expired when the clock goes back, also for other shells", async () => {
  const { tested, officer1 } = await officers();
  const { hsm, session } = officer1;
  const file = tokenFile(await hsm.tokens.issue(session, 3, "officer1"));
  const approve = () => codeOf(hsm.tokens.approve(session, file, [approval("officer1", key1, file)]));
  tested.pass(601);
  expect(await approve()).toBe("TOKEN_EXPIRED");
  tested.pass(-3600);
  expect(await approve()).toBe("TOKEN_EXPIRED");
  const other = await tested.connect();
  const signed = [approval("officer2", key2, file)];
  const officer2 = (await other.hsm.logins.login(credentials("CO", "officer2"))).session;
  expect(await codeOf(other.hsm.tokens.approve(officer2, file, signed))).toBe("TOKEN_EXPIRED");
  expect((await other.hsm.tokens.list(officer2)).map(({ secondsLeft }) => secondsLeft)).toEqual([0]);
});

test("a login is enough to notice that a token has expired; a clock behind gives no token more than its time", async () => {
  const { tested, officer1 } = await officers();
  const { hsm, session } = officer1;
  const file = tokenFile(await hsm.tokens.issue(session, 3, "officer1"));
  tested.pass(601);
  await tested.login("CU", "bob");
  tested.pass(-3600);
  const late = tokenFile(await hsm.tokens.issue(session, 3, "officer1"));
  expect((await hsm.tokens.list(session)).map(({ secondsLeft }) => secondsLeft)).toEqual([0, 600]);
  expect(await codeOf(hsm.tokens.approve(session, file, [approval("officer1", key1, file)]))).toBe("TOKEN_EXPIRED");
  expect(await codeOf(hsm.tokens.approve(session, late, [approval("officer1", key1, late)]))).toBe("SUCCESS");
});

test("each officer has a share of the room for tokens, and the others get theirs", async () => {
  const { tested, officer1 } = await officers();
  const { hsm, session } = officer1;
  for (let count = 0; count < 341; count++) await hsm.tokens.issue(session, 3, "officer1");
  expect(await codeOf(hsm.tokens.issue(session, 3, "officer1"))).toBe("TOKEN_SHARE");
  const officer2 = await tested.login("CO", "officer2");
  expect(await codeOf(officer2.hsm.tokens.issue(officer2.session, 3, "officer2"))).toBe("SUCCESS");
  expect(await codeOf(hsm.tokens.issue(session, 4, "officer1"))).toBe("TOKEN_SHARE");
  tested.pass(600);
  expect((await hsm.tokens.issue(session, 3, "officer1")).id).toBe(343);
  expect((await hsm.tokens.list(session))[0]?.id).toBe(2);
  await hsm.tokens.delete(session, 2);
  expect(await codeOf(hsm.tokens.issue(session, 3, "officer1"))).toBe("SUCCESS");
});

test("1,024 tokens are the most; an expired one makes room", async () => {
  const tested = await TestedHsm.with(users(["CO", "officer1"], ["CU", "bob"]));
  const officer1 = await tested.login("CO", "officer1");
  const { hsm, session } = officer1;
  await hsm.tokens.issue(session, 3, "officer1");
  tested.pass(1);
  for (let count = 1; count < 1024; count++) await hsm.tokens.issue(session, 3, "officer1");
  expect(await codeOf(hsm.tokens.issue(session, 3, "officer1"))).toBe("TOKEN_SHARE");
  await hsm.users.create(session, credentials("CO", "officer2"));
  const officer2 = await tested.login("CO", "officer2");
  expect(await codeOf(officer2.hsm.tokens.issue(officer2.session, 3, "officer2"))).toBe("TOKEN_LIMIT");
  tested.pass(599);
  expect((await officer2.hsm.tokens.issue(officer2.session, 3, "officer2")).id).toBe(1025);
  const listed = await hsm.tokens.list(session);
  expect([listed.length, listed[0]?.id]).toEqual([1024, 2]);
  expect(await codeOf(officer2.hsm.tokens.issue(officer2.session, 3, "officer2"))).toBe("TOKEN_LIMIT");
});

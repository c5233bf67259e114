import { sign } from "node:crypto";
import { expect, test } from "vitest";
import type { Approval } from "../../../src/hsm/quorum-requests.ts";
import { approval, drawKeyPair, keyPair, register, tokenFile } from "../../harness/key-pairs.ts";
import { users } from "../../harness/backups.ts";
import { codeOf } from "../../harness/return-codes.ts";
import { type LoggedIn, TestedHsm, credentials } from "../../harness/tested-hsm.ts";

const everybody = users(["CO", "officer1"], ["CO", "officer2"], ["CO", "officer3"], ["CU", "bob"], ["AU", "app_user"]);
const [key1, key2, key3] = [keyPair(0), keyPair(1), keyPair(2)];

/** An HSM on which three officers have keys and, where it is given, USER_MGMT takes `minimum` of them. */
async function quorum(minimum?: number): Promise<{ readonly tested: TestedHsm; readonly officer1: LoggedIn }> {
  const tested = await TestedHsm.with(everybody);
  const officer1 = await tested.login("CO", "officer1");
  for (const [name, key] of [["officer1", key1] as const, ["officer2", key2] as const, ["officer3", key3] as const]) {
    await register(officer1, name, key);
  }
  if (minimum !== undefined) await officer1.hsm.quorum.setMinimum(officer1.session, 3, minimum);
  return { tested, officer1 };
}

const createUser = ({ hsm, session }: LoggedIn, name: string) =>
  codeOf(hsm.users.create(session, credentials("CU", name)));

/** Gets a token, and approves it. */
async function approved({ hsm, session }: LoggedIn, service: number, ...signers: readonly (1 | 2 | 3)[]) {
  const file = tokenFile(await hsm.tokens.issue(session, service, "officer1"));
  await hsm.tokens.approve(
    session,
    file,
    signers.map((signer) => approval(`officer${String(signer)}`, keyPair(signer - 1), file)),
  );
}

test("an operation uses one approved token up, and only when it succeeds", async () => {
  const { officer1 } = await quorum(2);
  expect(await createUser(officer1, "alice")).toBe("MXN_AUTH_FAILED");
  await approved(officer1, 3, 1, 2);
  expect(await createUser(officer1, "bob")).toBe("USER_EXISTS");
  expect(await createUser(officer1, "alice")).toBe("SUCCESS");
  expect(await createUser(officer1, "carol")).toBe("MXN_AUTH_FAILED");
  expect(await officer1.hsm.tokens.list(officer1.session)).toEqual([]);
});

test("a token of another service, of another login or with too few approvals is told apart", async () => {
  const { tested, officer1 } = await quorum(2);
  await approved(officer1, 4, 1, 2);
  expect(await createUser(officer1, "alice")).toBe("MXN_OTHER_SERVICE");
  await approved(officer1, 3, 1);
  expect(await createUser(officer1, "alice")).toBe("MXN_TOO_FEW_APPROVALS");
  const officer2 = await tested.login("CO", "officer2");
  expect(await createUser(officer2, "alice")).toBe("MXN_OTHER_LOGIN");
});

test("deleting a user and setting another's password take approval, setting one's own does not", async () => {
  const { officer1 } = await quorum(2);
  const { hsm, session } = officer1;
  const attempts = {
    delete: () => codeOf(hsm.users.delete(session, { type: "CU", name: "bob" })),
    change: () => codeOf(hsm.users.changePassword(session, credentials("CU", "bob"))),
    changeOwn: () => codeOf(hsm.users.changePassword(session, credentials("CO", "officer1"))),
  };
  expect(await attempts.delete()).toBe("MXN_AUTH_FAILED");
  expect(await attempts.change()).toBe("MXN_AUTH_FAILED");
  await approved(officer1, 3, 2, 3);
  expect(await attempts.change()).toBe("SUCCESS");
  await approved(officer1, 3, 2, 3);
  expect(await attempts.delete()).toBe("SUCCESS");
  expect(await attempts.changeOwn()).toBe("SUCCESS");
});

test("an approval of an officer who was deleted, or has another key by now, does not count", async () => {
  const { tested, officer1 } = await quorum(2);
  await approved(officer1, 3, 2, 3);
  await approved(officer1, 3, 1, 3);
  const officer2 = await tested.login("CO", "officer2");
  await register(officer2, "officer2", drawKeyPair());
  await officer2.hsm.logins.logout(officer2.session);
  await officer1.hsm.users.delete(officer1.session, { type: "CO", name: "officer2" });
  const listed = await officer1.hsm.tokens.list(officer1.session);
  expect(listed.map(({ required, approvers }) => ({ required, approvers }))).toEqual([
    { required: 2, approvers: ["officer3"] },
  ]);
  expect(await createUser(officer1, "alice")).toBe("MXN_TOO_FEW_APPROVALS");
});

test("a token expires after ten minutes: no more approvals, but those it has still let an operation through", async () => {
  const { tested, officer1 } = await quorum(2);
  const { hsm, session } = officer1;
  await approved(officer1, 3, 1, 2);
  const file = tokenFile(await hsm.tokens.issue(session, 3, "officer1"));
  tested.pass(599.5);
  expect((await hsm.tokens.list(session)).map(({ secondsLeft }) => secondsLeft)).toEqual([1, 1]);
  tested.pass(0.5);
  expect((await hsm.tokens.list(session)).map(({ secondsLeft }) => secondsLeft)).toEqual([0, 0]);
  expect(await codeOf(hsm.tokens.approve(session, file, [approval("officer1", key1, file)]))).toBe("TOKEN_EXPIRED");
  expect(await createUser(officer1, "alice")).toBe("SUCCESS");
});

test("tokens end with their login: logged out, logged in anew, or dead", async () => {
  const { tested, officer1 } = await quorum(2);
  const { hsm } = officer1;
  await approved(officer1, 3, 1, 2);
  await hsm.logins.logout(officer1.session);
  const again = { ...officer1, ...(await hsm.logins.login(credentials("CO", "officer1"))) };
  expect(await createUser(again, "alice")).toBe("MXN_AUTH_FAILED");
  await approved(again, 3, 1, 2);
  const anew = { ...officer1, ...(await hsm.logins.login(credentials("CO", "officer1"))) };
  expect(await createUser(anew, "alice")).toBe("MXN_AUTH_FAILED");
  const file = tokenFile(await hsm.tokens.issue(anew.session, 3, "officer1"));
  const officer2 = await tested.login("CO", "officer2");
  expect(await officer2.hsm.tokens.list(officer2.session)).toHaveLength(1);
  officer1.die();
  expect(await officer2.hsm.tokens.list(officer2.session)).toEqual([]);
  const request = officer2.hsm.tokens.approve(officer2.session, file, [approval("officer1", key1, file)]);
  expect(await codeOf(request)).toBe("TOKEN_NOT_FOUND");
});

test("what is wrong with an approval is told, with the name of the approver, and none of the file counts", async () => {
  const { officer1 } = await quorum(2);
  const { hsm, session } = officer1;
  const file = tokenFile(await hsm.tokens.issue(session, 3, "officer1"));
  const good = approval("officer1", key1, file);
  const refused = async (wrong: Approval, code: string, text: string): Promise<void> => {
    const request = hsm.tokens.approve(session, file, [good, wrong]);
    await expect(request).rejects.toMatchObject({ returnCode: code, message: text });
    expect((await hsm.tokens.list(session))[0]?.approvers).toEqual([]);
  };
  const { signature } = approval("officer2", key2, file);
  await refused(good, "APPROVED_ALREADY", "HSM Error: This officer has already approved the token: officer1");
  await refused(
    approval("officer2", key2, Buffer.from("another file")),
    "SIGNATURE_MISMATCH",
    "HSM Error: The signature does not match the token file: officer2",
  );
  await refused(
    { approver: { type: "CO", name: "officer3" }, signature },
    "SIGNATURE_OF_ANOTHER_USER",
    "HSM Error: The signature is another user's: officer3",
  );
  await refused(
    { approver: { type: "CO", name: "nobody" }, signature },
    "USER_NOT_FOUND",
    "HSM Error: This user doesn't exist: nobody",
  );
  await refused(
    { approver: { type: "CU", name: "bob" }, signature },
    "INVALID_USER_TYPE",
    "HSM Error: Invalid User Type.: bob",
  );
  await hsm.users.changePassword(session, credentials("CO", "officer1"));
  await refused(good, "NO_PUBLIC_KEY", "HSM Error: This officer has no registered public key: officer1");
});

test("a token file is approved by the HSM whose token it holds, once and no more", async () => {
  const { officer1 } = await quorum(2);
  const { hsm, session } = officer1;
  const other = { text: "hsm-other token 1 service 3[USER_MGMT] user officer1 00" };
  const token = await hsm.tokens.issue(session, 3, "officer1");
  const approve = (file: Buffer, ...signers: readonly (1 | 2)[]) =>
    codeOf(
      hsm.tokens.approve(
        session,
        file,
        signers.map((signer) => approval(`officer${String(signer)}`, keyPair(signer - 1), file)),
      ),
    );
  expect(await approve(tokenFile(other), 1)).toBe("TOKEN_NOT_IN_FILE");
  expect(await approve(tokenFile(token, token), 1)).toBe("TOKEN_NOT_IN_FILE");
  expect(await approve(tokenFile(other, { text: `${token.text}0` }), 1)).toBe("TOKEN_NOT_FOUND");
  expect(await approve(tokenFile(other, token))).toBe("INVALID_INPUT");
  expect(await approve(tokenFile(other, token), 1)).toBe("SUCCESS");
  expect(await approve(tokenFile(other, token), 1)).toBe("APPROVED_ALREADY");
  expect(await approve(tokenFile(other, token), 2)).toBe("SUCCESS");
  expect(await createUser(officer1, "alice")).toBe("SUCCESS");
  expect(await approve(tokenFile(other, token), 1)).toBe("TOKEN_NOT_FOUND");
});

test("a token is for the officer who is logged in, and goes with delete, by that login only", async () => {
  const { tested, officer1 } = await quorum(2);
  const { hsm, session } = officer1;
  expect(await codeOf(hsm.tokens.issue(session, 3, "officer2"))).toBe("TOKEN_OF_ANOTHER_USER");
  expect(await codeOf(hsm.tokens.issue(session, 5, "officer1"))).toBe("UNKNOWN_SERVICE");
  const { id } = await hsm.tokens.issue(session, 3, "OFFICER1");
  const officer2 = await tested.login("CO", "officer2");
  expect(await codeOf(officer2.hsm.tokens.delete(officer2.session, id))).toBe("TOKEN_OF_ANOTHER_LOGIN");
  expect(await codeOf(hsm.tokens.delete(session, id))).toBe("SUCCESS");
  expect(await codeOf(hsm.tokens.delete(session, id))).toBe("TOKEN_NOT_FOUND");
});

test("a minimum is 2 to 8, at most the number of officers, and changed with approval at the present one", async () => {
  const { officer1 } = await quorum(2);
  const { hsm, session } = officer1;
  const set = (service: number, minimum: number) => codeOf(hsm.quorum.setMinimum(session, service, minimum));
  for (const minimum of [0, 1, 9, 2.5, -2, NaN]) expect(await set(3, minimum)).toBe("M_VALUE_RANGE");
  expect(await set(5, 2)).toBe("UNKNOWN_SERVICE");
  expect(await set(3, 4)).toBe("M_VALUE_OFFICERS");
  expect(await set(3, 3)).toBe("M_VALUE_ORDER");
  expect(await set(4, 2)).toBe("SUCCESS");
  expect(await set(3, 3)).toBe("MXN_AUTH_FAILED");
  await approved(officer1, 3, 1, 2);
  expect(await set(3, 3)).toBe("MXN_OTHER_SERVICE");
  await approved(officer1, 4, 1);
  expect(await set(3, 3)).toBe("MXN_TOO_FEW_APPROVALS");
  await approved(officer1, 4, 1, 2);
  expect(await set(3, 3)).toBe("SUCCESS");
  expect(await hsm.quorum.minimum(session, 3)).toEqual({ service: "USER_MGMT", minimum: 3 });
  await approved(officer1, 4, 1, 2);
  expect(await set(3, 2)).toBe("M_VALUE_ORDER");
  expect(await createUser(officer1, "alice")).toBe("MXN_TOO_FEW_APPROVALS");
});

test("a key is registered with the proof that its private part is at hand", async () => {
  const { tested, officer1 } = await quorum();
  const { hsm, session } = officer1;
  const fresh = drawKeyPair();
  const attempt = (changed: { name?: string; type?: string; token?: Buffer; publicKey?: string; signed?: Buffer }) => {
    const { name = "officer1", type = "CO", token = Buffer.from("token"), publicKey = fresh.publicKey } = changed;
    const signature = sign("sha256", changed.signed ?? token, fresh.privateKey);
    return codeOf(hsm.quorum.registerKey(session, { type, name }, { token, signature, publicKey }));
  };
  expect(await attempt({ signed: Buffer.from("other bytes") })).toBe("REGISTRATION_SIGNATURE");
  expect(await attempt({ publicKey: drawKeyPair().publicKey })).toBe("REGISTRATION_SIGNATURE");
  expect(await attempt({ token: Buffer.alloc(0) })).toBe("REGISTRATION_TOKEN_LENGTH");
  expect(await attempt({ token: Buffer.alloc(246) })).toBe("REGISTRATION_TOKEN_LENGTH");
  expect(await attempt({ publicKey: "officer1.pub" })).toBe("PUBLIC_KEY_UNREADABLE");
  const broken = "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n";
  expect(await attempt({ publicKey: broken })).toBe("PUBLIC_KEY_UNREADABLE");
  const privateKey = fresh.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  expect(await attempt({ publicKey: privateKey })).toBe("PUBLIC_KEY_PRIVATE");
  expect(await attempt({ publicKey: drawKeyPair(1024).publicKey })).toBe("PUBLIC_KEY_KIND");
  expect(await attempt({ publicKey: drawKeyPair(3072).publicKey })).toBe("PUBLIC_KEY_KIND");
  expect(await attempt({ name: "nobody" })).toBe("USER_NOT_FOUND");
  expect(await attempt({ type: "CU" })).toBe("USER_NOT_FOUND");
  expect(await attempt({ type: "CU", name: "bob" })).toBe("INVALID_USER_TYPE");
  expect(await attempt({ type: "co" })).toBe("UNKNOWN_USER_TYPE");
  expect(await attempt({ token: Buffer.alloc(245) })).toBe("SUCCESS");
  expect(await attempt({ name: "officer2" })).toBe("PUBLIC_KEY_TAKEN");
  expect(await attempt({})).toBe("SUCCESS");
  expect((await hsm.users.list()).map(({ quorumKey }) => quorumKey)).toEqual([true, true, true, false, false]);
  const bob = await tested.login("CU", "bob");
  expect(await codeOf(register(bob, "officer1", key1))).toBe("NOT_AUTHORISED");
});

test("under quorum an officer still registers the own key, that of another with approval only", async () => {
  const { officer1 } = await quorum(2);
  expect(await codeOf(register(officer1, "officer1", drawKeyPair()))).toBe("SUCCESS");
  expect(await codeOf(register(officer1, "officer2", drawKeyPair()))).toBe("MXN_AUTH_FAILED");
  await register(officer1, "officer1", key1);
  await approved(officer1, 3, 1, 3);
  expect(await codeOf(register(officer1, "officer2", drawKeyPair()))).toBe("SUCCESS");
});

test("the audit log names quorum operations, with numbers of ours, and who asked for them", async () => {
  const { tested, officer1 } = await quorum(2);
  await approved(officer1, 3, 1);
  await createUser(officer1, "alice");
  const named = (await tested.auditLog()).filter((event) =>
    /Opcode : CN_(SET_M_VALUE|GET_TOKEN|APPROVE_TOKEN) \(0x100[345]\)$/m.test(event),
  );
  expect(named).toHaveLength(3);
  for (const event of named) expect(event).toContain("User Name : officer1\nUser Type : CN_CRYPTO_OFFICER (2)");
  expect((await tested.auditLog()).at(-1)).toContain(
    "Response : 4384:HSM Error: RET_MXN_AUTH_FAILED: the token has too few approvals",
  );
});

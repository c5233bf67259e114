import { sign } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import type { Hsm, SessionHandle } from "../../../src/hsm/hsm.ts";
import { type UserType, userTypes } from "../../../src/hsm/user.ts";
import { users } from "../../harness/backups.ts";
import { approval, keyPair, register, tokenFile } from "../../harness/key-pairs.ts";
import { codeOf } from "../../harness/return-codes.ts";
import { overSocket } from "../../harness/over-socket.ts";
import { TestedHsm } from "../../harness/tested-hsm.ts";
import { type Cell, answers, readTable, rolesOfQuorum } from "../role-tables.ts";

const { callers, cells } = readTable(rolesOfQuorum);

/** Of each type one who asks, `co`, and one who is asked about, `other_co`. */
const everybody = userTypes.flatMap((type) => [
  [type, type.toLowerCase()] as const,
  [type, `other_${type.toLowerCase()}`] as const,
]);

/** Their keys: those of the other officers are registered. */
const keys = new Map(everybody.map(([, name], at) => [name, keyPair(at)]));
const keyOf = (name: string) => keys.get(name) ?? keyPair(keys.size);

let tested: TestedHsm;
beforeAll(async () => {
  tested = await TestedHsm.with(users(...everybody));
  const session = await tested.session("CO", "co");
  for (const name of ["other_co", "other_pco"]) await register({ hsm: tested.hsm, session }, name, keyOf(name));
  await tested.hsm.logins.logout(session);
});

/** A token of another officer's login, and how that officer sees what came of the request. */
interface Witness {
  readonly hsm: Hsm;
  readonly session: SessionHandle;
  readonly tokenId: number;
  readonly file: Buffer;
}

async function witnessOf(hsm: TestedHsm): Promise<Witness> {
  const other = await hsm.login("CO", "other_co");
  const token = await other.hsm.tokens.issue(other.session, 3, "other_co");
  return { ...other, tokenId: token.id, file: tokenFile(token) };
}

/** Where nobody is logged in, an officer's own user is meant. */
function targetOf({ caller, about }: Cell): { readonly type: string; readonly name: string } {
  const own = caller === "none" ? "CO" : caller;
  return about === "own"
    ? { type: own, name: own.toLowerCase() }
    : { type: about, name: `other_${about.toLowerCase()}` };
}

/** Carries out one request of the table; what is needed before is done already. */
async function ask(hsm: Hsm, cell: Cell, session: SessionHandle, tokenId: number, file: Buffer): Promise<unknown> {
  const { type, name } = targetOf(cell);
  switch (cell.request) {
    case "quorum.registerKey": {
      // A new key, so that it shows.
      const { privateKey, publicKey } = keyPair(keys.size);
      const token = Buffer.from(`registration of ${name}`);
      const signature = sign("sha256", token, privateKey);
      return hsm.quorum.registerKey(session, { type, name }, { token, signature, publicKey });
    }
    case "quorum.minimum":
      return hsm.quorum.minimum(session, Number(cell.about));
    case "quorum.setMinimum":
      return hsm.quorum.setMinimum(session, Number(cell.about), 2);
    case "tokens.issue":
      return hsm.tokens.issue(session, Number(cell.about), cell.caller.toLowerCase());
    case "tokens.approve": {
      const { signature } = approval(name, keyOf(name), file);
      return hsm.tokens.approve(session, file, [{ approver: { type, name }, signature }]);
    }
    case "tokens.list":
      return hsm.tokens.list(session);
    case "tokens.delete":
      return hsm.tokens.delete(session, tokenId);
    default:
      throw new Error(`no such request: ${cell.request}`);
  }
}

/** Looks at what a request that was carried out has done. */
async function expectDone(hsm: TestedHsm, cell: Cell, witness: Witness, answer: unknown): Promise<void> {
  const tokens = await witness.hsm.tokens.list(witness.session);
  const theirs = { id: witness.tokenId, userName: "other_co", approvers: [] };
  const { type, name } = targetOf(cell);
  switch (cell.request) {
    case "quorum.registerKey": {
      const kept = await hsm.store.read((snapshot) => snapshot.list("user"));
      const holders = kept.filter(({ text }) => text.includes(JSON.stringify(keyPair(keys.size).publicKey)));
      expect(holders.map(({ text }) => JSON.parse(text) as unknown)).toMatchObject([{ type, name }]);
      break;
    }
    case "quorum.minimum":
      expect(answer).toEqual({ service: cell.about === "3" ? "USER_MGMT" : "MISC_CO", minimum: 1 });
      break;
    case "quorum.setMinimum":
      expect(await witness.hsm.quorum.minimum(witness.session, Number(cell.about))).toMatchObject({ minimum: 2 });
      expect(await witness.hsm.quorum.minimum(witness.session, 7 - Number(cell.about))).toMatchObject({ minimum: 1 });
      break;
    case "tokens.issue":
      expect(tokens).toMatchObject([theirs, { userName: cell.caller.toLowerCase(), approvers: [] }]);
      break;
    case "tokens.approve":
      expect(tokens).toMatchObject([{ ...theirs, approvers: [name] }]);
      break;
    case "tokens.list":
      expect(answer).toMatchObject([theirs]);
      break;
    case "tokens.delete":
      expect(tokens).toMatchObject([theirs]);
      break;
  }
}

test("the table has a column for every type", () => {
  expect(callers).toEqual(["none", ...userTypes]);
});

test.each(cells)("$request of $about by $caller: $word", async (cell) => {
  const hsm = await tested.copy();
  const witness = await witnessOf(hsm);
  const session = cell.caller === "none" ? 0 : await hsm.session(cell.caller, cell.caller.toLowerCase());
  const ownsToken = cell.request === "tokens.delete" && cell.about === "own" && cell.word === "yes";
  const own = ownsToken ? await hsm.hsm.tokens.issue(session, 3, cell.caller.toLowerCase()) : undefined;
  const kept = await hsm.records();
  let answer: unknown;
  const request = async (): Promise<void> => {
    answer = await ask(overSocket(hsm.hsm), cell, session, own?.id ?? witness.tokenId, witness.file);
  };
  expect(await codeOf(request())).toBe(answers[cell.word]);
  if (cell.word === "yes") await expectDone(hsm, cell, witness, answer);
  else expect(await hsm.records()).toEqual(kept);
});

test.each(userTypes)("whether a %s counts among the officers whom a minimum may ask for", async (type: UserType) => {
  const isOfficer = type === "CO" || type === "PCO";
  const hsm = await TestedHsm.with(users(["CO", "co"], [type, "another"]));
  const session = await hsm.session("CO", "co");
  expect(await codeOf(hsm.hsm.quorum.setMinimum(session, 4, 2))).toBe(isOfficer ? "SUCCESS" : "M_VALUE_OFFICERS");
});

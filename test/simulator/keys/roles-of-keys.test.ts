import { beforeAll, expect, test } from "vitest";
import type { Hsm, SessionHandle } from "../../../src/hsm/hsm.ts";
import type { KeyWish, PairHandles } from "../../../src/hsm/key-making.ts";
import type { MaskedObject } from "../../../src/hsm/masked-object.ts";
import { userTypes } from "../../../src/hsm/user.ts";
import { cluster, key, user } from "../../harness/backups.ts";
import { codeOf } from "../../harness/return-codes.ts";
import { overSocket } from "../../harness/over-socket.ts";
import { TestedHsm } from "../../harness/tested-hsm.ts";
import { type Cell, answers, readTable, rolesOfKeys } from "../role-tables.ts";

const { callers, cells } = readTable(rolesOfKeys);

/** Who asks, by the words of the table; one more takes part in nothing but shares. */
const people = [
  user(1, "PRECO", "PRECO"),
  user(2, "PCO", "PCO"),
  user(3, "CO", "CO"),
  user(4, "CU", "owner"),
  user(5, "CU", "sharee"),
  user(6, "CU", "stranger"),
  user(7, "AU", "AU"),
  user(8, "CU", "newcomer"),
] as const;
const newcomer = 8;

const held = { owner: "owner", sharedWith: ["sharee"], shape: { type: "EC", curve: "P-256" } } as const;
/** A pair of keys that the HSM has, and one that only another HSM of its cluster has. */
const present = { secret: 10, public: 11 } as const;
const absent = { secret: 20, public: 21 } as const;

let tested: TestedHsm;
let kcv: string;
let arriving: ReadonlyMap<number, MaskedObject>;
beforeAll(async () => {
  const backup = await cluster(people, [key({ ...held, handle: present.secret, label: "old" })]);
  tested = await TestedHsm.with(backup);
  const source = await TestedHsm.with(await backup.withKeys([key({ ...held, handle: absent.secret })]), {
    hsmId: "hsm-source",
  });
  const session = await source.session("CO", "CO");
  const sealed = [present.secret, absent.secret, absent.public].map(
    async (handle) => [handle, await source.hsm.keys.extract(session, handle)] as const,
  );
  const states = await tested.hsm.keys.states(await tested.session("CO", "CO"));
  kcv = states.find(({ handle }) => handle === present.secret)?.kcv ?? "";
  arriving = new Map(await Promise.all(sealed));
});

function isPublic({ about }: Cell): boolean {
  return about === "public";
}

/** The handle that a request is about. */
function handleOf(cell: Cell): number {
  const { secret, public: shown } = cell.request === "keys.insert" ? absent : present;
  return isPublic(cell) ? shown : secret;
}

const wish = {
  label: "new",
  id: "",
  token: true,
  extractable: true,
  sharedWith: [],
  mValue: 1,
  node: 0,
} as const satisfies KeyWish;

/** Carries out one request of the table. */
async function ask({ keys, making }: Hsm, cell: Cell, session: SessionHandle): Promise<unknown> {
  const handle = handleOf(cell);
  switch (cell.request) {
    case "keys.find":
      return (await keys.find(session, 0)).keys;
    case "keys.states":
      return keys.states(session);
    case "keys.information":
      return keys.information(session, handle);
    case "keys.attributes":
      return keys.attributes(session, handle, 3);
    case "keys.attributes+134":
      return keys.attributes(session, handle, 134);
    case "keys.setAttribute":
      return keys.setAttribute(session, handle, 3, "new");
    case "keys.setAttribute+134":
      return keys.setAttribute(session, handle, 134, "1");
    case "keys.share":
      return keys.share(session, handle, [newcomer], true);
    case "keys.share+back":
      return keys.share(session, handle, [5], false);
    case "keys.give":
      return keys.give(session, handle, newcomer, kcv);
    case "keys.give+badkcv":
      return keys.give(session, handle, newcomer, "ffffff");
    case "keys.extract":
      return keys.extract(session, handle);
    case "keys.insert":
    case "keys.insert+again":
      return keys.insert(session, arriving.get(handle) ?? new Uint8Array());
    case "making.secret":
      return making.secret(session, { ...wish, shape: { type: "AES", size: 256 } });
    case "making.pair":
      return making.pair(session, { ...wish, shape: { type: "EC", curve: "P-256" } });
    case "making.search":
      return making.search(session, { class: isPublic(cell) ? "public" : "private" });
    case "making.delete":
      return making.delete(session, handle);
    default:
      throw new Error(`no such request: ${cell.request}`);
  }
}

/** What a request gives where it gives anything that can be foretold. */
const gifts: Readonly<Record<string, (cell: Cell) => unknown>> = {
  "keys.find": () => [{ handle: present.secret }, { handle: present.public }],
  "keys.information": (cell) => ({ token: true, owner: 4, sharedWith: isPublic(cell) ? [] : [5], mValue: 1 }),
  "keys.attributes": () => [{ value: { kind: "text", text: "old" } }],
  "keys.attributes+134": () => [{ value: { kind: "number", number: 0 } }],
  "making.search": (cell) => (cell.word === "none" ? [] : [handleOf(cell)]),
};

/** Looks at a new key as who asked for it, who owns it, and nobody else can see it. */
async function expectMade(hsm: TestedHsm, { caller }: Cell, handle: number): Promise<void> {
  const owner = people.find(({ name }) => name === caller)?.id;
  for (const name of ["owner", "sharee", "stranger"]) {
    const looking = hsm.hsm.keys.information(await hsm.session("CU", name), handle);
    if (name === caller) expect(await looking).toEqual({ token: true, owner, sharedWith: [], mValue: 1 });
    else await expect(looking).rejects.toMatchObject({ returnCode: "KEY_ACCESS_DENIED" });
  }
}

/** Looks, as the owner, at what a request that was carried out has done. */
async function expectDone(hsm: TestedHsm, cell: Cell, answer: unknown): Promise<void> {
  const { keys } = hsm.hsm;
  const gift = gifts[cell.request]?.(cell);
  if (gift !== undefined) expect(answer).toMatchObject(gift as object);
  if (cell.request === "keys.states") expect(answer).toMatchObject([{ handle: 10 }, { handle: 11 }]);
  const handle = handleOf(cell);
  if (cell.request === "making.secret") {
    await expectMade(hsm, cell, answer as number);
    return;
  }
  if (cell.request === "making.pair") {
    await expectMade(hsm, cell, (answer as PairHandles).privateKey);
    return;
  }
  if (cell.request === "making.delete") {
    const left = Object.values(present).filter((each) => each !== handle);
    expect(await hsm.hsm.making.search(await hsm.session("CU", "owner"), {})).toEqual(left);
    return;
  }
  if (cell.request === "keys.give") {
    const officer = await hsm.session("CO", "CO");
    expect(await keys.information(officer, handle)).toMatchObject({ owner: newcomer, sharedWith: [5] });
    return;
  }
  const owner = await hsm.session("CU", "owner");
  const shared = isPublic(cell) ? [] : [5];
  const sharedWith = { "keys.share": [5, newcomer], "keys.share+back": [] }[cell.request] ?? shared;
  expect(await keys.information(owner, handle)).toEqual({ token: true, owner: 4, sharedWith, mValue: 1 });
  if (cell.request === "keys.insert") return;
  const text = cell.request === "keys.setAttribute" ? "new" : "old";
  expect(await keys.attributes(owner, handle, 3)).toMatchObject([{ value: { kind: "text", text } }]);
  const number = cell.request === "keys.setAttribute+134" ? 1 : 0;
  expect(await keys.attributes(owner, handle, 134)).toMatchObject([{ value: { kind: "number", number } }]);
}

test("the table has a column for every type, three for crypto users", () => {
  const types = callers.map((caller) => (["owner", "sharee", "stranger"].includes(caller) ? "CU" : caller));
  expect([...new Set(types)]).toEqual(["none", ...userTypes]);
});

test.each(cells)("$request of a $about key by $caller: $word", async (cell) => {
  const hsm = await tested.copy();
  const type = people.find(({ name }) => name === cell.caller)?.type;
  const session = type === undefined ? 0 : await hsm.session(type, cell.caller);
  const kept = await hsm.records();
  let answer: unknown;
  const request = async (): Promise<void> => {
    answer = await ask(overSocket(hsm.hsm), cell, session);
  };
  expect(await codeOf(request())).toBe(answers[cell.word]);
  if (answers[cell.word] === "SUCCESS") await expectDone(hsm, cell, answer);
  else expect(await hsm.records()).toEqual(kept);
});

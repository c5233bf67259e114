import { beforeAll, expect, test } from "vitest";
import type { Hsm, SessionHandle } from "../../../src/hsm/hsm.ts";
import type { PairHandles } from "../../../src/hsm/key-making.ts";
import type { MaskedObject } from "../../../src/hsm/masked-object.ts";
import type { WrapMethod, WrappedKey } from "../../../src/hsm/key-wrapping.ts";
import { userTypes } from "../../../src/hsm/user.ts";
import { cluster, key, user } from "../../harness/backups.ts";
import { codeOf } from "../../harness/return-codes.ts";
import { overSocket } from "../../harness/over-socket.ts";
import { TestedHsm } from "../../harness/tested-hsm.ts";
import { plainWish } from "../../harness/transported-keys.ts";
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
/** A secret key that wraps. */
const wrapping = 30;
const method = { mechanism: "NIST_AES_WRAP_PAD" } as const satisfies WrapMethod;
const plain = new Uint8Array(16);
const message = Buffer.from("a message");

let tested: TestedHsm;
let kcv: string;
let arriving: ReadonlyMap<number, MaskedObject>;
/** What the owner has made of the keys. */
let made: {
  readonly wrapped: WrappedKey;
  readonly data: Uint8Array;
  readonly der: Uint8Array;
  readonly signature: Uint8Array;
};
beforeAll(async () => {
  const backup = await cluster(people, [
    key({ ...held, handle: present.secret, label: "old" }),
    key({ ...held, handle: wrapping, shape: { type: "AES", size: 256 } }),
  ]);
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
  const owner = await tested.session("CU", "owner");
  made = {
    wrapped: await tested.hsm.wrapping.wrap(owner, { key: present.secret, under: wrapping, method, header: true }),
    data: await tested.hsm.wrapping.wrapData(owner, wrapping, plain),
    der: await tested.hsm.wrapping.exportPublic(owner, present.public),
    signature: await tested.hsm.using.sign(owner, { handle: present.secret, mechanism: 17, message }),
  };
});

function isPublic({ about }: Cell): boolean {
  return about === "public";
}

/** The handle that a request is about. */
function handleOf(cell: Cell): number {
  const { secret, public: shown } = cell.request === "keys.insert" ? absent : present;
  return isPublic(cell) ? shown : secret;
}

const wish = { ...plainWish, label: "new" };

/** Carries out one request of the table. */
async function ask(
  { keys, making, using, wrapping: moving }: Hsm,
  cell: Cell,
  session: SessionHandle,
): Promise<unknown> {
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
    case "using.sign":
      return using.sign(session, { handle, mechanism: 17, message });
    case "using.verify":
      return using.verify(session, { handle, mechanism: 17, message }, made.signature);
    case "using.keep":
      return using.keep(session, handle);
    case "using.insertAnew":
      return using.insertAnew(session, arriving.get(absent.secret) ?? new Uint8Array(), 0);
    case "wrapping.wrap":
      return moving.wrap(session, { key: handle, under: wrapping, method, header: true });
    case "wrapping.unwrap": {
      const labels = { label: undefined, id: undefined, kind: undefined };
      return moving.unwrap(session, { ...wish, ...labels, wrapped: made.wrapped, under: wrapping, method });
    }
    case "wrapping.wrapData":
      return moving.wrapData(session, wrapping, plain);
    case "wrapping.unwrapData":
      return moving.unwrapData(session, wrapping, made.data);
    case "wrapping.importPublic":
      return moving.importPublic(session, { ...wish, publicKey: made.der });
    case "wrapping.exportPublic":
      return moving.exportPublic(session, handle);
    default:
      throw new Error(`no such request: ${cell.request}`);
  }
}

/** What a request gives where it gives anything that can be foretold. */
const gifts: Readonly<Record<string, (cell: Cell) => unknown>> = {
  "keys.find": () => [{ handle: present.secret }, { handle: present.public }, { handle: wrapping }],
  "keys.information": (cell) => ({ token: true, owner: 4, sharedWith: isPublic(cell) ? [] : [5], mValue: 1 }),
  "keys.attributes": () => [{ value: { kind: "text", text: "old" } }],
  "keys.attributes+134": () => [{ value: { kind: "number", number: 0 } }],
  "making.search": (cell) => (cell.word === "none" ? [] : [handleOf(cell)]),
};

/** Looks at a new key as who asked for it, who owns it, and nobody else can see it. */
async function expectMade(hsm: TestedHsm, { caller, request }: Cell, handle: number): Promise<void> {
  // A copy of a key keeps its shares.
  const sharedWith = request === "using.insertAnew" ? [5] : [];
  const owner = people.find(({ name }) => name === caller)?.id;
  for (const name of ["owner", "sharee", "stranger"]) {
    const looking = hsm.hsm.keys.information(await hsm.session("CU", name), handle);
    if (name === caller) expect(await looking).toEqual({ token: true, owner, sharedWith, mValue: 1 });
    else if (!(sharedWith.length > 0 && name === "sharee"))
      await expect(looking).rejects.toMatchObject({ returnCode: "KEY_ACCESS_DENIED" });
  }
}

/** Looks, as the owner, at what a request that was carried out has done. */
async function expectDone(hsm: TestedHsm, cell: Cell, answer: unknown): Promise<void> {
  const { keys } = hsm.hsm;
  const gift = gifts[cell.request]?.(cell);
  if (gift !== undefined) expect(answer).toMatchObject(gift as object);
  if (cell.request === "keys.states") expect(answer).toMatchObject([{ handle: 10 }, { handle: 11 }, { handle: 30 }]);
  const handle = handleOf(cell);
  if (["making.secret", "using.insertAnew", "wrapping.unwrap"].includes(cell.request)) {
    await expectMade(hsm, cell, answer as number);
    return;
  }
  const bytes = { "wrapping.exportPublic": made.der, "wrapping.unwrapData": plain }[cell.request];
  if (bytes !== undefined) expect(Buffer.from(answer as Uint8Array)).toEqual(Buffer.from(bytes));
  if (cell.request === "making.pair") {
    await expectMade(hsm, cell, (answer as PairHandles).privateKey);
    return;
  }
  if (cell.request === "making.delete") {
    const left = [...Object.values(present), wrapping].filter((each) => each !== handle);
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

import fc from "fast-check";
import type { ReturnCodeName } from "../../src/hsm/return-code.ts";
import type { UserType } from "../../src/hsm/user.ts";
import { key, user } from "../harness/backups.ts";
import { codeOf } from "../harness/return-codes.ts";
import type { TestedHsm } from "../harness/tested-hsm.ts";

/** Who is on every HSM. */
export const people = [
  user(1, "CO", "admin"),
  user(2, "AU", "app_user"),
  user(3, "CU", "bob"),
  user(4, "CU", "alice"),
  user(5, "CU", "carol"),
];
/** Those of them who have keys, by id. */
export const cryptoUsers = [3, 4, 5] as const;
/** Handles of the keys that a test begins with: a private key's public one is the next. */
const handles = [8, 9, 10, 12] as const;

/** A key as the model has it. */
interface ModelKey {
  readonly owner: number;
  readonly sharedWith: ReadonlySet<number>;
  readonly isPublic: boolean;
  readonly mValue: number;
  /** Label, ENCRYPT and TRUSTED. */
  readonly attributes: ReadonlyMap<number, string>;
}

/** The keys of an HSM by handle. */
export type Model = Map<number, ModelKey>;

/** Keys that begin with owners and shares of any kind. */
export const plans = fc.tuple(
  ...handles.map((handle) =>
    fc.record({
      handle: fc.constant(handle),
      owner: fc.constantFrom(...cryptoUsers),
      shares: fc.subarray([...cryptoUsers]),
      mValue: fc.constantFrom(1, 1, 1, 2),
      isPair: fc.constant(handle === 10),
    }),
  ),
);
type Plan = (typeof plans extends fc.Arbitrary<infer T extends readonly unknown[]> ? T : never)[number];

/** The name of one of {@link people}. */
export const nameOf = (id: number): string => people.find((person) => person.id === id)?.name ?? "";
const typeOf = (id: number): UserType => people.find((person) => person.id === id)?.type ?? "CU";

/** The planned keys, as an HSM is given them. */
export const initialKeys = (planned: readonly Plan[]) =>
  planned.map(({ handle, owner, shares, mValue, isPair }) =>
    key({
      handle,
      owner: nameOf(owner),
      sharedWith: shares.filter((id) => id !== owner).map(nameOf),
      mValue,
      shape: isPair ? { type: "EC", curve: "P-256" } : { type: "AES", size: 256 },
    }),
  );

/** The planned keys, as the model has them. */
export function modelOf(planned: readonly Plan[]): Model {
  const model: Model = new Map();
  for (const { handle, owner, shares, mValue, isPair } of planned) {
    const attributes = new Map([
      [3, ""],
      [260, isPair ? "0" : "1"],
      [134, "0"],
    ]);
    const sharedWith = new Set<number>(shares.filter((id) => id !== owner));
    model.set(handle, { owner, sharedWith, mValue, isPublic: false, attributes });
    if (isPair) model.set(handle + 1, { owner, sharedWith: new Set(), mValue: 1, isPublic: true, attributes });
  }
  return model;
}

const anyHandle = fc.constantFrom(...handles, 11, 99);
const anybody = fc.constantFrom(1, 2, 3, 4, 5);
/** What anybody may ask of any key. */
export const requests = fc.oneof(
  fc.record({ kind: fc.constant("information"), by: anybody, handle: anyHandle }),
  fc.record({
    kind: fc.constant("read"),
    by: anybody,
    handle: anyHandle,
    attribute: fc.constantFrom(3, 134, 260, 371),
  }),
  fc.record({
    kind: fc.constant("set"),
    by: anybody,
    handle: anyHandle,
    attribute: fc.constantFrom(3, 134, 260, 256),
    word: fc.constantFrom("0", "1"),
  }),
  fc.record({
    kind: fc.constant("share"),
    by: anybody,
    handle: anyHandle,
    with: fc.uniqueArray(fc.constantFrom(1, 2, 3, 4, 5, 77), { minLength: 1, maxLength: 2 }),
    share: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("find"), by: anybody, whom: fc.constantFrom(0, 1, 2, 3, 4, 5, 77) }),
);
/** One of {@link requests}. */
export type Request = typeof requests extends fc.Arbitrary<infer T> ? T : never;

/** What the model says to a request; a request that succeeds changes it. */
export function judge(model: Model, request: Request): ReturnCodeName {
  const isOfficer = typeOf(request.by) === "CO";
  const isCryptoUser = typeOf(request.by) === "CU";
  if (request.kind === "find") {
    if (isCryptoUser) return "NOT_AUTHORISED";
    return request.whom === 77 ? "USER_NOT_FOUND" : "SUCCESS";
  }
  const found = model.get(request.handle);
  if (found === undefined) return request.kind === "share" ? "INVALID_INPUT" : "INVALID_OBJECT_HANDLE";
  const owns = found.owner === request.by;
  const reads = owns || found.isPublic || found.sharedWith.has(request.by);
  switch (request.kind) {
    case "information":
      return !isCryptoUser || reads ? "SUCCESS" : "KEY_ACCESS_DENIED";
    case "read":
      if (isCryptoUser) return reads ? "SUCCESS" : "KEY_ACCESS_DENIED";
      return isOfficer && request.attribute === 134 ? "SUCCESS" : "NOT_AUTHORISED";
    case "set": {
      if (request.attribute === 134 ? !isOfficer : !isCryptoUser) return "NOT_AUTHORISED";
      if (request.attribute !== 134 && !owns) return "KEY_ACCESS_DENIED";
      if (request.attribute === 256) return "ATTRIBUTE_READ_ONLY";
      const attributes = new Map(found.attributes).set(request.attribute, request.word);
      model.set(request.handle, { ...found, attributes });
      return "SUCCESS";
    }
    case "share": {
      if (!isCryptoUser) return "NOT_AUTHORISED";
      if (!owns || found.isPublic) return "INVALID_INPUT";
      if (found.mValue > 1) return "MXN_AUTH_FAILED";
      const sharedWith = new Set(found.sharedWith);
      for (const id of request.with) {
        const isPossible = request.share ? id >= 3 && id <= 5 && id !== found.owner : sharedWith.has(id);
        if (!isPossible) return "INVALID_INPUT";
        if (request.share) sharedWith.add(id);
        else sharedWith.delete(id);
      }
      model.set(request.handle, { ...found, sharedWith });
      return "SUCCESS";
    }
  }
}

/** Sends a request; the one who asks logs in first. */
export async function send(hsm: TestedHsm, request: Request): Promise<ReturnCodeName> {
  const session = await hsm.session(typeOf(request.by), nameOf(request.by));
  const { keys } = hsm.hsm;
  switch (request.kind) {
    case "information":
      return codeOf(keys.information(session, request.handle));
    case "read":
      return codeOf(keys.attributes(session, request.handle, request.attribute));
    case "set":
      return codeOf(keys.setAttribute(session, request.handle, request.attribute, request.word));
    case "share":
      return codeOf(keys.share(session, request.handle, request.with, request.share));
    case "find":
      return codeOf(keys.find(session, request.whom));
  }
}

/** What a user finds, by the model: `8(o)`. */
export function foundBy(model: Model, id: number): readonly string[] {
  return [...model].flatMap(([handle, { owner, sharedWith, isPublic }]) => {
    if (owner === id) return [`${String(handle)}(owner)`];
    if (isPublic) return [`${String(handle)}(public)`];
    return sharedWith.has(id) ? [`${String(handle)}(shared)`] : [];
  });
}

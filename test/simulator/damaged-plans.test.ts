import { expect, test } from "vitest";
import { planOf, plannedKey, sessionKeyPlans } from "../../src/simulator/records/session-key-plan.ts";
import { cluster, key, users } from "../harness/backups.ts";
import { TestedHsm } from "../harness/tested-hsm.ts";

const plan = {
  handle: 100,
  publicHandle: undefined,
  shape: { type: "AES", size: 256 },
  label: "payments",
  id: "",
  owner: "alice",
  sharedWith: [],
  mValue: 1,
  extractable: true,
  token: false,
  flags: {},
};

test.each([
  { type: "AES", size: 256 },
  { type: "3DES", size: 192 },
  { type: "GENERIC", size: 8 },
  { type: "GENERIC", size: 6400 },
  { type: "RSA", size: 4096 },
  { type: "EC", curve: "P-256" },
  { type: "DSA", size: 2048 },
])("the plan of a session key of shape %j is whole", (shape) => {
  expect(sessionKeyPlans.accepts({ ...plan, shape })).toBe(true);
});

test.each([
  {},
  [],
  { type: "AES" },
  { type: "AES", size: "256" },
  { type: "AES", size: 0 },
  { type: "AES", size: 257 },
  { type: "GENERIC", size: "16" },
  { type: "GENERIC", size: 0 },
  { type: "GENERIC", size: 12 },
  { type: "GENERIC", size: 8.5 },
  { type: "GENERIC", size: -8 },
  { type: "GENERIC", size: 2 ** 40 },
  { type: "RSA", size: 512 },
  { type: "RSA", size: 1_000_000 },
  { type: "DSA", size: 4096 },
  { type: "EC" },
  { type: "EC", curve: "P-257" },
  { type: "EC", curve: "toString" },
  { type: "DES", size: 64 },
])("the plan of a session key of shape %j is damaged", (shape) => {
  expect(sessionKeyPlans.accepts({ ...plan, shape })).toBe(false);
});

test.each([{ label: "a\u001b[2J" }, { id: "line\nline" }, { label: "x".repeat(128) }, { shape: null }, { owner: 3 }])(
  "the plan of a session key with %j is damaged",
  (change) => {
    expect(sessionKeyPlans.accepts({ ...plan, ...change })).toBe(false);
  },
);

test("a plan on the disk has what plans have, whatever a configuration says of keys besides", async () => {
  const asked = { ...key({ handle: 100, owner: "alice", token: false, flags: { sign: true } }), newcomer: "secret" };
  const tested = await TestedHsm.with(await cluster(users(["CU", "alice"]), [asked]));
  const [kept] = await tested.store.read((snapshot) => snapshot.list("sessionKeyPlan"));
  expect(JSON.parse(kept?.text ?? "")).toEqual({
    ...{ handle: 100, shape: { type: "AES", size: 256 }, label: "", id: "", owner: "alice", sharedWith: [] },
    ...{ mValue: 1, extractable: true, token: false, flags: { sign: true } },
  });
});

test.each([undefined, 101])("what is planned is what was asked for, with the public handle %s", (publicHandle) => {
  const asked = key({ handle: 100, publicHandle, shape: { type: "EC", curve: "P-256" }, owner: "alice", token: false });
  expect(plannedKey(planOf(asked))).toEqual(asked);
  expect(sessionKeyPlans.accepts(JSON.parse(JSON.stringify(planOf(asked))))).toBe(true);
});

import { randomBytes } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { readDrill } from "../../../src/config/drill-file.ts";
import { baselineOf } from "../../../src/fleet/drills/baseline.ts";
import { checkGoals } from "../../../src/fleet/drills/check-goals.ts";
import type { DrillRecord } from "../../../src/fleet/drills/drill-record.ts";
import { aws } from "../../../src/simulator/models/aws.ts";
import { MemoryHome } from "../../../src/store/memory/memory-home.ts";
import { MemoryPlace } from "../../../src/store/memory/memory-place.ts";
import { createIn } from "../../harness/created-home.ts";
import { FaultyShell } from "../../harness/faulty-cluster.ts";

const clusters = `
clusters:
  - id: cluster-a
    passwordCost: 10
    users:
      - { id: 1, type: CO, name: admin, password: co12345 }
      - { id: 2, type: CO, name: officer1, password: officer12345 }
      - { id: 3, type: CU, name: alice, password: alice12345 }
      - { id: 4, type: CU, name: bob, password: bobby12345 }
    keys: [{ handle: 262162, type: AES, size: 256, label: payments, owner: alice, sharedWith: [bob] }]
    hsms:
      - { id: hsm-a, hostname: h0 }
      - id: hsm-b
        hostname: h1
        users: [{ id: 3, type: CU, name: alice, password: alice12345, loginFailures: 5 }]
`;

let place: MemoryPlace;
let home: MemoryHome;
let record: DrillRecord;

beforeEach(async () => {
  place = new MemoryPlace();
  home = new MemoryHome(place);
  await createIn(home, clusters);
  const secret = randomBytes(32);
  record = { started: 0, hints: 0, secret: secret.toString("base64"), baseline: await baselineOf(home, secret) };
});

/** Types lines into a shell of the home. */
async function type(...lines: readonly string[]): Promise<void> {
  const addresses = ["h0", "h1"].map((hostname) => ({ hostname, port: 2225 }));
  const { shell } = new FaultyShell(home, addresses);
  await shell.type("loginHSM CO admin co12345", ...lines);
  await shell.cluster.disconnect();
}

/** Why a goal is not met. */
async function shortfalls(goal: string) {
  const text = `title: A drill\nstory: once\n${clusters}goals:\n  - ${goal}\n`;
  const { goals } = readDrill("drill.yaml", text, () => aws.limits);
  return (await checkGoals(home, goals, record)).flatMap((checked) => checked.shortfalls);
}

test("inStep: until a login takes back wrong passwords, one user differs", async () => {
  expect(await shortfalls("inStep: all")).toEqual([{ kind: "outOfStep", subjects: 1 }]);
  await type("changePswd CU alice alice67890", "y");
  expect(await shortfalls("inStep: all")).toEqual([]);
});

describe("user", () => {
  test("is there, with type and password, not locked", async () => {
    expect(await shortfalls("user: { name: Alice, type: CU, password: alice12345, on: h0, locked: false }")).toEqual(
      [],
    );
    expect(await shortfalls("user: { name: alice, type: CU, locked: false }")).toEqual([
      { kind: "locked", hsm: "hsm-b", name: "alice" },
    ]);
    expect(await shortfalls("user: { name: alice, type: CU, locked: true, on: [hsm-a] }")).toEqual([
      { kind: "notLocked", hsm: "hsm-a", name: "alice" },
    ]);
    expect(await shortfalls("user: { name: alice, type: CO, password: alice12346, on: h0:2225 }")).toEqual([
      { kind: "otherType", hsm: "hsm-a", name: "alice", type: "CU" },
      { kind: "otherPassword", hsm: "hsm-a", name: "alice" },
    ]);
    expect(await shortfalls("user: { name: carol, type: CU, on: h1 }")).toEqual([
      { kind: "userMissing", hsm: "hsm-b", name: "carol" },
    ]);
  });
});

test("absent: a user or a key that is to be gone", async () => {
  expect(await shortfalls("absent: { user: officer1 }")).toMatchObject([
    { hsm: "hsm-a" },
    { kind: "userLeft", hsm: "hsm-b" },
  ]);
  expect(await shortfalls("absent: { key: 262162, on: h1 }")).toEqual([
    { kind: "keyLeft", hsm: "hsm-b", handle: 262162 },
  ]);
  await type("deleteUser CO officer1");
  expect(await shortfalls("absent: { user: officer1 }")).toEqual([]);
});

test("key: with owner, sharees and M value", async () => {
  expect(await shortfalls("key: { handle: 262162, owner: alice, sharedWith: [BOB], mValue: 1 }")).toEqual([]);
  expect(await shortfalls("key: { handle: 262162, owner: bob, sharedWith: [], mValue: 2, on: h0 }")).toEqual([
    { kind: "otherOwner", hsm: "hsm-a", handle: 262162 },
    { kind: "otherSharees", hsm: "hsm-a", handle: 262162, sharedWith: ["bob"] },
    { kind: "otherMValue", hsm: "hsm-a", handle: 262162, mValue: 1 },
  ]);
  expect(await shortfalls("key: { handle: 7, on: h1 }")).toEqual([{ kind: "keyMissing", hsm: "hsm-b", handle: 7 }]);
});

test("minimum", async () => {
  expect(await shortfalls("minimum: { service: MISC_CO, is: 2, on: h0 }")).toEqual([
    { kind: "otherMinimum", hsm: "hsm-a", service: "MISC_CO", minimum: 1 },
  ]);
  await type("setMValue 4 2", "y");
  expect(await shortfalls("minimum: { service: MISC_CO, is: 2 }")).toEqual([]);
});

test("audit: what happened since the drill began, and what did not", async () => {
  const changed = "audit: { contains: CN_CHANGE_PSWD, user: alice, response: SUCCESS, on: h1 }";
  expect(await shortfalls(changed)).toEqual([{ kind: "eventMissing", hsm: "hsm-b", opcode: "CN_CHANGE_PSWD" }]);
  await type("changePswd CU alice alice67890", "y");
  expect(await shortfalls(changed)).toEqual([]);
  expect(await shortfalls("audit: { lacks: CN_CHANGE_PSWD, user: bob }")).toEqual([]);
  expect(await shortfalls("audit: { lacks: CN_CHANGE_PSWD, on: h0 }")).toEqual([
    { kind: "eventFound", hsm: "hsm-a", opcode: "CN_CHANGE_PSWD" },
  ]);
});

test("untouched: an over-eager repair shows, a login does not", async () => {
  const all = "untouched: { users: all, keys: all }";
  expect(await shortfalls(all)).toEqual([]);
  await type("changePswd CO officer1 officer67890", "y", "createUser CU carol carol12345", "y");
  expect(await shortfalls("untouched: { users: [alice, bob], keys: all }")).toEqual([]);
  expect(await shortfalls(all)).toEqual([
    { kind: "userChanged", hsm: "hsm-a", name: "officer1" },
    { kind: "userAdded", hsm: "hsm-a", name: "carol" },
    { kind: "userChanged", hsm: "hsm-b", name: "officer1" },
    { kind: "userAdded", hsm: "hsm-b", name: "carol" },
  ]);
});

test("an HSM that is gone meets no goal", async () => {
  await home.close();
  home = new MemoryHome(place);
  const held = await home.hold({ hostname: "h1", port: 2225 });
  await held.delete();
  await held.release();
  expect(await shortfalls("user: { name: admin, type: CO, on: [h0, h1] }")).toEqual([{ kind: "noHsm", hsm: "h1" }]);
});

import { describe, expect, test } from "vitest";
import { startOfTime } from "../harness/backups.ts";
import { createIn } from "../harness/created-home.ts";
import { type Enter, homes, inPostgres } from "../harness/homes.ts";
import { logIn } from "../harness/tested-hsm.ts";
import { copyHome } from "../../src/fleet/copy-home.ts";
import { setFault } from "../../src/fleet/faults/set-fault.ts";
import { Progress } from "../../src/fleet/progress.ts";
import { openHsm } from "../../src/simulator/simulated-hsm.ts";
import type { Home } from "../../src/store/home.ts";
import { MemoryHome } from "../../src/store/memory/memory-home.ts";
import { MemoryPlace } from "../../src/store/memory/memory-place.ts";
import type { Snapshot } from "../../src/store/store.ts";

const text = `
clusters:
  - id: a
    passwordCost: 10
    users: [{ id: 1, type: CO, name: admin, password: co12345 }, { id: 2, type: CU, name: carol, password: carol12345 }]
    keys: [{ handle: 7, type: AES, size: 256, label: payments, owner: carol }]
    hsms: [{ id: hsm-a, hostname: h0 }, { id: hsm-b, hostname: h1 }]
  - { id: b, passwordCost: 10, hsms: [{ id: hsm-c, hostname: h2 }] }
`;

const kinds = [...homes, ...inPostgres()];
const progress = () => new Progress(new AbortController().signal);
const all = (from: Home, to: Home, cluster?: string) =>
  copyHome({ from, to, cluster, progress: progress(), leftOut: () => undefined });

async function filled(enter: Enter): Promise<Home> {
  const home = enter();
  await home.prepare();
  await createIn(home, text);
  await home.keepRecords();
  await setFault(home, { kind: "drop", from: 1 }, undefined);
  return home;
}

/** All that a store keeps, but for who is logged in. */
async function content(snapshot: Snapshot): Promise<unknown> {
  const names = (await snapshot.collections()).filter((name) => name !== "session").sort();
  const records: unknown[] = [];
  for (const name of names) records.push([name, await snapshot.list(name)]);
  return { records, events: await snapshot.events() };
}

async function contents(home: Home): Promise<unknown> {
  const found: unknown[] = [];
  for (const address of await home.list()) {
    found.push([
      address,
      await home.inspect(address).then((place) => place.kind),
      await (await home.open(address)).read(content),
    ]);
  }
  return [...found, await (await home.records())?.read(content)];
}

describe.each(kinds)("from a home in %s", (_, makeFrom) => {
  test.each(kinds)("to one in %s: all of it, but for who is logged in", async (_kind, makeTo) => {
    const [from, enterTo] = [await filled(makeFrom()), makeTo()];
    const address = { hostname: "h0", port: 2225 };
    const hsm = await openHsm(from.open(address), { clock: () => startOfTime, presence: from.presence, address });
    await logIn(hsm, "CO", "admin", "co12345");
    const to = enterTo();
    await to.prepare();
    const copied = await all(from, to);
    expect(copied.map(({ hsmId }) => hsmId)).toEqual(["hsm-a", "hsm-b", "hsm-c"]);
    const seen = enterTo();
    expect(await contents(seen)).toEqual(await contents(from));
    expect(await (await seen.open(address)).read((snapshot) => snapshot.count("session"))).toBe(0);
  });
});

describe("what is not copied", () => {
  const makeMemory = (): Enter => {
    const place = new MemoryPlace();
    return () => new MemoryHome(place);
  };
  const pair = async (): Promise<readonly [Home, Home]> => {
    const to = makeMemory()();
    await to.prepare();
    return [await filled(makeMemory()), to];
  };

  test("another cluster, and what belongs to none, where one is named", async () => {
    const [from, to] = await pair();
    expect((await all(from, to, "b")).map(({ hsmId }) => hsmId)).toEqual(["hsm-c"]);
    expect([await to.list(), await to.records()]).toEqual([[{ hostname: "h2", port: 2225 }], undefined]);
    await expect(all(from, to, "c")).rejects.toThrow("there are a, b");
  });

  test("a cluster of which no HSM can be read: there may be one", async () => {
    const [from, to] = await pair();
    for (const address of await from.list()) {
      await (await from.open(address)).change((transaction) => transaction.remove("identity", "hsm"));
    }
    await expect(all(from, to, "a")).rejects.toThrow("has no cluster a: no HSM there can be read");
  });

  test("anything onto what is there", async () => {
    const [from, to] = await pair();
    await to.create({ hostname: "h1", port: 2225 }, "other", (transaction) => transaction.put("user", 1, "1"));
    await expect(all(from, to)).rejects.toThrow("has an HSM at h1:2225");
    expect((await to.list()).length).toBe(1);
  });

  test("a part of what fails", async () => {
    const [from, to] = await pair();
    const create = to.create.bind(to);
    let made = 0;
    to.create = async (...words) => {
      if (made++ === 2) throw new Error("full");
      await create(...words);
    };
    await expect(all(from, to)).rejects.toThrow("full");
    expect(await to.list()).toEqual([]);
  });
});

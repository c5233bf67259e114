import fc from "fast-check";
import { expect, test } from "vitest";
import { EventFilter, type EventWish } from "../../src/fleet/event-filter.ts";
import { type FleetEvent, MergedEvents } from "../../src/fleet/merged-events.ts";
import { AuditLog } from "../../src/simulator/audit-reader.ts";
import { type NumberedEvent, putEvent } from "../../src/simulator/records/event-record.ts";
import { identities } from "../../src/simulator/records/records.ts";
import { MemoryStore } from "../../src/store/memory/memory-store.ts";

/** The address of one of the HSMs of a test. */
function addressOf(at: number) {
  return { hostname: `h${String(at)}`, port: 2225 };
}

/** What is recorded at a time. */
type Recorded = Partial<NumberedEvent> & { readonly time: number };

async function append(store: MemoryStore, from: number, events: readonly Recorded[]): Promise<void> {
  await store.change(async (transaction) => {
    for (const [at, event] of events.entries()) {
      await putEvent(transaction, {
        ...{ opcode: "CN_CREATE_USER", session: 1, response: 0 },
        ...event,
        sequence: from + at,
      });
    }
  });
}

async function hsmWith(at: number, events: readonly Recorded[]): Promise<MemoryStore> {
  const store = new MemoryStore();
  await store.change((transaction) =>
    identities.put(transaction, "hsm", {
      ...{ hsmId: `hsm-${String(at)}`, clusterId: "cluster-a", ...addressOf(at) },
      ...{ passwordCost: 10, maxKeys: 1, maskingKey: "", storageKey: "" },
    }),
  );
  await append(store, 0, events);
  return store;
}

async function merged(stores: readonly MemoryStore[], failed: (hostname: string) => void): Promise<MergedEvents> {
  const events = new MergedEvents(({ hostname }) => {
    failed(hostname);
  });
  for (const [at, store] of stores.entries()) await add(events, at, store);
  return events;
}

async function add(events: MergedEvents, at: number, store: MemoryStore): Promise<void> {
  events.add(addressOf(at), await AuditLog.open(Promise.resolve(store), addressOf(at)));
}

async function restOf(events: MergedEvents): Promise<readonly FleetEvent[]> {
  const all: FleetEvent[] = [];
  for await (const event of events.rest()) all.push(event);
  return all;
}

const unexpected = (hostname: string): never => {
  throw new Error(`${hostname} failed`);
};

const placed = ({ hsm, event: { sequence, time } }: FleetEvent) => [hsm.hsmId, sequence, time] as const;

test("events come by time, those of one HSM in its own order, each once, however they are divided", async () => {
  const clocks = fc.array(fc.array(fc.nat(1200), { maxLength: 1200 }), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(clocks, fc.float({ min: 0, max: 1, noNaN: true }), async (times, share) => {
      // A clock that is never set back: then the order is that of one sort.
      const sorted = times.map((own) => own.toSorted((one, other) => one - other));
      const firsts = sorted.map((own) => Math.floor(own.length * share));
      const stores = await Promise.all(
        sorted.map((own, at) =>
          hsmWith(
            at,
            own.slice(0, firsts[at]).map((time) => ({ time })),
          ),
        ),
      );
      const events = await merged(stores, unexpected);
      const seen = (await restOf(events)).map(placed);
      for (const [at, store] of stores.entries()) {
        const first = firsts[at] ?? 0;
        await append(
          store,
          first,
          (sorted[at] ?? []).slice(first).map((time) => ({ time })),
        );
      }
      const later = (await restOf(events)).map(placed);
      const all = sorted.flatMap((own, at) =>
        own.map((time, sequence) => [`hsm-${String(at)}`, sequence, time] as const),
      );
      const order = (part: readonly (readonly [string, number, number])[]) =>
        part.toSorted((one, other) => one[2] - other[2]);
      const isFirst = ([hsm, sequence]: readonly [string, number, number]) =>
        sequence < (firsts[Number(hsm.slice(4))] ?? 0);
      expect(seen).toEqual(order(all.filter(isFirst)));
      expect(later).toEqual(order(all.filter((event) => !isFirst(event))));
    }),
    { numRuns: 20 },
  );
});

test("an HSM whose clock was set back keeps its own order", async () => {
  const stores = [await hsmWith(0, [{ time: 10 }, { time: 2 }]), await hsmWith(1, [{ time: 5 }])];
  expect((await restOf(await merged(stores, unexpected))).map(placed)).toEqual([
    ["hsm-1", 0, 5],
    ["hsm-0", 0, 10],
    ["hsm-0", 1, 2],
  ]);
});

test("one that cannot be read on is left out with what was read before it, and told of; a new one at its address is read on", async () => {
  const stores = [await hsmWith(0, [{ time: 1 }]), await hsmWith(1, [{ time: 2 }])];
  const failed: string[] = [];
  const events = await merged(stores, (hostname) => failed.push(hostname));
  expect((await restOf(events)).map(placed)).toEqual([
    ["hsm-0", 0, 1],
    ["hsm-1", 0, 2],
  ]);
  await stores[0]?.change((transaction) => transaction.append({ sequence: 1, text: "{}" }));
  expect(await restOf(events)).toEqual([]);
  expect(failed).toEqual(["h0"]);
  expect([events.has(addressOf(0)), events.has(addressOf(1))]).toEqual([false, true]);
  // A backup of it, which went on from where it was made.
  await add(events, 0, await hsmWith(0, [{ time: 1 }, { time: 3 }]));
  expect((await restOf(events)).map(placed)).toEqual([["hsm-0", 1, 3]]);
});

/** What a filter lets through of the log of one HSM: sequence numbers. */
function passed(wish: Partial<EventWish>, log: readonly Recorded[], hostname = "h0"): readonly number[] {
  const filter = new EventFilter({ since: undefined, user: undefined, ...wish });
  return log.flatMap((recorded, sequence) => {
    const event = { opcode: "CN_CREATE_USER", session: 0, response: 0, ...recorded, sequence } as const;
    return filter.accepts({ hsm: { hostname, port: 2225, hsmId: "hsm-0", model: undefined }, event }) ? [sequence] : [];
  });
}

test("a user's events are those about the user and those of their logins", () => {
  const [admin, bob] = [{ name: "Admin" }, { name: "bob" }];
  const log: readonly Recorded[] = [
    { time: 0, opcode: "CN_CREATE_CO", user: admin },
    { time: 1, opcode: "CN_LOGIN", session: 7, user: admin },
    { time: 2, session: 7, user: bob },
    { time: 3, session: 8, user: bob },
    { time: 4, opcode: "CN_LOGIN", session: 8, response: 157, user: admin },
    { time: 5, session: 8, user: bob },
    { time: 6, opcode: "CN_LOGOUT", session: 7, user: admin },
    { time: 7, opcode: "CN_LOGIN", session: 7, user: bob },
    { time: 8, session: 7 },
  ];
  expect(passed({ user: "ADMIN" }, log)).toEqual([0, 1, 2, 4, 6]);
  expect(passed({ user: "bob" }, log)).toEqual([2, 3, 5, 7, 8]);
  // Who logged in before is known, also where that is not wanted.
  expect(passed({ user: "admin", since: 2 }, log)).toEqual([2, 4, 6]);
  expect(passed({}, log)).toHaveLength(log.length);
  const long = "n".repeat(70);
  expect(passed({ user: long }, [{ time: 0, user: { name: long.slice(0, 64) } }])).toEqual([0]);
});

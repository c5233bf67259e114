import { beforeEach, describe, expect, test } from "vitest";
import { type Enter, homes, inPostgres } from "../harness/homes.ts";
import type { Home } from "../../src/store/home.ts";

const h0 = { hostname: "h0", port: 2225 };
const h1 = { hostname: "h1.Example", port: 2226 };
const unavailable = { name: "StoreError", failure: "unavailable" };
const busy = { name: "StoreError", failure: "busy" };
const noWaiting = { signal: new AbortController().signal, waited: () => undefined };

const create = (home: Home, address = h0, id = "hsm-a") =>
  home.create(address, id, (transaction) => transaction.put("user", 1, '"admin"'));

/** Lets whatever can go on do so. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

describe.each([...homes, ...inPostgres()])("a home in %s", (_, make) => {
  let enter: Enter;
  let home: Home;

  beforeEach(() => {
    enter = make();
    home = enter();
  });

  describe("what is there", () => {
    test("nothing at the beginning", async () => {
      expect(await home.inspect(h0)).toEqual({ kind: "absent" });
      expect(await home.list()).toEqual([]);
      await expect(home.open(h0)).rejects.toMatchObject(unavailable);
    });

    test("an HSM that was created, by its mark, at its address in whatever case", async () => {
      const before = Date.now();
      await create(home);
      await create(home, h1, "hsm-b");
      const found = await home.inspect(h0);
      expect(found).toMatchObject({ kind: "hsm", mark: home.markOf("hsm-a") });
      expect(await enter().inspect({ hostname: "H0", port: 2225 })).toEqual(found);
      expect(await home.inspect(h1)).toMatchObject({ kind: "hsm", mark: home.markOf("hsm-b") });
      expect(home.markOf("hsm-a")).not.toBe(home.markOf("hsm-b"));
      expect(await home.inspect({ hostname: "h0", port: 2226 })).toEqual({ kind: "absent" });
      // Clocks of file systems are coarse.
      if (found.kind === "hsm") expect(Math.abs(found.since.getTime() - before)).toBeLessThan(60_000);
      expect(await enter().list()).toEqual([h0, { hostname: "h1.example", port: 2226 }]);
    });

    test("the same while it is open", async () => {
      await create(home);
      const found = await home.inspect(h0);
      await home.open(h0);
      expect([await home.inspect(h0), await enter().inspect(h0)]).toEqual([found, found]);
    });

    test("a place is named after what is there", () => {
      expect(home.placeOf(h0)).toBe(enter().placeOf({ hostname: "H0", port: 2225 }));
      expect(home.placeOf(h0)).not.toBe(home.placeOf(h1));
      expect(home.name).not.toBe("");
    });
  });

  describe("creating", () => {
    test("all or nothing", async () => {
      const refused = home.create(h0, "hsm-a", async (transaction) => {
        await transaction.put("user", 1, '"admin"');
        throw new Error("refused");
      });
      await expect(refused).rejects.toThrow("refused");
      expect([await home.inspect(h0), await home.list()]).toEqual([{ kind: "absent" }, []]);
      await create(home);
      expect(await home.inspect(h0)).toMatchObject({ kind: "hsm" });
    });

    test("an HSM that exists stays as it is", async () => {
      await create(home);
      await home.create(h0, "hsm-b", (transaction) => transaction.put("user", 2, '"eve"'));
      expect(await home.inspect(h0)).toMatchObject({ mark: home.markOf("hsm-a") });
      const store = await home.open(h0);
      expect(await store.read((snapshot) => snapshot.list("user"))).toEqual([{ key: 1, text: '"admin"' }]);
    });

    test("one shell after the other, which is told that it waits", async () => {
      await home.prepare();
      const events: string[] = [];
      let end = (): void => undefined;
      const first = home.exclusively(noWaiting, async () => {
        await new Promise<void>((resolve) => (end = resolve));
        events.push("first");
        return 1;
      });
      await turns();
      const told = new Promise<number>((resolve) => {
        const waiting = { ...noWaiting, waited: resolve };
        events.push("second waits");
        void enter().exclusively(waiting, () => Promise.resolve(events.push("second")));
      });
      expect(await told).toBeGreaterThanOrEqual(0);
      end();
      expect(await first).toBe(1);
      await home.exclusively(noWaiting, () => Promise.resolve(events.push("third")));
      expect(events.slice(0, 2)).toEqual(["second waits", "first"]);
    });

    test("whoever waits can be called away, and what fails leaves the way free", async () => {
      await home.prepare();
      const abort = new AbortController();
      const waiting = {
        signal: abort.signal,
        waited: () => {
          abort.abort(new Error("called away"));
        },
      };
      const failed = home.exclusively(noWaiting, async () => {
        await expect(enter().exclusively(waiting, () => Promise.resolve())).rejects.toThrow("called away");
        throw new Error("failed");
      });
      await expect(failed).rejects.toThrow("failed");
      expect(await enter().exclusively(noWaiting, () => Promise.resolve(2))).toBe(2);
    });
  });

  describe("deleting", () => {
    test("what nobody has open, and another HSM may be made in its place", async () => {
      await create(home);
      const held = await home.hold(h0);
      await expect(enter().hold(h0)).rejects.toMatchObject(busy);
      await held.delete();
      await held.release();
      expect([await home.inspect(h0), await home.list()]).toEqual([{ kind: "absent" }, []]);
      await create(home, h0, "hsm-b");
      expect(await home.inspect(h0)).toMatchObject({ mark: home.markOf("hsm-b") });
    });

    test("not what another shell has open", async () => {
      await create(home);
      const other = enter();
      const store = await other.open(h0);
      await store.read((snapshot) => snapshot.get("user", 1));
      await expect(home.hold(h0)).rejects.toMatchObject(busy);
      expect(await store.read((snapshot) => snapshot.get("user", 1))).toBe('"admin"');
    });

    test("what was held only is as before", async () => {
      await create(home);
      await (await home.hold(h0)).release();
      const store = await home.open(h0);
      expect(await store.read((snapshot) => snapshot.get("user", 1))).toBe('"admin"');
    });
  });

  describe("what belongs to no HSM", () => {
    test("is nothing before something is kept, and then the same for all", async () => {
      expect(await home.records()).toBeUndefined();
      await home.prepare();
      const store = await home.exclusively(noWaiting, () => home.keepRecords());
      expect(await home.records()).toBe(store);
      await store.change((transaction) => transaction.put("fault", 1, '"drop"'));
      const other = enter();
      expect(await (await other.records())?.read((snapshot) => snapshot.get("fault", 1))).toBe('"drop"');
      await other.exclusively(noWaiting, () => other.keepRecords());
      expect(await store.read((snapshot) => snapshot.count("fault"))).toBe(1);
      expect(await home.list()).toEqual([]);
    });

    test("is closed with the home of its shell, and is there at the next", async () => {
      await home.prepare();
      const store = await home.keepRecords();
      await store.change((transaction) => transaction.put("fault", 1, '"drop"'));
      await home.close();
      await expect(store.read(() => Promise.resolve())).rejects.toMatchObject(unavailable);
      expect(await (await enter().records())?.read((snapshot) => snapshot.count("fault"))).toBe(1);
    });
  });

  describe("the store of an HSM", () => {
    test("one for each shell, until it is closed; the others go on", async () => {
      await create(home);
      const store = await home.open(h0);
      expect(await home.open(h0)).toBe(store);
      const other = await enter().open(h0);
      await store.change((transaction) => transaction.put("user", 2, '"alice"'));
      await home.settle();
      await store.close();
      await store.close();
      await expect(store.read(() => Promise.resolve())).rejects.toMatchObject(unavailable);
      await expect(store.change(() => Promise.resolve())).rejects.toMatchObject(unavailable);
      await other.check();
      expect(await other.read((snapshot) => snapshot.get("user", 2))).toBe('"alice"');
      expect(await (await home.open(h0)).read((snapshot) => snapshot.count("user"))).toBe(2);
    });

    test("is closed with the home of its shell", async () => {
      await create(home);
      const store = await home.open(h0);
      await home.close();
      await home.close();
      await expect(store.read(() => Promise.resolve())).rejects.toMatchObject(unavailable);
      await home.settle();
    });

    test("a change that fails is not seen, and one that is undone goes on", async () => {
      await create(home);
      const store = await home.open(h0);
      const failed = store.change(async (transaction) => {
        await transaction.put("user", 2, '"alice"');
        await transaction.append({ sequence: 0, text: '"e"' });
        expect(await transaction.get("user", 2)).toBe('"alice"');
        throw new Error("failed");
      });
      await expect(failed).rejects.toThrow("failed");
      await store.change(async (transaction) => {
        await transaction.undo();
        await transaction.remove("user", 1);
        await transaction.append({ sequence: 0, text: '"e"' });
        await transaction.undo();
        expect(await transaction.get("user", 1)).toBe('"admin"');
        await transaction.put("user", 3, '"bob"');
      });
      expect(await store.read(async (snapshot) => [await snapshot.list("user"), await snapshot.countEvents()])).toEqual(
        [
          [
            { key: 1, text: '"admin"' },
            { key: 3, text: '"bob"' },
          ],
          0,
        ],
      );
    });

    test("keys are in their order, numbers before texts, and events in theirs", async () => {
      await create(home);
      const store = await home.open(h0);
      const event = (sequence: number) => ({ sequence, text: `"event ${String(sequence)}"` });
      await store.change(async (transaction) => {
        for (const key of ["b", 10, "a", 9, "10"]) await transaction.put("key", key, JSON.stringify(key));
        await transaction.put("key", 9, '"again"');
        await transaction.remove("key", "b");
        for (const sequence of [0, 1]) await transaction.append(event(sequence));
      });
      const look = await store.read(async (snapshot) => ({
        keys: (await snapshot.list("key")).map(({ key, text }) => [key, text]),
        count: await snapshot.count("key"),
        last: [await snapshot.lastKey("key"), await snapshot.lastKey("user"), await snapshot.lastKey("none")],
        none: [await snapshot.get("key", "b"), await snapshot.list("none"), await snapshot.count("none")],
        events: [await snapshot.events(), await snapshot.events(1), await snapshot.events(0, 1)],
        log: [await snapshot.countEvents(), await snapshot.lastEvent()],
      }));
      expect(look).toEqual({
        keys: [
          [9, '"again"'],
          [10, "10"],
          ["10", '"10"'],
          ["a", '"a"'],
        ],
        count: 4,
        last: ["a", 1, undefined],
        none: [undefined, [], 0],
        events: [[event(0), event(1)], [event(1)], [event(0)]],
        log: [2, 1],
      });
    });

    test("changes of two shells take turns, and each sees what those before it left", async () => {
      await create(home);
      const [one, other] = [await home.open(h0), await enter().open(h0)];
      const counts = Array.from({ length: 10 }, (_, at) =>
        (at % 2 === 0 ? one : other).change(async (transaction) => {
          const count = await transaction.count("key");
          await turns();
          await transaction.put("key", count, String(at));
          return count;
        }),
      );
      const all = await Promise.all(counts);
      expect([...all].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      // Each shell's own are in the order in which it asked.
      expect(all[0]).toBeLessThan(all[2] ?? -1);
    });
  });

  describe("who is alive", () => {
    test("each shell, from its announcement to its end", async () => {
      const other = enter();
      const marks = [await home.presence.announce(), await other.presence.announce()] as const;
      expect(await home.presence.announce()).toBe(marks[0]);
      expect(marks[0]).not.toBe(marks[1]);
      const alive = (mark: string) => Promise.all([home, other].map(({ presence }) => presence.isAlive(mark)));
      for (const mark of marks) expect(await alive(mark)).toEqual([true, true]);
      await home.close();
      expect(await other.presence.isAlive(marks[0])).toBe(false);
      expect(await other.presence.isAlive(marks[1])).toBe(true);
    });

    test("nobody behind a mark that is none", async () => {
      for (const mark of ["", "..", "0123456789abcdef"]) expect(await home.presence.isAlive(mark)).toBe(false);
    });
  });
});

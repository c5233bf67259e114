import { Client } from "pg";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { isMissing } from "../harness/debian.ts";
import { PostgresServer } from "../harness/postgres-server.ts";
import { placeNamed } from "../../src/store/postgres/place.ts";
import { PostgresHome } from "../../src/store/postgres/postgres-home.ts";
import type { Snapshot, Store } from "../../src/store/store.ts";

const h0 = { hostname: "h0", port: 2225 };

describe.skipIf(isMissing("postgresql"))("what a shell knows of an HSM", () => {
  const server = PostgresServer.started();

  /** The HSM at h0 as one shell has it. */
  async function opened(address: string): Promise<{ readonly home: PostgresHome; readonly store: Store }> {
    const home = new PostgresHome(placeNamed(address));
    onTestFinished(() => home.close());
    await home.prepare();
    await home.create(h0, "hsm-a", async (transaction) => {
      await transaction.put("user", 1, '"admin"');
      await transaction.append({ sequence: 1, text: '"made"' });
    });
    return { home, store: await home.open(h0) };
  }

  /** All that is remembered in any way. */
  async function seen(snapshot: Snapshot): Promise<unknown> {
    const users = await snapshot.list("user");
    const [admin, alice] = [await snapshot.get("user", 1), await snapshot.get("user", 2)];
    const [count, last, event] = [
      await snapshot.count("user"),
      await snapshot.lastKey("user"),
      await snapshot.lastEvent(),
    ];
    return { users: users.map(({ key, text }) => [key, text]), admin, alice, count, last, event };
  }

  const add = (store: Store, key: number, name: string): Promise<void> =>
    store.change(async (transaction) => {
      await seen(transaction);
      await transaction.put("user", key, name);
      await transaction.append({ sequence: ((await transaction.lastEvent()) ?? 0) + 1, text: name });
    });
  const one = [1, '"admin"'];
  const alone = { users: [one], admin: '"admin"', alice: undefined, count: 1, last: 1, event: 1 };
  const both = { users: [one, [2, '"alice"']], admin: '"admin"', alice: '"alice"', count: 2, last: 2, event: 2 };

  test("is what another shell made of it, and what this one did", async () => {
    const address = server.newHome();
    const [mine, other] = [await opened(address), await opened(address)];
    expect(await mine.store.read(seen)).toEqual(alone);
    await add(other.store, 2, '"alice"');
    expect(await mine.store.read(seen)).toEqual(both);
    expect(await other.store.read(seen)).toEqual(both);
    await mine.store.change((transaction) => transaction.remove("user", 2));
    expect(await mine.store.read(seen)).toEqual({ ...alone, event: 2 });
    expect(await other.store.read(seen)).toEqual({ ...alone, event: 2 });
    await expect(
      mine.store.change(async (transaction) => {
        await transaction.put("user", 2, '"bob"');
        throw new Error("refused");
      }),
    ).rejects.toThrow("refused");
    expect(await mine.store.read(seen)).toEqual({ ...alone, event: 2 });
  });

  test("is one snapshot, also where another shell changes it while it is read", async () => {
    const address = server.newHome();
    const [mine, other] = [await opened(address), await opened(address)];
    await mine.store.read((snapshot) => snapshot.get("user", 1));
    let isFirst = true;
    const read = await mine.store.read(async (snapshot) => {
      const user = await snapshot.get("user", 1);
      if (isFirst) await other.store.change((transaction) => transaction.put("user", 1, '"root"'));
      isFirst = false;
      return [user, await snapshot.list("user")];
    });
    expect(read).toEqual(['"root"', [{ key: 1, text: '"root"' }]]);
  });

  test("is asked for once: what is known takes one look", async () => {
    const { store } = await opened(server.newHome());
    await store.read(seen);
    const asked = vi.spyOn(Client.prototype, "query");
    onTestFinished(() => {
      asked.mockRestore();
    });
    await store.read(seen);
    expect(asked.mock.calls).toHaveLength(1);
  });

  test("is found again where a backup was restored that counts as many changes", async () => {
    const address = server.newHome();
    const { store } = await opened(address);
    expect(await store.read(seen)).toEqual(alone);
    const schema = new URL(address).searchParams.get("schema") ?? "";
    server.ask(
      `BEGIN; UPDATE ${schema}.record SET content = '"alice"' WHERE collection = 'user'; UPDATE ${schema}.place SET changes = changes; COMMIT`,
    );
    expect(await store.read((snapshot) => snapshot.get("user", 1))).toBe('"alice"');
  });
});

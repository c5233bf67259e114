import { describe, expect, onTestFinished, test } from "vitest";
import { isMissing } from "../harness/debian.ts";
import { PostgresRoad } from "../harness/postgres-road.ts";
import { PostgresServer } from "../harness/postgres-server.ts";
import { conflicts } from "../../src/store/postgres/attempts.ts";
import { placeNamed } from "../../src/store/postgres/place.ts";
import { PostgresHome } from "../../src/store/postgres/postgres-home.ts";
import type { Store } from "../../src/store/store.ts";

const h0 = { hostname: "h0", port: 2225 };
const unavailable = { name: "StoreError", failure: "unavailable" };

describe.skipIf(isMissing("postgresql"))("a server that fails", () => {
  const server = PostgresServer.started({ fsync: "on" });

  /** A home with an HSM, as one shell has it. */
  async function opened(
    address = server.newHome(),
  ): Promise<{ readonly home: PostgresHome; readonly store: Store; readonly address: string }> {
    const home = new PostgresHome(placeNamed(address));
    onTestFinished(() => home.close());
    await home.prepare();
    await home.create(h0, "hsm-a", (transaction) => transaction.put("user", 1, '"admin"'));
    return { home, store: await home.open(h0), address };
  }

  const users = (store: Store) => store.read((snapshot) => snapshot.count("user"));
  const add = (store: Store, key: number, before: () => unknown = () => undefined) =>
    store.change(async (transaction) => {
      await transaction.put("user", key, '"alice"');
      await before();
    });
  const killBackends = () =>
    server.ask(
      "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'cloudhsm_mgmt_util'",
    );

  test("a backend that is killed in the midst of a change: it is done once, and acknowledged", async () => {
    const { store } = await opened();
    let times = 0;
    await add(store, 2, () => {
      if (times++ === 0) killBackends();
    });
    expect([times, await users(store)]).toEqual([2, 2]);
  });

  test("while the server is away nothing is acknowledged, and the shell goes on when it is back, logged in as before", async () => {
    const { home, store, address } = await opened();
    const mark = await home.presence.announce();
    server.stop("immediate");
    await expect(add(store, 2)).rejects.toMatchObject(unavailable);
    await expect(users(store)).rejects.toMatchObject(unavailable);
    server.start();
    expect(await users(store)).toBe(1);
    await add(store, 3);
    expect(await home.presence.announce()).toBe(mark);
    const other = await opened(address);
    expect(await other.home.presence.isAlive(mark)).toBe(true);
    expect(await users(other.store)).toBe(2);
  });

  test("a server that stops in the midst of a change keeps nothing of it", async () => {
    const { store } = await opened();
    const changed = add(store, 2, () => {
      server.stop("immediate");
    });
    await expect(changed).rejects.toMatchObject(unavailable);
    server.start();
    expect(await users(store)).toBe(1);
  });

  test("what was acknowledged is there after a server lost its power", async () => {
    const { store } = await opened();
    for (let key = 2; key < 12; key++) await add(store, key);
    server.stop("immediate");
    server.start();
    expect(await users(store)).toBe(11);
  });

  test("a commit that a server lost with its power is not taken for another one's that has its number", async () => {
    const road = new PostgresRoad(server);
    const { store } = await opened(road.home("power"));
    const create = (key: number) =>
      store.change(async (transaction) => {
        await transaction.put("user", key, '"alice"');
        await transaction.append({ sequence: key, text: '"created"' });
      });
    road.watch();
    await create(2);
    const { client: statements } = road.said;
    const disturb = async (backend: number): Promise<"cut"> => {
      const number = server.ask(`SELECT backend_xid FROM pg_stat_activity WHERE pid = ${String(backend)}`);
      expect(number).toMatch(/^\d+$/);
      server.stop("immediate");
      server.start();
      const next = (): number => Number(server.ask("SELECT pg_current_xact_id()"));
      let given = next();
      while (given < Number(number)) given = next();
      expect(given).toBe(Number(number));
      return Promise.resolve("cut");
    };
    // Behind what is written, the commit and the end of its turn wait.
    road.watch({ speaker: "client", at: statements - 3, disturb });
    await create(3);
    expect(await users(store)).toBe(3);
  });

  test("a shell whose connection ends is not alive any more", async () => {
    const { home, address } = await opened();
    const other = await opened(address);
    const mark = await home.presence.announce();
    expect(await other.home.presence.isAlive(mark)).toBe(true);
    killBackends();
    expect(await other.home.presence.isAlive(mark)).toBe(false);
  });

  test("an HSM that was deleted is told of, and one whose schema was dropped", async () => {
    const { home, store, address } = await opened();
    const schema = new URL(address).searchParams.get("schema") ?? "";
    server.ask(`DELETE FROM ${schema}.place`);
    await expect(users(store)).rejects.toThrow("was deleted");
    server.ask(`DROP SCHEMA ${schema} CASCADE`);
    await expect(users(store)).rejects.toMatchObject(unavailable);
    await expect(home.inspect(h0)).rejects.toMatchObject(unavailable);
  });

  test("a schema of something else, and one of a newer version, are left alone", async () => {
    server.ask("CREATE SCHEMA other; CREATE TABLE other.customers (id integer)");
    const other = new PostgresHome(placeNamed(server.home("other")));
    onTestFinished(() => other.close());
    await expect(other.prepare()).rejects.toThrow("keeps something else");
    const { address, home } = await opened();
    await home.close();
    const schema = new URL(address).searchParams.get("schema") ?? "";
    server.ask(`UPDATE ${schema}.home SET version = 99`);
    const later = new PostgresHome(placeNamed(address));
    onTestFinished(() => later.close());
    await expect(later.list()).rejects.toThrow("newer version");
  });

  test("requests that are a shell's first ones all find out at once that the server has no TLS", async () => {
    const { address } = await opened();
    const home = new PostgresHome(placeNamed(address));
    onTestFinished(() => home.close());
    expect(await Promise.all(Array.from({ length: 20 }, () => home.list()))).toEqual(Array(20).fill([h0]));
  });

  test("changes of many shells at once are told to none as a failure", async () => {
    const { address, store } = await opened();
    const shells = await Promise.all(Array.from({ length: 8 }, () => opened(address)));
    const before = conflicts.count;
    await Promise.all(
      shells.map(async (shell, at) => {
        for (let turn = 0; turn < 10; turn++) {
          await shell.store.change(async (transaction) => {
            const last = (await transaction.lastEvent()) ?? -1;
            await transaction.append({ sequence: last + 1, text: `"${String(at)}"` });
            await transaction.put("user", 100 + at, String((await transaction.count("user")) + turn));
          });
        }
      }),
    );
    const events = await store.read((snapshot) => snapshot.events());
    expect(events.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 80 }, (_, at) => at));
    console.log(`${String(conflicts.count - before)} of 80 changes met another one and ran again`);
  });
});

import { describe, expect, onTestFinished, test } from "vitest";
import { isMissing } from "../harness/debian.ts";
import { PostgresServer } from "../harness/postgres-server.ts";
import { Changes } from "../../src/store/postgres/changes.ts";
import { Connections } from "../../src/store/postgres/connections.ts";
import { placeNamed } from "../../src/store/postgres/place.ts";
import { PostgresHome } from "../../src/store/postgres/postgres-home.ts";

const h0 = { hostname: "h0", port: 2225 };
/** Longer than a test may take: whoever waits is told, or the test fails. */
const never = 3_600_000;

describe.skipIf(isMissing("postgresql"))("whoever watches a home in a database, and never looks by itself", () => {
  const server = PostgresServer.started();

  /** A home that another shell changes, and somebody who listens there. */
  async function watched() {
    const place = placeNamed(server.newHome());
    const home = new PostgresHome(place);
    const connections = new Connections(place);
    const changes = new Changes(connections, never);
    onTestFinished(async () => {
      await changes.close();
      await connections.close();
      await home.close();
    });
    await home.prepare();
    const { signal } = new AbortController();
    // It listens from then on.
    await changes.next(signal);
    return { home, changes, signal };
  }

  test("is told of an HSM that is made, changed and deleted", async () => {
    const { home, changes, signal } = await watched();
    const deeds: readonly (() => Promise<unknown>)[] = [
      () => home.create(h0, "hsm-a", (transaction) => transaction.put("user", 1, '"admin"')),
      async () => (await home.open(h0)).change((transaction) => transaction.put("user", 2, '"bob"')),
      async () => {
        await (await home.open(h0)).close();
        const held = await home.hold(h0);
        await held.delete();
        await held.release();
      },
    ];
    for (const deed of deeds) {
      const told = changes.next(signal);
      await deed();
      await told;
    }
    expect(await home.list()).toEqual([]);
  });

  test("is told of what belongs to no HSM, as faults do", async () => {
    const { home, changes, signal } = await watched();
    const records = await home.keepRecords();
    const told = changes.next(signal);
    await records.change((transaction) => transaction.put("fault", 1, "{}"));
    await told;
    expect(await records.read((snapshot) => snapshot.count("fault"))).toBe(1);
  });

  test("ends when it is told to", async () => {
    const { changes } = await watched();
    const ended = new AbortController();
    const told = changes.next(ended.signal);
    ended.abort();
    await told;
    expect(ended.signal.aborted).toBe(true);
  });
});

import { join } from "node:path";
import { afterAll, onTestFinished } from "vitest";
import type { Home } from "../../src/store/home.ts";
import { createFile } from "../../src/store/sqlite/new-file.ts";
import { unlimited } from "../../src/store/patience.ts";
import { SqliteStore } from "../../src/store/sqlite/sqlite-store.ts";
import type { Store, Transaction } from "../../src/store/store.ts";
import { MemoryStore } from "../../src/store/memory/memory-store.ts";
import { placeNamed } from "../../src/store/postgres/place.ts";
import { PostgresHome } from "../../src/store/postgres/postgres-home.ts";
import { isMissing } from "./debian.ts";
import { PostgresServer } from "./postgres-server.ts";
import { temporaryFolder } from "./program.ts";

/** Where an HSM keeps its state. */
export interface Keeper {
  /** Writes what a new HSM begins with. */
  create(work: (transaction: Transaction) => Promise<void>): Promise<void>;
  /** Opens it for one more shell. */
  open(): Promise<Store>;
}

/** In memory: all shells have one store. */
export function inMemory(store = new MemoryStore()): Keeper {
  return { create: (work) => store.change(work), open: () => Promise.resolve(store) };
}

/** In a file, as the program keeps it: each shell opens it for itself, until the test is over. */
export function inFile(path = join(temporaryFolder(), "test.hsm")): Keeper {
  return {
    create: async (work) => {
      await createFile(path, 1, unlimited, work);
    },
    open: async () => {
      const store = await SqliteStore.open(path, unlimited);
      onTestFinished(() => store.close());
      return store;
    },
  };
}

/** In a home of any kind, as the HSM of a host there. */
export function inHome(home: Home, hostname: string): Keeper {
  const address = { hostname, port: 2225 };
  return {
    create: async (work) => {
      await home.prepare();
      await home.create(address, `hsm-${hostname}`, work);
    },
    open: () => home.open(address),
  };
}

/** In a database: each call is another HSM in one home, on a server of this test file; none where PostgreSQL is missing. */
export function inPostgres(): readonly (readonly [kind: string, make: () => Keeper])[] {
  if (isMissing("postgresql")) return [];
  const server = PostgresServer.started();
  const home = new PostgresHome(placeNamed(server.newHome()));
  afterAll(() => home.close());
  let made = 0;
  return [["PostgreSQL", () => inHome(home, `h${String(made++)}`)]];
}

/** Kinds of keepers that every HSM must work in; each call is another HSM. */
export const keepers: readonly (readonly [kind: string, make: () => Keeper])[] = [["memory", () => inMemory()]];

/** Where HSMs of tests that say nothing keep their state: `CLOUDHSM_TEST_KEEPER=postgresql` has all of them in a database. */
export const usualKeeper = process.env["CLOUDHSM_TEST_KEEPER"] === "postgresql" ? inPostgres()[0]?.[1] : undefined;

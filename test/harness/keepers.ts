import { join } from "node:path";
import { onTestFinished } from "vitest";
import { createFile } from "../../src/store/sqlite/new-file.ts";
import { unlimited } from "../../src/store/patience.ts";
import { SqliteStore } from "../../src/store/sqlite/sqlite-store.ts";
import type { Store, Transaction } from "../../src/store/store.ts";
import { MemoryStore } from "../../src/store/memory/memory-store.ts";
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

import type { Address } from "../address.ts";
import type { MemoryStore } from "./memory-store.ts";
import { type Snapshot, type Store, StoreError, type Transaction } from "../store.ts";

/** An HSM in memory, and who works on it. */
export interface MemoryHsm {
  readonly address: Address;
  readonly id: string;
  readonly since: Date;
  readonly store: MemoryStore;
  readonly users: Set<MemoryPart>;
  isHeld: boolean;
}

/** One shell's part in the store of an HSM, until it is closed. */
export class MemoryPart implements Store {
  readonly #hsm: MemoryHsm;

  constructor(hsm: MemoryHsm) {
    this.#hsm = hsm;
    hsm.users.add(this);
  }

  get isOpen(): boolean {
    return this.#hsm.users.has(this);
  }

  async read<T>(work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
    await this.check();
    return this.#hsm.store.read(work);
  }

  async change<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    await this.check();
    return this.#hsm.store.change(work);
  }

  check(): Promise<void> {
    if (this.isOpen) return Promise.resolve();
    return Promise.reject(new StoreError("unavailable", "the HSM is closed"));
  }

  close(): Promise<void> {
    this.#hsm.users.delete(this);
    return Promise.resolve();
  }
}

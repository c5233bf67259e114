import type { Address } from "./address.ts";
import type { Presence } from "./presence.ts";
import type { Snapshot, Store, Transaction } from "./store.ts";

/** What is at the place of an HSM, as far as can be seen without opening it. */
export type Found =
  | { readonly kind: "absent" }
  | FoundHsm
  | { readonly kind: "otherFormat" }
  | { readonly kind: "unusable"; readonly reason: string };

/** An HSM that can be opened. */
interface FoundHsm {
  readonly kind: "hsm";
  /** By which its id is recognised ({@link Home.markOf}): two HSMs with one mark are copies. */
  readonly mark: string;
  /** When it was created. */
  readonly since: Date;
}

/** What is said of homes of a kind: a message says "file" only where there is one. */
export interface HomeWords {
  /** What a home is: "folder". */
  readonly home: string;
  /** What an HSM is kept in: "file". */
  readonly place: string;
  /** How an operator brings a damaged HSM back. */
  readonly restore: (whose: "the" | "its") => string;
}

/** How a shell waits while another one creates HSMs in the same home. */
export interface Waiting {
  /** Ends it: {@link Home.exclusively} rejects with the signal's reason. */
  readonly signal: AbortSignal;
  /** Called after each try that found another one at work, with the milliseconds since the first. */
  readonly waited: (milliseconds: number) => void;
}

/** An HSM that no other shell has open, nor opens while it is held: it may be deleted. */
export interface HeldHsm {
  /** Reads what it keeps: who holds an HSM cannot open it. Throws StoreError. */
  read<T>(work: (snapshot: Snapshot) => Promise<T>): Promise<T>;
  /** Deletes all that there is of it. Throws StoreError. */
  delete(): Promise<void>;
  /** To be called before another HSM is made in its place. */
  release(): Promise<void>;
}

/**
 * Where HSMs live, as one shell sees it. Shells of one process have one each, which share the store of each HSM. What
 * fails throws StoreError.
 */
export interface Home {
  /** Where it is. */
  readonly name: string;
  readonly words: HomeWords;
  /** By which other shells see that this one is alive, until it closes the home. */
  readonly presence: Presence;

  /** What messages call the place of the HSM at an address, whether there is one or not. */
  placeOf(address: Address): string;
  /** The mark of the HSM with that id. */
  markOf(hsmId: string): string;
  inspect(address: Address): Promise<Found>;
  /** The addresses at which anything is. */
  list(): Promise<readonly Address[]>;

  /**
   * Opens the store of the HSM at an address, or returns the one that this shell has open. It stays open until it is
   * closed, even when its records turn out to be damaged. Throws StoreError `unavailable` where there is no HSM.
   */
  open(address: Address): Promise<Store>;
  /**
   * The store of what is kept here that belongs to no HSM: faults, backups, which HSM is stopped; undefined where nothing
   * was kept yet. As with {@link open}, a shell has it open once. Throws StoreError.
   */
  records(): Promise<Store | undefined>;
  /** The same, made where there is none. To be called {@link exclusively}. */
  keepRecords(): Promise<Store>;
  /** Has all that was committed where a copy of an HSM's place takes it along. Never rejects. */
  settle(): Promise<void>;
  /** Closes what is open, and ends this shell's presence. */
  close(): Promise<void>;
  /**
   * Lets go, at once, of HSMs that this process closed: who goes on living after it visited a home must not be in the
   * way of whoever wants to delete one.
   */
  giveBack(): Promise<void>;

  /**
   * A text that is another one after the HSM at an address was changed, made or deleted: seen without opening it. Throws
   * StoreError.
   */
  traceOf(address: Address): Promise<string>;
  /** The same of what belongs to no HSM. */
  traceOfRecords(): Promise<string>;

  /**
   * Waits until something here may have been changed: until somebody tells, where homes of this kind do, or else so many
   * milliseconds. Never rejects, and ends at once when `signal` is aborted.
   */
  untilChanged(milliseconds: number, signal: AbortSignal): Promise<void>;

  /** Makes it ready for new HSMs. Throws StoreError where it can hold none. */
  prepare(): Promise<void>;
  /** Runs `work` while no other shell runs any here: what the HSMs of a cluster share is drawn only once. */
  exclusively<T>(waiting: Waiting, work: () => Promise<T>): Promise<T>;
  /** Creates the store of an HSM, all or nothing; leaves one that exists as it is. To be called {@link exclusively}. */
  create(address: Address, hsmId: string, work: (transaction: Transaction) => Promise<void>): Promise<void>;
  /** Holds an HSM for deleting it. Throws StoreError `busy` while another shell has it open. */
  hold(address: Address): Promise<HeldHsm>;
  /** Holds in the same way what belongs to no HSM; undefined where nothing was kept. */
  holdRecords(): Promise<HeldHsm | undefined>;
}

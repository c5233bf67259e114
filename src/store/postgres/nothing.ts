import type { Key, Snapshot, StoredEvent, StoredRecord } from "../store.ts";

/** What there is of a place that is being made: nobody need be asked for it. */
export const nothing: Snapshot = {
  get: () => Promise.resolve(undefined),
  list: () => Promise.resolve<readonly StoredRecord[]>([]),
  count: () => Promise.resolve(0),
  collections: () => Promise.resolve<readonly string[]>([]),
  lastKey: () => Promise.resolve<Key | undefined>(undefined),
  events: () => Promise.resolve<readonly StoredEvent[]>([]),
  countEvents: () => Promise.resolve(0),
  lastEvent: () => Promise.resolve(undefined),
};

import type { Store } from "../store/store.ts";
import { type NumberedEvent, listEvents } from "./records/event-record.ts";
import { translated } from "./request/storage-failure.ts";

/** The number that the next event of an HSM will have. Throws HsmError for a store that cannot be read. */
export function nextEventOf(opening: Promise<Store>): Promise<number> {
  return translated(async () => (await opening).read(async (snapshot) => ((await snapshot.lastEvent()) ?? -1) + 1));
}

/** The events of an HSM from a number on. Throws HsmError for a store that cannot be read. */
export function eventsFrom(opening: Promise<Store>, from: number): Promise<readonly NumberedEvent[]> {
  return translated(async () => (await opening).read((snapshot) => listEvents(snapshot, from)));
}

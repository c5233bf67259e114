import type { ClientBase } from "pg";
import { version } from "./look.ts";
import { type Changed, Known } from "./known.ts";
import { asking } from "./reading.ts";
import { type KeyColumns, PostgresSnapshot, columnsOf } from "./snapshot.ts";
import {
  type Key,
  type Snapshot,
  type StoredEvent,
  type StoredRecord,
  type Transaction,
  compareKeys,
} from "../store.ts";

/** What a transaction wrote of one record: undefined where it removed it. */
interface Written extends KeyColumns {
  readonly collection: string;
  readonly key: Key;
  readonly text: string | undefined;
}

/** A snapshot with what is to be written kept beside it: all of it goes to the server at once, when the work is done. */
export class PostgresTransaction implements Transaction {
  readonly #client: ClientBase;
  readonly #place: number;
  readonly #before: Snapshot;
  /** By their collections, then their keys. */
  #written = new Map<string, Map<Key, Written>>();
  #events: StoredEvent[] = [];

  /** @param before what there was of the place before it */
  constructor(client: ClientBase, place: number, before: Snapshot) {
    this.#before = before;
    this.#client = client;
    this.#place = place;
  }

  /** Whether it changes anything. */
  get changes(): boolean {
    return this.#written.size > 0 || this.#events.length > 0;
  }

  async get(collection: string, key: Key): Promise<string | undefined> {
    const written = this.#written.get(collection)?.get(key);
    return written === undefined ? this.#before.get(collection, key) : written.text;
  }

  async list(collection: string): Promise<readonly StoredRecord[]> {
    const before = await this.#before.list(collection);
    const written = this.#written.get(collection);
    if (written === undefined) return before;
    const now = new Map(before.map(({ key, text }) => [key, text]));
    for (const { key, text } of written.values()) {
      if (text === undefined) now.delete(key);
      else now.set(key, text);
    }
    return [...now].map(([key, text]) => ({ key, text })).sort((one, other) => compareKeys(one.key, other.key));
  }

  async count(collection: string): Promise<number> {
    return this.#written.has(collection) ? (await this.list(collection)).length : this.#before.count(collection);
  }

  async collections(): Promise<readonly string[]> {
    const all = new Set([...(await this.#before.collections()), ...this.#written.keys()]);
    const counted = [...all].map(async (name) => [name, await this.count(name)] as const);
    return (await Promise.all(counted)).filter(([, count]) => count > 0).map(([name]) => name);
  }

  async lastKey(collection: string): Promise<Key | undefined> {
    return this.#written.has(collection) ? (await this.list(collection)).at(-1)?.key : this.#before.lastKey(collection);
  }

  async events(from = 0, atMost?: number): Promise<readonly StoredEvent[]> {
    const before = await this.#before.events(from, atMost);
    return [...before, ...this.#events.filter(({ sequence }) => sequence >= from)].slice(0, atMost);
  }

  async countEvents(): Promise<number> {
    return (await this.#before.countEvents()) + this.#events.length;
  }

  async lastEvent(): Promise<number | undefined> {
    return this.#events.at(-1)?.sequence ?? this.#before.lastEvent();
  }

  put(collection: string, key: Key, text: string): Promise<void> {
    return this.#write(collection, key, text);
  }

  remove(collection: string, key: Key): Promise<void> {
    return this.#write(collection, key, undefined);
  }

  append(event: StoredEvent): Promise<void> {
    this.#events.push(event);
    return Promise.resolve();
  }

  undo(): Promise<void> {
    this.#written = new Map();
    this.#events = [];
    return Promise.resolve();
  }

  /** What it changes. */
  get changed(): Changed {
    return { records: this.#records, lastEvent: this.#events.at(-1)?.sequence };
  }

  /** Sends what was written to the server, and returns the version of the place that this makes. */
  async flush(): Promise<string> {
    const written = this.#records;
    const removed = written.filter(({ text }) => text === undefined);
    const put = written.filter(({ text }) => text !== undefined);
    const { rows } = await this.#client.query<{ version: string }>({
      name: "flush",
      text: flushing,
      values: [
        this.#place,
        ...columns(removed),
        ...columns(put),
        put.map(({ text }) => text),
        this.#events.map(({ sequence }) => sequence),
        this.#events.map(({ text }) => text),
      ],
    });
    return rows[0]?.version ?? "";
  }

  /**
   * Whether what was written is there, as another connection sees it; undefined where others may have written over it. An
   * event stays as it is, so that one tells for sure.
   */
  async isKept(client: ClientBase): Promise<boolean | undefined> {
    const now = new PostgresSnapshot(asking(client, this.#place), new Known(), "");
    const [event] = this.#events;
    if (event !== undefined) return (await now.events(event.sequence, 1))[0]?.text === event.text;
    for (const { collection, key, text } of this.#records) {
      if ((await now.get(collection, key)) !== text) return undefined;
    }
    return true;
  }

  /** All that was written, of every collection. */
  get #records(): readonly Written[] {
    return [...this.#written.values()].flatMap((records) => [...records.values()]);
  }

  #write(collection: string, key: Key, text: string | undefined): Promise<void> {
    const records = this.#written.get(collection) ?? new Map<Key, Written>();
    this.#written.set(collection, records);
    records.set(key, { collection, key, ...columnsOf(key), text });
    return Promise.resolve();
  }
}

/** All that a transaction writes, in one statement: no record is both removed and put. */
const flushing = `
WITH removed AS (
  DELETE FROM record USING unnest($2::text[], $3::float8[], $4::text[]) AS old (collection, number, name)
  WHERE place = $1 AND record.collection = old.collection AND record.number = old.number AND record.name = old.name
), put AS (
  INSERT INTO record (place, collection, number, name, content)
  SELECT $1, * FROM unnest($5::text[], $6::float8[], $7::text[], $8::text[])
  ON CONFLICT (place, collection, number, name) DO UPDATE SET content = excluded.content
), appended AS (
  INSERT INTO event (place, sequence, content) SELECT $1, * FROM unnest($9::bigint[], $10::text[])
)
UPDATE place SET changes = changes + 1 WHERE place = $1 RETURNING ${version}`;

function columns(written: readonly Written[]): readonly unknown[] {
  return [
    written.map(({ collection }) => collection),
    written.map(({ number }) => number),
    written.map(({ name }) => name),
  ];
}

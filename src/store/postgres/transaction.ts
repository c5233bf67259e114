import type { ClientBase } from "pg";
import { type KeyColumns, PostgresSnapshot, columnsOf } from "./snapshot.ts";
import type { Key, StoredEvent, StoredRecord, Transaction } from "../store.ts";

/** What a transaction wrote of one record: undefined where it removed it. */
interface Written extends KeyColumns {
  readonly collection: string;
  readonly key: Key;
  readonly text: string | undefined;
}

/** A snapshot with what is to be written kept beside it: all of it goes to the server at once, when the work is done. */
export class PostgresTransaction extends PostgresSnapshot implements Transaction {
  readonly #client: ClientBase;
  readonly #place: number;
  /** By their collections, then their keys. */
  #written = new Map<string, Map<Key, Written>>();
  #events: StoredEvent[] = [];

  constructor(client: ClientBase, place: number) {
    super(client, place);
    this.#client = client;
    this.#place = place;
  }

  /** Whether it changes anything. */
  get changes(): boolean {
    return this.#written.size > 0 || this.#events.length > 0;
  }

  override async get(collection: string, key: Key): Promise<string | undefined> {
    const written = this.#written.get(collection)?.get(key);
    return written === undefined ? super.get(collection, key) : written.text;
  }

  override async list(collection: string): Promise<readonly StoredRecord[]> {
    const before = await super.list(collection);
    const written = this.#written.get(collection);
    if (written === undefined) return before;
    const now = new Map(before.map(({ key, text }) => [key, text]));
    for (const { key, text } of written.values()) {
      if (text === undefined) now.delete(key);
      else now.set(key, text);
    }
    return [...now].map(([key, text]) => ({ key, text })).sort((one, other) => compare(one.key, other.key));
  }

  override async count(collection: string): Promise<number> {
    return this.#written.has(collection) ? (await this.list(collection)).length : super.count(collection);
  }

  override async collections(): Promise<readonly string[]> {
    const all = new Set([...(await super.collections()), ...this.#written.keys()]);
    const counted = [...all].map(async (name) => [name, await this.count(name)] as const);
    return (await Promise.all(counted)).filter(([, count]) => count > 0).map(([name]) => name);
  }

  override async lastKey(collection: string): Promise<Key | undefined> {
    return this.#written.has(collection) ? (await this.list(collection)).at(-1)?.key : super.lastKey(collection);
  }

  override async events(from = 0, atMost?: number): Promise<readonly StoredEvent[]> {
    const before = await super.events(from, atMost);
    return [...before, ...this.#events.filter(({ sequence }) => sequence >= from)].slice(0, atMost);
  }

  override async countEvents(): Promise<number> {
    return (await super.countEvents()) + this.#events.length;
  }

  override async lastEvent(): Promise<number | undefined> {
    return this.#events.at(-1)?.sequence ?? super.lastEvent();
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

  /** Sends what was written to the server. */
  async flush(): Promise<void> {
    const written = [...this.#written.values()].flatMap((records) => [...records.values()]);
    const removed = written.filter(({ text }) => text === undefined);
    const put = written.filter(({ text }) => text !== undefined);
    await this.#client.query({
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
UPDATE place SET changes = changes + 1 WHERE place = $1`;

function columns(written: readonly Written[]): readonly unknown[] {
  return [
    written.map(({ collection }) => collection),
    written.map(({ number }) => number),
    written.map(({ name }) => name),
  ];
}

/** Numbers before texts. */
function compare(one: Key, other: Key): number {
  if (typeof one === "number") return typeof other === "number" ? one - other : -1;
  if (typeof other === "number") return 1;
  return one < other ? -1 : Number(one > other);
}

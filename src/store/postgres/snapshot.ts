import type { ClientBase } from "pg";
import type { Key, Snapshot, StoredEvent, StoredRecord } from "../store.ts";

/** A key as two columns have it: a text stands beside "Infinity". */
export interface KeyColumns {
  readonly number: number;
  readonly name: string;
}

/** The columns of a key. */
export function columnsOf(key: Key): KeyColumns {
  return typeof key === "number" ? { number: key, name: "" } : { number: Infinity, name: key };
}

function keyOf({ number, name }: KeyColumns): Key {
  return number === Infinity ? name : number;
}

/** What the transaction that a connection has begun sees of a place: each question is one to the server. */
export class PostgresSnapshot implements Snapshot {
  readonly #client: ClientBase;
  readonly #place: number;

  constructor(client: ClientBase, place: number) {
    this.#client = client;
    this.#place = place;
  }

  async get(collection: string, key: Key): Promise<string | undefined> {
    const { number, name } = columnsOf(key);
    const rows = await this.#ask<{ content: string }>(
      "get",
      "SELECT content FROM record WHERE place = $1 AND collection = $2 AND number = $3 AND name = $4",
      [collection, number, name],
    );
    return rows[0]?.content;
  }

  async list(collection: string): Promise<readonly StoredRecord[]> {
    const rows = await this.#ask<KeyColumns & { content: string }>(
      "list",
      "SELECT number, name, content FROM record WHERE place = $1 AND collection = $2 ORDER BY number, name",
      [collection],
    );
    return rows.map(({ content, ...key }) => ({ key: keyOf(key), text: content }));
  }

  async count(collection: string): Promise<number> {
    const rows = await this.#ask<{ count: number }>(
      "count",
      "SELECT count(*)::integer AS count FROM record WHERE place = $1 AND collection = $2",
      [collection],
    );
    return rows[0]?.count ?? 0;
  }

  async collections(): Promise<readonly string[]> {
    const rows = await this.#ask<{ collection: string }>(
      "collections",
      "SELECT DISTINCT collection FROM record WHERE place = $1",
      [],
    );
    return rows.map(({ collection }) => collection);
  }

  async lastKey(collection: string): Promise<Key | undefined> {
    const rows = await this.#ask<KeyColumns>(
      "lastKey",
      `SELECT number, name FROM record WHERE place = $1 AND collection = $2
       ORDER BY place DESC, collection DESC, number DESC, name DESC LIMIT 1`,
      [collection],
    );
    return rows[0] === undefined ? undefined : keyOf(rows[0]);
  }

  async events(from = 0, atMost?: number): Promise<readonly StoredEvent[]> {
    const rows = await this.#ask<{ sequence: number; content: string }>(
      "events",
      "SELECT sequence::float8, content FROM event WHERE place = $1 AND sequence >= $2 ORDER BY event.sequence LIMIT $3",
      [from, atMost ?? null],
    );
    return rows.map(({ sequence, content }) => ({ sequence, text: content }));
  }

  async countEvents(): Promise<number> {
    const rows = await this.#ask<{ count: number }>(
      "countEvents",
      "SELECT count(*)::integer AS count FROM event WHERE place = $1",
      [],
    );
    return rows[0]?.count ?? 0;
  }

  async lastEvent(): Promise<number | undefined> {
    const rows = await this.#ask<{ sequence: number }>(
      "lastEvent",
      "SELECT sequence::float8 FROM event WHERE place = $1 ORDER BY place DESC, event.sequence DESC LIMIT 1",
      [],
    );
    return rows[0]?.sequence;
  }

  async #ask<Row extends object>(
    name: string,
    text: string,
    values: readonly (string | number | null)[],
  ): Promise<readonly Row[]> {
    const { rows } = await this.#client.query<Row & Record<string, unknown>>({
      name,
      text,
      values: [this.#place, ...values],
    });
    return rows;
  }
}

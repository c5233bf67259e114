import type { Known } from "./known.ts";
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

/** Asks the server for rows of a place, whose number is the first value. */
export type Ask = <Row extends object>(
  name: string,
  text: string,
  values: readonly (string | number | null | readonly string[])[],
) => Promise<readonly Row[]>;

/** What a transaction sees of a place: what is known of its version, and else what the server says. */
export class PostgresSnapshot implements Snapshot {
  readonly #ask: Ask;
  readonly #known: Known;
  readonly #version: string;

  /** @param version of the place, as the transaction sees it */
  constructor(ask: Ask, known: Known, version: string) {
    this.#ask = ask;
    this.#known = known;
    this.#version = version;
  }

  async get(collection: string, key: Key): Promise<string | undefined> {
    const known = this.#known;
    if (known.isAt(this.#version) && known.has(collection, key)) return known.get(collection, key);
    const { number, name } = columnsOf(key);
    const collections = known.beside(collection);
    const rows = await this.#ask<{ collection: string; content: string }>(
      "get",
      "SELECT collection, content FROM record WHERE place = $1 AND collection = ANY ($2) AND number = $3 AND name = $4",
      [collections, number, name],
    );
    const found = new Map(rows.map((row) => [row.collection, row.content]));
    if (known.isAt(this.#version)) for (const each of collections) known.record(each, key, found.get(each));
    return found.get(collection);
  }

  list(collection: string): Promise<readonly StoredRecord[]> {
    return this.#remembered(this.#known.lists, collection, async () => {
      const rows = await this.#ask<KeyColumns & { content: string }>(
        "list",
        "SELECT number, name, content FROM record WHERE place = $1 AND collection = $2 ORDER BY number, name",
        [collection],
      );
      return rows.map(({ content, ...key }) => ({ key: keyOf(key), text: content }));
    });
  }

  count(collection: string): Promise<number> {
    return this.#remembered(this.#known.counts, collection, async () => {
      const rows = await this.#ask<{ count: number }>(
        "count",
        "SELECT count(*)::integer AS count FROM record WHERE place = $1 AND collection = $2",
        [collection],
      );
      return rows[0]?.count ?? 0;
    });
  }

  async collections(): Promise<readonly string[]> {
    const rows = await this.#ask<{ collection: string }>(
      "collections",
      "SELECT DISTINCT collection FROM record WHERE place = $1",
      [],
    );
    return rows.map(({ collection }) => collection);
  }

  lastKey(collection: string): Promise<Key | undefined> {
    return this.#remembered(this.#known.lastKeys, collection, async () => {
      const rows = await this.#ask<KeyColumns>(
        "lastKey",
        `SELECT number, name FROM record WHERE place = $1 AND collection = $2
         ORDER BY place DESC, collection DESC, number DESC, name DESC LIMIT 1`,
        [collection],
      );
      return rows[0] === undefined ? undefined : keyOf(rows[0]);
    });
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

  lastEvent(): Promise<number | undefined> {
    return this.#remembered(this.#known.lastEvents, "", async () => {
      const rows = await this.#ask<{ sequence: number }>(
        "lastEvent",
        "SELECT sequence::float8 FROM event WHERE place = $1 ORDER BY place DESC, event.sequence DESC LIMIT 1",
        [],
      );
      return rows[0]?.sequence;
    });
  }

  async #remembered<T>(answers: Map<string, T>, collection: string, ask: () => Promise<T>): Promise<T> {
    const known = this.#known;
    const answer = known.isAt(this.#version) ? answers.get(collection) : undefined;
    if (answer !== undefined) return answer;
    const asked = await ask();
    if (known.isAt(this.#version)) known.answer(answers, collection, asked);
    return asked;
  }
}

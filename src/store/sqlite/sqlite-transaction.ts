import type Database from "libsql";
import { successorOf } from "./generation.ts";
import { Place } from "./place.ts";
import { type Statements, separator } from "./statements.ts";
import { type Key, StoreError, type StoredEvent, type StoredRecord, type Transaction } from "../store.ts";

/** What SQLite takes for no limit. */
const unbounded = -1;

/** The transaction that is open on a database. Everything throws {@link StoreError} `damaged` for damaged records. */
export class SqliteTransaction implements Transaction {
  readonly #database: Database.Database;
  readonly #statements: Statements;
  readonly #beginsLog: () => boolean;
  #wrote = false;

  /** @param beginsLog whether its first write will be the first of the log */
  constructor(database: Database.Database, statements: Statements, beginsLog = () => false) {
    this.#database = database;
    this.#statements = statements;
    this.#beginsLog = beginsLog;
  }

  get(collection: string, key: Key): Promise<string | undefined> {
    const row = this.#statements.get.get(collection, key) as readonly [unknown] | undefined;
    return Promise.resolve(row === undefined ? undefined : this.#place(collection).textOf(key, decode(row)));
  }

  list(collection: string): Promise<readonly StoredRecord[]> {
    const [keyBytes, contentBytes] = this.#statements.list.get(collection) as readonly [unknown, unknown];
    // Empty collections have no content at all.
    if (contentBytes === null) return Promise.resolve([]);
    const keys = parse([keyBytes]) as readonly Key[];
    const contents = decode([contentBytes]).split(separator);
    if (contents.length !== keys.length) throw damaged(undefined);
    const place = this.#place(collection);
    return Promise.resolve(keys.map((key, at) => ({ key, text: place.textOf(key, contents[at] ?? "") })));
  }

  count(collection: string): Promise<number> {
    const row = this.#statements.count.get(collection) as readonly [number];
    return Promise.resolve(row[0]);
  }

  collections(): Promise<readonly string[]> {
    return Promise.resolve(parse(this.#statements.collections.get()) as readonly string[]);
  }

  lastKey(collection: string): Promise<Key | undefined> {
    const [key] = parse(this.#statements.lastKey.get(collection)) as readonly [Key | null];
    return Promise.resolve(key ?? undefined);
  }

  events(from = 0, atMost = unbounded): Promise<readonly StoredEvent[]> {
    const rows = parse(this.#statements.events.get(from, atMost)) as readonly (readonly [number, string])[];
    const { eventOf } = this.#statements;
    return Promise.resolve(rows.map(([sequence, content]) => ({ sequence, text: eventOf(content, sequence) })));
  }

  countEvents(): Promise<number> {
    const [count] = this.#statements.countEvents.get() as readonly [number];
    return Promise.resolve(count);
  }

  lastEvent(): Promise<number | undefined> {
    const [sequence] = this.#statements.lastEvent.get() as readonly [number | null];
    return Promise.resolve(sequence ?? undefined);
  }

  put(collection: string, key: Key, text: string): Promise<void> {
    this.#writing().put.run(collection, key, this.#place(collection).contentOf(key, text));
    return Promise.resolve();
  }

  remove(collection: string, key: Key): Promise<void> {
    this.#writing().remove.run(collection, key);
    return Promise.resolve();
  }

  append({ sequence, text }: StoredEvent): Promise<void> {
    this.#writing().append.run(sequence, text);
    return Promise.resolve();
  }

  undo(): Promise<void> {
    if (this.#wrote) this.#database.exec("ROLLBACK TO beginning");
    return Promise.resolve();
  }

  #place(collection: string): Place {
    return new Place(this.#statements.file, collection);
  }

  /** What writes; before the first write, marks to where {@link undo} goes back. */
  #writing(): NonNullable<Statements["writing"]> {
    const { writing } = this.#statements;
    if (writing === undefined) throw new Error("a file of an older format is not written");
    if (this.#wrote) return writing;
    if (this.#beginsLog()) drawGeneration(this.#database, this.#statements);
    this.#database.exec("SAVEPOINT beginning");
    this.#wrote = true;
    return writing;
  }
}

/** Begins a new generation of the file in the transaction that is open. */
export function drawGeneration(database: Database.Database, { schemaVersion }: Statements): void {
  const [version] = schemaVersion.get() as readonly [number];
  database.exec(`PRAGMA schema_version = ${String(successorOf(version))}`);
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The one text of a row. */
function decode(row: unknown): string {
  const [bytes] = row as readonly [unknown];
  try {
    return utf8.decode(bytes as Uint8Array);
  } catch (error) {
    throw damaged(error);
  }
}

/** What SQLite wrote as JSON. */
function parse(row: unknown): unknown {
  const text = decode(row);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw damaged(error);
  }
}

function damaged(cause: unknown): StoreError {
  return new StoreError("damaged", "a record is damaged", { cause });
}

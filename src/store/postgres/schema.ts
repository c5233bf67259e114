import type { ClientBase } from "pg";
import { StoreError } from "../store.ts";

/**
 * How a schema becomes what this version keeps: the statements of each version, after those before it. One that was
 * released is never changed.
 *
 * A key is a number, or a text beside the number "infinity": so numbers sort before texts.
 */
const versions: readonly string[] = [
  `
CREATE TABLE home (version integer NOT NULL);
CREATE SEQUENCE number AS integer MINVALUE 1;
CREATE TABLE place (
  place integer PRIMARY KEY,
  hostname text,
  port integer,
  hsm_id text,
  since timestamptz NOT NULL DEFAULT now(),
  changes bigint NOT NULL DEFAULT 0,
  UNIQUE (hostname, port)
);
CREATE UNIQUE INDEX records_of_home ON place ((hsm_id IS NULL)) WHERE hsm_id IS NULL;
CREATE TABLE record (
  place integer NOT NULL REFERENCES place ON DELETE CASCADE,
  collection text COLLATE "C" NOT NULL,
  number float8 NOT NULL,
  name text COLLATE "C" NOT NULL,
  content text NOT NULL,
  PRIMARY KEY (place, collection, number, name)
);
CREATE TABLE event (
  place integer NOT NULL REFERENCES place ON DELETE CASCADE,
  sequence bigint NOT NULL,
  content text NOT NULL,
  PRIMARY KEY (place, sequence)
);
INSERT INTO home VALUES (0);
`,
];

/** What a schema is: its number among the objects of the database, and the version of what it keeps. */
export interface FoundSchema {
  readonly oid: number;
  /** 0 where it is empty. */
  readonly version: number;
}

/** Looks for a schema; undefined where there is none. Throws StoreError for one that keeps something else. */
export async function findSchema(client: ClientBase, schema: string): Promise<FoundSchema | undefined> {
  const { rows } = await client.query<{ oid: number; home: string | null; others: number }>(
    `SELECT (oid::bigint - CASE WHEN oid::bigint >= 2147483648 THEN 4294967296 ELSE 0 END)::integer AS oid, to_regclass($1 || '.home')::text AS home,
       (SELECT count(*)::integer FROM pg_class WHERE relnamespace = pg_namespace.oid) AS others
     FROM pg_namespace WHERE nspname = $1`,
    [schema],
  );
  const [found] = rows;
  if (found === undefined) return undefined;
  if (found.home === null) {
    if (found.others === 0) return { oid: found.oid, version: 0 };
    throw new StoreError("failed", `the schema ${schema} keeps something else`, {
      advice: "name another in the address of the home: ?schema=name",
    });
  }
  const { rows: versionsThere } = await client.query<{ version: number }>("SELECT version FROM home");
  const version = versionsThere[0]?.version ?? 0;
  if (version > versions.length) {
    const advice = "use the version of this program that made it, or a newer one";
    throw new StoreError("failed", `the schema ${schema} was made by a newer version of this program`, { advice });
  }
  return { oid: found.oid, version };
}

/** Whether a schema keeps what this version keeps. */
export function isCurrent({ version }: FoundSchema): boolean {
  return version === versions.length;
}

/** Makes a schema, or brings an older one to this version; one after the other where several do. Throws StoreError. */
export async function makeSchema(client: ClientBase, schema: string): Promise<void> {
  await client.query("BEGIN");
  try {
    await client.query("SELECT pg_advisory_xact_lock(hashtext($1))", [`cloudhsm ${schema}`]);
    const found = await findSchema(client, schema);
    if (found === undefined) await client.query(`CREATE SCHEMA ${schema}`);
    for (const statements of versions.slice(found?.version ?? 0)) await client.query(statements);
    await client.query("UPDATE home SET version = $1", [versions.length]);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}

import type Database from "libsql";
import { successorOf, touched } from "./generation.ts";
import { applicationIds } from "./hsm-file.ts";
import { placed } from "./place.ts";
import { type Format, currentFormat, eventTable, schema } from "./schema.ts";
import type { Statements } from "./statements.ts";
import type { StoredEvent } from "../store.ts";

/** What is done to the tables of an older format, but for their events, which are left out. */
const steps = {
  1: `
ALTER TABLE record RENAME TO format_1;
${schema};
INSERT INTO record SELECT collection, key, ${placed("(SELECT id FROM file)")} FROM format_1 WHERE collection <> 'audit';
DROP TABLE format_1`,
  2: `
DROP TABLE event;
${eventTable}`,
} as const satisfies Readonly<Record<Exclude<Format, typeof currentFormat>, string>>;

/** All events at once: a statement that is prepared stays. */
const insertEvents = "INSERT INTO event SELECT value ->> 'sequence', value ->> 'text' FROM json_each(?)";

/**
 * Brings a file of an older format to the current one, in the transaction that is open.
 *
 * @param beginsLog whether its log is empty
 */
export function migrate(
  database: Database.Database,
  format: keyof typeof steps,
  { schemaVersion }: Statements,
  events: readonly StoredEvent[],
  beginsLog: boolean,
): void {
  const [before] = schemaVersion.get() as readonly [number];
  // A log begins with the first page only where nothing is written into it before the end.
  database.exec("PRAGMA cache_spill = OFF");
  try {
    database.exec(steps[format]);
    database.prepare(insertEvents).run(JSON.stringify(events));
    database.exec(`PRAGMA application_id = ${String(applicationIds[currentFormat])}`);
    // Every declaration counted it up, which is the number of the generation, too.
    database.exec(`PRAGMA schema_version = ${String(beginsLog ? successorOf(before) : touched(before))}`);
  } finally {
    database.exec("PRAGMA cache_spill = ON");
  }
}

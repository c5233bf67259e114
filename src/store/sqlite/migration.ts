import type Database from "libsql";
import { successorOf, touched } from "./generation.ts";
import { applicationIds } from "./hsm-file.ts";
import { placed } from "./place.ts";
import { schema } from "./schema.ts";
import type { Statements } from "./statements.ts";

/** Numbers are kept as floating ones; an event's is the row's own. */
const steps = `
ALTER TABLE record RENAME TO format_1;
${schema};
INSERT INTO event SELECT key, text FROM format_1 WHERE collection = 'audit';
INSERT INTO record SELECT collection, key, ${placed("(SELECT id FROM file)")} FROM format_1 WHERE collection <> 'audit';
DROP TABLE format_1;
PRAGMA application_id = ${String(applicationIds[2])};
`;

/**
 * Brings a file of format 1 to format 2, in the transaction that is open.
 *
 * @param beginsLog whether its log is empty
 */
export function bringToFormat2(database: Database.Database, { schemaVersion }: Statements, beginsLog: boolean): void {
  const [before] = schemaVersion.get() as readonly [number];
  // A log begins with the first page only where nothing is written into it before the end.
  database.exec("PRAGMA cache_spill = OFF");
  try {
    database.exec(steps);
    // Every declaration counted it up, which is the number of the generation, too.
    database.exec(`PRAGMA schema_version = ${String(beginsLog ? successorOf(before) : touched(before))}`);
  } finally {
    database.exec("PRAGMA cache_spill = ON");
  }
}

import { join } from "node:path";
import Database from "libsql";
import { temporaryFolder } from "./program.ts";

/** The formats that earlier versions wrote, and this one reads and migrates. */
export const olderFormats = [1, 2] as const;

/** One of {@link olderFormats}. */
export type OlderFormat = (typeof olderFormats)[number];

const columns = "PRIMARY KEY (collection, key)\n) WITHOUT ROWID";

const declarations = {
  1: `CREATE TABLE record (\n  collection TEXT NOT NULL, key NOT NULL, text TEXT NOT NULL, ${columns}`,
  2: `CREATE TABLE event (sequence INTEGER PRIMARY KEY, text TEXT NOT NULL); CREATE TABLE file (id TEXT NOT NULL);
    CREATE TABLE record (\n  collection TEXT NOT NULL, key NOT NULL, content TEXT NOT NULL, ${columns}`,
} as const;

/** Format 1 kept numbers as floating ones. */
const records = {
  1: `INSERT INTO record VALUES ('user', 1.0, '{"name":"admin"}'), ('user', 4294967296.0, '"é \\ "'), ('userName', 'o"b', '1')`,
  2: `INSERT INTO file VALUES ('0123456789abcdef'); INSERT INTO record VALUES
    ('user', 1, '["0123456789abcdef","user",1,{"name":"admin"}]'),
    ('user', 4294967296, '["0123456789abcdef","user",4294967296,"é \\ "]'),
    ('userName', 'o"b', '["0123456789abcdef","userName","o\\"b",1]')`,
} as const;

/** An event as those formats worded it. */
export function olderEvent(sequence: number, details = "Log type : MINIMAL_LOG_ENTRY (0)"): string {
  return [
    "Time: 11/25/26 10:34:05.009408, usecs:1795602845009408",
    `Sequence No : 0x${sequence.toString(16)}`,
    "Reboot counter : 0x1",
    "Command Type(hex) : CN_MGMT_CMD (0x0)",
    "Opcode : CN_LOGIN (0xd)",
    "Session Handle : 0xbd7865a",
    "Response : 163:HSM Error: RET_USER_LOGIN_FAILURE",
    details,
  ].join("\n");
}

/** SQL that puts an event into a file of an older format. */
export function addEvent(format: OlderFormat, key: number | string, text: string): string {
  const [place, shown] = [typeof key === "string" ? `'${key}'` : String(key), text.replaceAll("'", "''")];
  if (format === 2) return `INSERT INTO event VALUES (${place}, '${shown}')`;
  return `INSERT INTO record VALUES ('audit', ${typeof key === "number" ? `${place}.0` : place}, '${shown}')`;
}

/** An HSM's file as an earlier version wrote it, with events 0, 1 and 10. */
export function olderFile(format: OlderFormat, more = ""): string {
  const path = join(temporaryFolder(), "h0_2225.hsm");
  const database = new Database(path);
  const events = [0, 1, 10].map((sequence) => addEvent(format, sequence, olderEvent(sequence)));
  database.exec([declarations[format], records[format], ...events, more].join(";\n"));
  database.exec(`PRAGMA application_id = ${String(0x48534d00 + format)}; PRAGMA user_version = 7`);
  database.exec("PRAGMA journal_mode = WAL");
  database.close();
  return path;
}

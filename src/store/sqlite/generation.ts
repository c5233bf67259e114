import { closeSync, constants, openSync, readSync } from "node:fs";

/**
 * Which generation of an HSM's file a write-ahead log continues, so that a backup that is put back beside the log of
 * a killed shell is noticed: SQLite would replay that log onto any file. Both numbers are in the first page, in
 * SQLite's schema_version, which only has to change: whoever begins a log draws a new generation, whose first page
 * is then the first that the log has. What an older version of this program wrote has the generation 0.
 */
interface Generation {
  readonly own: number;
  /** The one before, which the file has until the log is in it. */
  readonly base: number;
}

/** Where schema_version is in the first page. */
export const generationOffset = 40;

const bits = 15;
const mask = (1 << bits) - 1;

/** Reads a generation from SQLite's schema_version. */
function generationOf(schemaVersion: number): Generation {
  return { own: (schemaVersion >>> bits) & mask, base: schemaVersion & mask };
}

/** The schema_version of a new generation that follows the one of `schemaVersion`. */
export function successorOf(schemaVersion: number): number {
  const { own: base } = generationOf(schemaVersion);
  const [random = 0] = crypto.getRandomValues(new Uint16Array(1));
  // Never the one before, and never 0.
  const own = 1 + ((base + (random % (mask - 1))) % mask);
  return (own << bits) | base;
}

/** Another schema_version of the same generation, by which other processes learn that declarations changed. */
export function touched(schemaVersion: number): number {
  const { own, base } = generationOf(schemaVersion);
  return (own << bits) | ((base + 1) & mask);
}

const headerLength = 32;
const frameHeadLength = 24;
const saltOffset = 16;
const saltLength = 8;
const frameSaltOffset = headerLength + 8;
const magic = 0x377f0682;

/** The part of a log that says what it is: its header, and its first frame up to the generation. */
export type LogHead = Buffer;

/** Reads the head of the log beside a file; undefined where there is none that SQLite would replay. */
export function readLogHead(path: string): LogHead | undefined {
  const head = Buffer.alloc(headerLength + frameHeadLength + generationOffset + 4);
  let length: number;
  try {
    const log = openSync(`${path}-wal`, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      length = readSync(log, head, 0, head.length, 0);
    } finally {
      closeSync(log);
    }
  } catch {
    // Mostly none is there; one that cannot be read is refused by SQLite, which opens it next.
    return undefined;
  }
  if (length < head.length || (head.readUInt32BE(0) & ~1) >>> 0 !== magic) return undefined;
  const salt = head.subarray(saltOffset, saltOffset + saltLength);
  return salt.equals(head.subarray(frameSaltOffset, frameSaltOffset + saltLength)) ? head : undefined;
}

/** Whether the log beside a file has frames, and says first which generation it is. */
export function beginsWithGeneration(path: string): boolean {
  const log = readLogHead(path);
  return log !== undefined && hasGeneration(log);
}

/** Logs without the first page in front are from older versions, or were begun anew while another process read. */
function hasGeneration(log: LogHead): boolean {
  return log.readUInt32BE(headerLength) === 1;
}

/** Whether a log continues the file whose schema_version this is. */
export function continues(log: LogHead, schemaVersion: number): boolean {
  // Nothing is known of the others: they are taken.
  if (!hasGeneration(log)) return true;
  const { own, base } = generationOf(log.readUInt32BE(headerLength + frameHeadLength + generationOffset));
  const file = generationOf(schemaVersion).own;
  // While a log is written back, the file has the one or the other.
  return file === base || file === own;
}

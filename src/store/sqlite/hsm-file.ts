import { closeSync, constants, fstatSync, lstatSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import { fingerprint } from "../../text/fingerprint.ts";
import type { Address } from "../address.ts";
import { continues, generationOffset, readLogHead } from "./generation.ts";

/** SQLite's application_id of an HSM's file: "HSM" and the version of the format. */
export const applicationIds = { 1: 0x48534d01, 2: 0x48534d02, 3: 0x48534d03 } as const;

/** Those of the files that this program opens. */
const known: readonly number[] = Object.values(applicationIds);

/** The file of the HSM at this address: its path says the address, so that no other file is opened. */
export function hsmFile(home: string, { hostname, port }: Address): string {
  return join(home, `${encodeURIComponent(hostname.toLowerCase())}_${String(port)}.hsm`);
}

/** Returns the address that a file name says; undefined where it is not the name of an HSM's file. */
export function addressOf(name: string): Address | undefined {
  const { hostname = "", port } = /^(?<hostname>.+)_(?<port>\d+)\.hsm$/.exec(name)?.groups ?? {};
  try {
    const address = { hostname: decodeURIComponent(hostname), port: Number(port) };
    return hsmFile("", address) === name ? address : undefined;
  } catch {
    // A % that encodes nothing.
    return undefined;
  }
}

/**
 * A 31-bit mark of an HSM's id, never 0. It is in the head of the file (SQLite's user_version), so that another HSM at
 * an address is noticed before anything is opened.
 */
export function idMark(hsmId: string): number {
  return (fingerprint(hsmId) >>> 1) | 1;
}

/** The same without the version. */
const anyVersion = applicationIds[1] >>> 8;

/**
 * What is at an HSM's path: nothing yet, an HSM with its id's mark and the time of its creation, one that lost all that it held, one beside the
 * log of another file, one of another format, one that has a second name, or something else.
 */
export type FileState =
  | { readonly kind: "absent" }
  | { readonly kind: "hsm"; readonly idMark: number; readonly since: Date }
  | { readonly kind: "empty" }
  | { readonly kind: "otherLog" }
  | { readonly kind: "otherFormat" }
  | { readonly kind: "linked" }
  | { readonly kind: "foreign" };

/** A link could make two HSMs of one file; not every system can refuse one. */
const noLink = (constants as Partial<typeof constants>).O_NOFOLLOW ?? 0;

const headLength = 100;
const magic = Buffer.from("SQLite format 3\0", "latin1");
const readVersionOffset = 19;
const walVersion = 2;
const userVersionOffset = 60;
const applicationIdOffset = 68;

/**
 * Reads only the head of the file: opening a database takes longer than all the rest of a start. A file whose creation
 * was cut off counts as absent, since becoming a WAL database is its last step. One of 0 bytes does not: creation
 * leaves none. Throws what the file system throws.
 */
export function inspectFile(path: string): FileState {
  let file: number;
  try {
    // A named pipe without a writer would keep the start waiting for good.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | noLink);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return { kind: "absent" };
    // A link, unless it is a folder above that leads in circles; a socket cannot be opened.
    if ((code === "ELOOP" && isThere(path)) || code === "ENXIO") return { kind: "foreign" };
    throw error;
  }
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) return { kind: "foreign" };
    // Two names have two write-ahead logs, and what one shell acknowledges, the other one overwrites.
    if (stat.nlink > 1) return { kind: "linked" };
    const head = Buffer.alloc(headLength);
    const length = readSync(file, head, 0, headLength, 0);
    if (length === 0) return { kind: "empty" };
    if (length < headLength || !head.subarray(0, magic.length).equals(magic)) return { kind: "foreign" };
    const application = head.readUInt32BE(applicationIdOffset);
    if (!known.includes(application) && application >>> 8 === anyVersion) return { kind: "otherFormat" };
    if (application !== 0 && !known.includes(application)) return { kind: "foreign" };
    if (application === 0 || head[readVersionOffset] !== walVersion) return { kind: "absent" };
    if (!hasOwnLog(path, file, head)) return { kind: "otherLog" };
    return { kind: "hsm", idMark: head.readUInt32BE(userVersionOffset), since: stat.birthtime };
  } finally {
    closeSync(file);
  }
}

function isThere(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch {
    return false;
  }
}

/** Whether the log beside the file, if any, continues it: a restored file may be beside another file's log. */
function hasOwnLog(path: string, file: number, head: Buffer): boolean {
  for (;;) {
    const before = readLogHead(path);
    if (before === undefined) return true;
    readSync(file, head, 0, headLength, 0);
    // A living shell may have emptied that log meanwhile, and begun another one.
    if (readLogHead(path)?.equals(before) === true) return continues(before, head.readUInt32BE(generationOffset));
  }
}

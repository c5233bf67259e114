import { type Stats, closeSync, constants, fstatSync, openSync, statSync } from "node:fs";
import { isatty } from "node:tty";

/**
 * What can be expected of a file: one that is `whole` has its end already, for a `pipe` or a `terminal` somebody may
 * keep us waiting, a `folder` has no text, and of an `endless` device nobody knows whether it ever ends.
 */
export type FileKind = "whole" | "pipe" | "terminal" | "folder" | "endless";

/** A file that is open for reading. */
export interface OpenedFile {
  readonly descriptor: number;
  readonly kind: FileKind;
}

/**
 * Opens a file for reading, and never waits for the other end of a named pipe: the only thread would be deaf to every
 * signal meanwhile. Throws what the file system throws.
 */
export function openFile(path: string): OpenedFile {
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    return { descriptor, kind: kindOf(descriptor, fstatSync(descriptor)) };
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

/**
 * Works with a file that this program keeps; undefined where anything but a regular file is in its place, a named pipe
 * for instance, which might keep us waiting or never end. Throws what the file system throws.
 *
 * @param flags how it is opened, as `O_RDONLY`
 */
export function withOwnFile<T>(path: string, flags: number, work: (descriptor: number) => T): T | undefined {
  const descriptor = openSync(path, flags | constants.O_NONBLOCK, 0o600);
  try {
    return fstatSync(descriptor).isFile() ? work(descriptor) : undefined;
  } finally {
    closeSync(descriptor);
  }
}

function kindOf(descriptor: number, found: Stats): FileKind {
  if (found.isFile()) return "whole";
  if (found.isDirectory()) return "folder";
  if (found.isFIFO() || found.isSocket()) return "pipe";
  if (isatty(descriptor)) return "terminal";
  return isNullDevice(found) ? "whole" : "endless";
}

function isNullDevice(found: Stats): boolean {
  const nothing = statSync("/dev/null", { throwIfNoEntry: false });
  return found.isCharacterDevice() && found.rdev === nothing?.rdev;
}

import { closeSync, openSync, readSync } from "node:fs";
import { createRequire } from "node:module";
import type Database from "libsql";

let loaded: typeof Database | undefined;

/** The library of the store, loaded by the first call. */
export function library(): typeof Database {
  loaded ??= load();
  return loaded;
}

/**
 * The library asks Node for a diagnostic report, and of all that looks only whether the system's C library is glibc: to
 * write that report takes longer than to load the library. So it finds one that says no more, where Node's own file shows
 * that much.
 */
function load(): typeof Database {
  const usual = Object.getOwnPropertyDescriptor(process, "report");
  if (usual?.configurable !== true || !isOnGlibc()) return required();
  const value = { getReport: () => ({ header: { glibcVersionRuntime: "some" } }) };
  Object.defineProperty(process, "report", { configurable: true, value });
  try {
    return required();
  } catch {
    // Where another C library starts programs under the name of glibc's loader, the build for glibc does not load.
  } finally {
    Object.defineProperty(process, "report", usual);
  }
  return required();
}

function required(): typeof Database {
  return createRequire(import.meta.url)("libsql") as typeof Database;
}

/** Bytes of an executable of Linux in which it names its loader. */
const headLength = 4096;

/** Whether glibc's loader starts Node; false also where that cannot be seen. */
function isOnGlibc(): boolean {
  if (process.platform !== "linux") return false;
  const head = Buffer.alloc(headLength);
  try {
    const file = openSync(process.execPath, "r");
    try {
      readSync(file, head, 0, headLength, 0);
    } finally {
      closeSync(file);
    }
  } catch {
    // Then the library finds it out in its own way.
    return false;
  }
  return head.includes("/ld-linux");
}

import type Database from "libsql";
import { StoreError, type StoreFailure } from "../store.ts";

/**
 * Opens a SQLite database that never waits for another process: `whenFree` does that. The first call loads the library.
 * Throws {@link StoreError}.
 */
export async function openDatabase(path: string): Promise<Database.Database> {
  const { library } = await import("./library.ts");
  const Library = library();
  try {
    const database = new Library(path);
    try {
      // What is deleted is a secret, or was one; and what somebody wrote into a file must not run.
      database.exec("PRAGMA busy_timeout = 0; PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF");
    } catch (error) {
      database.close();
      throw error;
    }
    return database;
  } catch (error) {
    const known = storeError(error, path);
    // Where the library cannot open a file at all, its error has no code.
    throw known === error ? new StoreError("unavailable", `${path} cannot be opened`, { cause: error }) : known;
  }
}

/** Whether `error` says that another process holds the database. */
export function isBusy(error: unknown): boolean {
  return resultCode(error)?.startsWith("SQLITE_BUSY") ?? false;
}

/** Translates an error of SQLite or the file system into a StoreError; returns other errors as they are. */
export function storeError(error: unknown, path: string): unknown {
  const failure = failureOf(error);
  if (failure === undefined) return error;
  return new StoreError(failure, `${path}: ${(error as Error).message}`, { cause: error });
}

function failureOf(error: unknown): StoreFailure | undefined {
  const code = resultCode(error);
  if (code === undefined) return fileFailureOf(error);
  if (code.startsWith("SQLITE_BUSY")) return "busy";
  if (code.startsWith("SQLITE_FULL")) return "full";
  if (/^SQLITE_(NOTADB|CORRUPT|CANTOPEN)/.test(code) || code === "") return "unavailable";
  return "failed";
}

function fileFailureOf(error: unknown): StoreFailure | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (syscall === undefined) return undefined;
  return code === "ENOSPC" || code === "EDQUOT" ? "full" : "failed";
}

function resultCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || error.constructor.name !== "SqliteError") return undefined;
  const { code } = error as { readonly code?: unknown };
  return typeof code === "string" ? code : "SQLITE_ERROR";
}

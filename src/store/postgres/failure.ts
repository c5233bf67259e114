import { printable } from "../../text/printable.ts";
import { StoreError, type StoreFailure } from "../store.ts";

/** What a server says of two transactions that cannot both be: one of them is to run again. */
const conflicts: ReadonlySet<string> = new Set([
  "40001", // serialization_failure
  "40P01", // deadlock_detected
  "23505", // unique_violation: two that could not see each other chose one key
  "25P02", // in_failed_sql_transaction: what failed before was a conflict
]);

/** Whether a transaction that failed is to run again as if it had never begun. */
export function isConflict(error: unknown): boolean {
  return conflicts.has(codeOf(error) ?? "");
}

/** Whether somebody else kept what a request waited for, for as long as a server lets it wait at a time. */
export function isStillWaiting(error: unknown): boolean {
  return codeOf(error) === "55P03";
}

/** Whether the connection is lost, so that nobody answers on it any more, or was none. */
export function isLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = codeOf(error);
  if (code === undefined) return ofLibrary.test(error.message);
  return isOfServer(code) ? code.startsWith("08") || code.startsWith("57P") : "syscall" in error;
}

/** What a failure of a server, or of the way to it, is to a store. */
export function storeError(error: unknown, name: string): unknown {
  if (!(error instanceof Error) || error instanceof StoreError) return error;
  const code = codeOf(error);
  const isLostOne = isLost(error);
  if (!isLostOne && (code === undefined || !isOfServer(code))) return error;
  const [failure, advice] = isLostOne
    ? (["unavailable", "the server is away: what is asked once it answers again is done"] as const)
    : meaningOf(code);
  const options = { cause: error, ...(advice === undefined ? {} : { advice }) };
  return new StoreError(
    failure,
    `${name}: ${printable(error.message === "" ? (code ?? "no answer") : error.message)}`,
    options,
  );
}

function meaningOf(code: string | undefined): readonly [failure: StoreFailure, advice?: string] {
  switch (code) {
    case "53100":
    case "53200":
      return ["full", "make room on the server"];
    case "53300":
      return ["unavailable", "the server has no connection left: end other programs, or raise max_connections"];
    case "28P01":
    case "28000":
      return ["unavailable", "set PGPASSWORD, or name the user and password in the file of PGPASSFILE"];
    case "3D000":
      return ["unavailable", "create the database first: createdb"];
    case "3F000":
    case "42P01":
      return ["unavailable", "the schema was dropped: quit and start again"];
    case "42501":
      return ["failed", "grant the user CREATE on the database, or USAGE and CREATE on the schema"];
    case "57014":
      return ["unavailable", "the server took too long to answer"];
    default:
      return ["failed"];
  }
}

/** What the library says itself, without a code. */
const ofLibrary = /^Connection terminated|not queryable|timeout|does not support SSL|^Client was closed/i;

/** Whether a code is one of the server's, all of which have a digit, and not one of the system's, such as EPIPE. */
function isOfServer(code: string): boolean {
  return /^(?=.*\d)[\dA-Z]{5}$/.test(code);
}

function codeOf(error: unknown): string | undefined {
  const code: unknown = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : undefined;
}

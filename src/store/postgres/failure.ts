import { printable } from "../../text/printable.ts";
import { meaningOf } from "./meaning.ts";
import { StoreError } from "../store.ts";

/** What a server says of two transactions that cannot both be: one of them is to run again. */
const conflicts: ReadonlySet<string> = new Set([
  "40001", // serialization_failure
  "40P01", // deadlock_detected
  "23505", // unique_violation: two that could not see each other chose one key
  "25P02", // in_failed_sql_transaction: what failed before was a conflict
]);

/** Another one changed what this one had seen before it began. */
export class Moved extends Error {
  readonly code = "40001";

  constructor() {
    super("a place was changed between two looks at it");
  }
}

/** Whether a transaction that failed is to run again as if it had never begun. */
export function isConflict(error: unknown): boolean {
  return conflicts.has(codeOf(error) ?? "");
}

/** Whether somebody else kept what a request waited for, for as long as a server lets it wait at a time. */
export function isStillWaiting(error: unknown): boolean {
  return codeOf(error) === "55P03";
}

/** Whether a server says of a transaction that it has not begun: it lost its power, and kept nothing of it. */
export function isOfTheFuture(error: unknown): boolean {
  return codeOf(error) === "22023";
}

/** Whether the connection is lost, so that nobody answers on it any more, or was none. */
export function isLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = codeOf(error);
  if (code === undefined) return ofLibrary.test(error.message);
  return isOfServer(code) ? code.startsWith("08") || code.startsWith("57P") : isOfSystem(code);
}

/** Whether a server was asked for TLS and has none. */
export function isWithoutTls(error: unknown): boolean {
  return error instanceof Error && error.message.includes("does not support SSL");
}

/** What a failure of a server, or of the way to it, is to a store; anything else is returned as it is. */
export function storeError(error: unknown, name: string): unknown {
  if (!(error instanceof Error) || error instanceof StoreError) return error;
  const code = codeOf(error);
  const meaning = meaningOf(code, { isLost: isLost(error), isWithoutTls: isWithoutTls(error) });
  if (meaning === undefined && (code === undefined || !isOfServer(code))) return error;
  const { failure, advice } = meaning ?? { failure: "failed" as const, advice: undefined };
  const options = { cause: error, ...(advice === undefined ? {} : { advice }) };
  const reason = (error.message === "" ? (code ?? "no answer") : error.message).trim().replace(/:$/, "");
  return new StoreError(failure, `${name}: ${printable(reason)}`, options);
}

/** What the library says itself, without a code. */
const ofLibrary = /^Connection terminated|not queryable|timeout|^Client was closed/i;

/** Whether a code is one of the server's, all of which have a digit, and not one of the system's, such as EPIPE. */
function isOfServer(code: string): boolean {
  return /^(?=.*\d)[\dA-Z]{5}$/.test(code);
}

/** Whether a code is the system's: no connection came about, or it broke. */
function isOfSystem(code: string): boolean {
  return /^E(?!RR_)[A-Z_]+\d*[A-Z]*$/.test(code);
}

function codeOf(error: unknown): string | undefined {
  const code: unknown = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : undefined;
}

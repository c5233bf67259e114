import { tell } from "./standard-error.ts";

/** Prints the stack of an error and of its causes, if CLOUDHSM_DEBUG=1. Errors hold nothing secret. */
export function trace(error: unknown): void {
  if (process.env["CLOUDHSM_DEBUG"] !== "1") return;
  for (let each = error; each instanceof Error; each = each.cause) {
    for (const line of (each.stack ?? each.message).split("\n")) tell(line);
  }
}

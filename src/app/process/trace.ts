import { tell } from "./standard-error.ts";

/**
 * Shows where an error comes from, and what caused it, where CLOUDHSM_DEBUG=1 asks for it: for a report of a fault. Errors
 * hold nothing secret.
 */
export function trace(error: unknown): void {
  if (process.env["CLOUDHSM_DEBUG"] !== "1") return;
  for (let each = error; each instanceof Error; each = each.cause) {
    for (const line of (each.stack ?? each.message).split("\n")) tell(line);
  }
}

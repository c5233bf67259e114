import type { Transaction } from "../../store/store.ts";
import { HsmError, type ReturnCodeName } from "../../hsm/return-code.ts";

/**
 * Refuses a request, and lets stand what was written before: a wrong password's count, or the time at which a token had
 * expired. Throws {@link HsmError}.
 */
export function refuseButKeep(code: ReturnCodeName): never {
  throw new KeptRefusal(code);
}

/** A refusal that takes nothing back. */
class KeptRefusal extends HsmError {}

/** Returns what `work` returns, or the refusal that it throws, with its writes undone. */
export async function refusable<T>(transaction: Transaction, work: () => Promise<T>): Promise<T | HsmError> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof HsmError)) throw error;
    if (!(error instanceof KeptRefusal)) await transaction.undo();
    return error;
  }
}

import { StoreError, type StoreFailure } from "../../store/store.ts";
import type { Surroundings } from "./surroundings.ts";
import { HsmError, type ReturnCodeName } from "../../hsm/return-code.ts";

/** Does `work`; what the store or a record of it fails with is told of, and thrown all the same. */
export async function telling<T>({ storageFailed }: Surroundings, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof HsmError && (error.cause instanceof StoreError || error.returnCode === "STORAGE_FAILURE")) {
      storageFailed?.(error);
    }
    throw error;
  }
}

const codes = {
  unavailable: "SERVER_UNAVAILABLE",
  damaged: "STORAGE_FAILURE",
  busy: "HSM_BUSY",
  full: "STORAGE_FULL",
  failed: "STORAGE_FAILURE",
} as const satisfies Record<StoreFailure, ReturnCodeName>;

/** Does `work` with a store; what fails there rejects with {@link HsmError}. */
export async function translated<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StoreError) throw new HsmError(codes[error.failure], { cause: error });
    throw error;
  }
}

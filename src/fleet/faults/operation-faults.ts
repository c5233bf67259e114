import type { ServiceOperation } from "../../config/service-operation.ts";
import type { Home } from "../../store/home.ts";
import { isOver } from "./fault.ts";
import { faultsIn, faultsMet } from "./fault-records.ts";
import { faultsOf } from "./set-fault.ts";

/** What goes wrong with one call of the service. */
export interface OperationFaults {
  /** It is refused, since there are too many. */
  readonly isThrottled: boolean;
  /** It is done, and the caller hears nothing. */
  readonly losesAnswer: boolean;
  /** The HSM that it creates is degraded. */
  readonly isDegraded: boolean;
}

/**
 * What one call of an operation meets; those that count have counted it, on disk. To be asked once for each call. Throws
 * StoreError, HsmError for a damaged record.
 */
export async function operationFaults(home: Home, operation: ServiceOperation): Promise<OperationFaults> {
  const records = await home.records();
  const all = (await records?.read(faultsIn)) ?? [];
  const met = records === undefined ? [] : await faultsMet(records, all, { operation }, Date.now());
  const kinds = new Set(met.map(({ kind }) => kind));
  return {
    isThrottled: kinds.has("throttle"),
    losesAnswer: kinds.has("lose-answer"),
    isDegraded: kinds.has("degraded"),
  };
}

/**
 * For how many milliseconds after its activation a cluster is still shown as initialized. Throws as {@link operationFaults}
 * does.
 */
export async function activationLag(home: Home): Promise<number> {
  const now = Date.now();
  const lags = (await faultsOf(home)).filter((fault) => fault.kind === "lag" && !isOver(fault, now));
  return Math.max(0, ...lags.map(({ milliseconds = 0 }) => milliseconds));
}

import { HsmError } from "../../hsm/return-code.ts";
import { ServiceError, type ServiceErrorKind } from "../../fleet/service/service-error.ts";
import { StoreError } from "../../store/store.ts";
import { Refusal, type RefusalType } from "./refusal.ts";

/** The type of each kind of error, as the model has it. */
const types: Readonly<Record<ServiceErrorKind, RefusalType>> = {
  invalidRequest: "CloudHsmInvalidRequestException",
  notFound: "CloudHsmResourceNotFoundException",
  resourceLimit: "CloudHsmResourceLimitExceededException",
};

/** What a client is told of an error that it or an operator can mend; undefined for one of the program's own. */
export function refusalFor(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  if (error instanceof ServiceError) return new Refusal(types[error.kind], error.message);
  if (error instanceof StoreError) {
    const advice = error.advice === undefined ? "" : ` (${error.advice})`;
    return new Refusal("CloudHsmInternalFailureException", `${error.message}${advice}`, 500);
  }
  if (error instanceof HsmError) {
    const message = `An HSM of this home cannot be read: cloudhsm-sim status names it. ${error.message}`;
    return new Refusal("CloudHsmInternalFailureException", message, 500);
  }
  return undefined;
}

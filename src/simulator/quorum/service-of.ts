import { type QuorumService, quorumServices } from "../../hsm/quorum-service.ts";
import { HsmError } from "../../hsm/return-code.ts";

/** The service with that number. Throws {@link HsmError} UNKNOWN_SERVICE. */
export function serviceOf(number: number): QuorumService {
  switch (number) {
    case quorumServices.USER_MGMT:
      return "USER_MGMT";
    case quorumServices.MISC_CO:
      return "MISC_CO";
    default:
      throw new HsmError("UNKNOWN_SERVICE");
  }
}

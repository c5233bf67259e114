import { HsmError } from "./return-code.ts";

/**
 * The services whose operations can be made to take several officers, by their numbers (AWS CloudHSM User Guide,
 * "quorum-authentication"): USER_MGMT creates and deletes users and sets the passwords of others, MISC_CO sets how many
 * officers a service takes.
 */
export const quorumServices = { USER_MGMT: 3, MISC_CO: 4 } as const;

/** The name of a service. */
export type QuorumService = keyof typeof quorumServices;

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

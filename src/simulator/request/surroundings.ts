import type { Address } from "../../store/address.ts";
import type { Presence } from "../../store/presence.ts";
import type { HsmError, ReturnCodeName } from "../../hsm/return-code.ts";

/** What an HSM gets from outside: time and the lives of shells. Tests bring their own. */
export interface Surroundings {
  /** Microseconds since 1970. */
  readonly clock: () => number;
  readonly presence: Presence;
  /** Where it is reached, which must be its own address; left out, nothing could have been copied there. */
  readonly address?: Address;
  /** What the request that is on its way is to be refused with, asked once for each that changes something. */
  readonly refusal?: () => ReturnCodeName | undefined;
  /** Hears of what keeps the HSM from its records: a shell's words for it name neither file nor reason. */
  readonly storageFailed?: (error: HsmError) => void;
}

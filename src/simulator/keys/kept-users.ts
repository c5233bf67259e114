import { HsmError } from "../../hsm/return-code.ts";
import type { UserSwitch } from "../../hsm/user.ts";
import type { Caller } from "../request/asking.ts";

/** Throws {@link HsmError} NOT_AUTHORISED for a user who is kept from that. */
export function requireNotKept({ user: { keptFrom = [] } }: Caller, use: UserSwitch): void {
  if (keptFrom.includes(use)) throw new HsmError("NOT_AUTHORISED");
}

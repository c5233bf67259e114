import type { Credentials } from "../../hsm/hsm.ts";
import { type Limits, isPasswordLength } from "../../hsm/limits.ts";
import { HsmError } from "../../hsm/return-code.ts";

/** Throws {@link HsmError} PASSWORD_LENGTH for a password that is too short or too long for an HSM of these limits. */
export function requireLength({ password }: Credentials, limits: Limits): void {
  if (!isPasswordLength(password.text, limits)) throw new HsmError("PASSWORD_LENGTH", { text: lengthText(limits) });
}

/** In the words that are known of one model, whose passwords have 7 to 32 bytes. */
function lengthText({ passwordLength: { minimum, maximum } }: Limits): string {
  return `HSM Error: min pswd len ${String(minimum)} and max pswd len ${String(maximum)}`;
}

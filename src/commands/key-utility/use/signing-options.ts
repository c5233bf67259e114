import type { SignatureMechanism } from "../../../hsm/signature-mechanism.ts";
import { signatureSchemes } from "../../../hsm/signature-mechanism.ts";
import { oneOf, text, withWord } from "../options.ts";

const mechanisms = new Map(
  Object.keys(signatureSchemes).map((number) => [number, Number(number) as SignatureMechanism] as const),
);

/** How a message is signed, of `sign` and `verify`. */
export const mechanismOption = withWord(
  "-m",
  [
    "Mechanism",
    "<mechanism>",
    "0 to 4 RSA PKCS #1, 5 to 9 RSA PSS (each SHA-1, 256, 384, 512, 224), 15 to 19 ECDSA (SHA-1, 224, 256, 384, 512)",
  ],
  oneOf(mechanisms),
  { isRequired: true },
);

/** A file that is read: a message, a signature, a key. */
export function inputOption(flag: string, name: string, meaning: string) {
  return withWord(flag, [name, "<file>", meaning], text, { isRequired: true });
}

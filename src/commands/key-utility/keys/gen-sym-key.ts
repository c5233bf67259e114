import type { SecretShape } from "../../../hsm/key-type.ts";
import { keyCommand } from "../key-command.ts";
import { keyOptions } from "../key-options.ts";
import { makeKey } from "../make-key.ts";
import { numberIn, oneOf, withWord } from "../options.ts";

/** The types of secret key; RC4 (18) is refused by HSMs in FIPS mode, as other sizes are. */
const types = new Map<string, SecretShape["type"] | "RC4">([
  ["16", "GENERIC"],
  ["18", "RC4"],
  ["21", "3DES"],
  ["31", "AES"],
]);

/** Makes a secret key (AWS CloudHSM User Guide, "key_mgmt_util-genSymKey"). */
export const genSymKey = keyCommand({
  name: "genSymKey",
  description: "Generates a Symmetric keys.",
  options: {
    ...keyOptions,
    type: withWord("-t", ["Key type", "<key type>", "specifies the type: 16 generic, 21 3DES, 31 AES"], oneOf(types), {
      isRequired: true,
    }),
    size: withWord("-s", ["Key size", "<key size>", "specifies the size in bytes"], numberIn(0, 0xffff), {
      isRequired: true,
    }),
  },
  run(context, given) {
    const { type = "AES", size = 0 } = given;
    // An HSM knows no RC4: it refuses a size that no key has.
    const shape: SecretShape = type === "RC4" ? { type: "AES", size: 0 } : { type, size: size * 8 };
    return makeKey(context, given, {
      call: "generateSecret",
      request: (hsm, session, wish) => hsm.making.secret(session, { ...wish, shape }),
      handles: (handle) => [handle],
      created: context.words.secretCreated,
    });
  },
});

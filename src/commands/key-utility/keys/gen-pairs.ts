import type { PairShape } from "../../../hsm/key-type.ts";
import type { Result } from "../../../command/result.ts";
import { type KeyContext, keyCommand } from "../key-command.ts";
import { keyOptions } from "../key-options.ts";
import { makeKey } from "../make-key.ts";
import { type Given, numberIn, oneOf, withWord } from "../options.ts";

/** Makes an RSA key pair (AWS CloudHSM User Guide, "key_mgmt_util-genRSAKeyPair"). */
export const genRsaKeyPair = keyCommand({
  name: "genRSAKeyPair",
  description: "Generates an RSA Key Pair.",
  options: {
    ...keyOptions,
    modulus: withWord(
      "-m",
      ["Modulus length", "<modulus length>", "specifies the modulus length in bits"],
      numberIn(0, 0xffff),
      { isRequired: true },
    ),
    exponent: withWord(
      "-e",
      ["Public exponent", "<public exponent>", "specifies the public exponent"],
      numberIn(0, 0xffffffff),
      { isRequired: true },
    ),
  },
  run: (context, given) => pair(context, given, { type: "RSA", size: given.modulus ?? 0 }, given.exponent),
});

/** Makes a DSA key pair ("key_mgmt_util-genDSAKeyPair"). */
export const genDsaKeyPair = keyCommand({
  name: "genDSAKeyPair",
  description: "Generates a DSA Key Pair.",
  options: {
    ...keyOptions,
    modulus: withWord(
      "-m",
      ["Modulus length", "<modulus length>", "specifies the modulus length in bits: 2048"],
      numberIn(0, 0xffff),
      { isRequired: true },
    ),
  },
  run: (context, given) => pair(context, given, { type: "DSA", size: given.modulus === 2048 ? 2048 : 0 }),
});

/** The curves that can be asked for, by their numbers here; HSMs refuse the others of the list in FIPS mode. */
const curves = new Map<string, Extract<PairShape, { type: "EC" }>["curve"] | "other">([
  ...Array.from({ length: 16 }, (_, at) => [String(at + 1), "other"] as const),
  ["2", "P-256"],
  ["14", "P-384"],
  ["16", "secp256k1"],
]);

/** Makes a key pair on an elliptic curve ("key_mgmt_util-genECCKeyPair"). */
export const genEccKeyPair = keyCommand({
  name: "genECCKeyPair",
  description: "Generates an ECC Key Pair.",
  options: {
    ...keyOptions,
    curve: withWord("-i", ["Curve id", "<EC curve id>", "specifies the curve: 2, 14 or 16"], oneOf(curves), {
      isRequired: true,
    }),
  },
  run(context, given) {
    const { curve = "other" } = given;
    // An HSM refuses a size that no pair has, as it does a curve.
    return pair(context, given, curve === "other" ? { type: "DSA", size: 0 } : { type: "EC", curve });
  },
});

function pair(
  context: KeyContext,
  given: Given<typeof keyOptions>,
  shape: PairShape,
  publicExponent?: number,
): Promise<Result> {
  const exponent = publicExponent === undefined ? {} : { publicExponent };
  return makeKey(context, given, {
    call: "generatePair",
    request: (hsm, session, wish) => hsm.making.pair(session, { ...wish, ...exponent, shape }),
    handles: ({ publicKey, privateKey }) => [publicKey, privateKey],
    created: ({ publicKey, privateKey }) => context.words.pairCreated(publicKey, privateKey),
  });
}

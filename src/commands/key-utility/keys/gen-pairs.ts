import type { KeyCall } from "../../../command/key-utility-wording.ts";
import type { PairHandles } from "../../../hsm/key-making.ts";
import type { PairShape } from "../../../hsm/key-type.ts";
import type { Result } from "../../../command/result.ts";
import { type KeyContext, keyCommand } from "../key-command.ts";
import { keyOptions } from "../key-options.ts";
import { type Making, makeKey } from "../make-key.ts";
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
  run: (context, given) =>
    pair(context, given, { type: "RSA", size: given.modulus ?? 0 }, { exponent: given.exponent }),
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
  run: (context, given) =>
    pair(context, given, { type: "DSA", size: given.modulus === 2048 ? 2048 : 0 }, { call: "generateDsaPair" }),
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
    const shape = curve === "other" ? ({ type: "DSA", size: 0 } as const) : ({ type: "EC", curve } as const);
    // So has the sample of its page.
    return pair(context, given, shape, { violation: "SERVER_UNAVAILABLE" });
  },
});

/** What differs between the kinds of pairs. */
interface PairTerms extends Pick<Making<PairHandles>, "violation"> {
  readonly call?: KeyCall;
  readonly exponent?: number | undefined;
}

function pair(
  context: KeyContext,
  given: Given<typeof keyOptions>,
  shape: PairShape,
  { call = "generatePair", exponent, violation }: PairTerms,
): Promise<Result> {
  const publicExponent = exponent === undefined ? {} : { publicExponent: exponent };
  return makeKey(context, given, {
    call,
    ...(violation === undefined ? {} : { violation }),
    request: (hsm, session, wish) => hsm.making.pair(session, { ...wish, ...publicExponent, shape }),
    handles: ({ publicKey, privateKey }) => [publicKey, privateKey],
    created: ({ publicKey, privateKey }) => context.words.pairCreated(publicKey, privateKey),
  });
}

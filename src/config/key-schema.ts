import * as v from "valibot";
import type { InitialKey } from "../hsm/initial-key.ts";
import { curves, genericSecretSize, keyFlags, keySizes } from "../hsm/key-type.ts";
import { bounds } from "../hsm/limits.ts";
import { choice, list, members, oneOf, text, textThat, truth, wholeNumber } from "./value-kinds.ts";

export const largestHandle = 0xfffffffe;

function labelText(fallback: string) {
  return v.optional(
    v.pipe(
      textThat(
        (label) => Buffer.byteLength(label) <= bounds.labelLength,
        `must have ${String(bounds.labelLength)} bytes at most`,
      ),
      v.check((label) => !/\p{Cc}/u.test(label), "must not contain control characters or line breaks"),
    ),
    fallback,
  );
}

/** Whether a key is extractable is said beside its attributes. */
const flagNames = keyFlags.filter((flag) => flag !== "extractable");

/** What all kinds of key have. */
const common = {
  handle: wholeNumber(1, largestHandle),
  label: labelText(""),
  id: labelText(""),
  owner: text(),
  sharedWith: v.optional(list(text()), []),
  mValue: v.optional(wholeNumber(bounds.keyMValue.minimum, bounds.keyMValue.maximum), bounds.keyMValue.minimum),
  extractable: v.optional(truth(), true),
  token: v.optional(truth(), true),
  attributes: v.optional(choice(v.entriesFromList(flagNames, truth())), {}),
};

const pair = { ...common, publicHandle: v.optional(wholeNumber(1, largestHandle)) };

const genericSize = v.pipe(
  wholeNumber(genericSecretSize.minimum, genericSecretSize.maximum),
  v.check((size) => size % 8 === 0, "must be a multiple of 8"),
);

const curveNames = Object.keys(curves) as (keyof typeof curves)[];

/** A key as a YAML file describes it: by its type, what an HSM needs to make it. */
export const key = v.pipe(
  v.variant(
    "type",
    [
      members({ ...common, type: v.literal("AES"), size: oneOf(keySizes.AES) }),
      members({ ...common, type: v.literal("3DES"), size: v.optional(oneOf(keySizes["3DES"]), 192) }),
      members({ ...common, type: v.literal("GENERIC"), size: genericSize }),
      members({ ...pair, type: v.literal("RSA"), size: oneOf(keySizes.RSA) }),
      members({ ...pair, type: v.literal("DSA"), size: oneOf(keySizes.DSA) }),
      members({
        ...pair,
        type: v.literal("EC"),
        curve: v.picklist(curveNames, `must be one of ${curveNames.join(", ")}`),
      }),
    ],
    "must be one of AES, 3DES, GENERIC, RSA, DSA, EC",
  ),
  v.transform(({ attributes, ...entry }): InitialKey => {
    const { handle, label, id, owner, sharedWith, mValue, extractable, token } = entry;
    const shape =
      entry.type === "EC" ? { type: entry.type, curve: entry.curve } : { type: entry.type, size: entry.size };
    const publicHandle = "publicHandle" in entry ? entry.publicHandle : undefined;
    return {
      handle,
      publicHandle,
      shape,
      label,
      id,
      owner,
      sharedWith,
      mValue,
      extractable,
      token,
      flags: definedOf(attributes),
    };
  }),
);

/** Flags that are given; a flag that is not given is as keys of its kind have it. */
function definedOf(flags: Readonly<Record<string, boolean | undefined>>): InitialKey["flags"] {
  return Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined));
}

import type { HsmError } from "../../../hsm/return-code.ts";
import { type KeyClass, type KeyType, keyTypes } from "../../../hsm/key-type.ts";
import type { WrappedKey, WrappedKind } from "../../../hsm/key-wrapping.ts";
import { readFile } from "../read-file.ts";
import { type KeyContext, keyCommand } from "../key-command.ts";
import { keyOptions } from "../key-options.ts";
import { makeKey } from "../make-key.ts";
import { type Given, oneOf, withWord } from "../options.ts";
import { inputOption, wrappingOption } from "./transport-options.ts";
import { methodOf, methodOptions, methodProblems } from "./wrap-method.ts";

const { label, ...others } = keyOptions;

const classes = new Map<string, Exclude<KeyClass, "public">>([
  ["3", "private"],
  ["4", "secret"],
]);
const types = new Map(Object.entries(keyTypes).map(([name, id]) => [String(id), name as KeyType]));

const options = {
  file: inputOption,
  under: wrappingOption,
  ...methodOptions,
  ...others,
  // A header has a label.
  label: { ...label, isRequired: false },
  type: withWord(
    "-kt",
    ["Key type", "<key type>", "specifies the type of the key: 0, 1, 3, 16, 21 or 31"],
    oneOf(types),
  ),
  class: withWord(
    "-kc",
    ["Key class", "<key class>", "specifies the class of the key: 3 private, 4 secret"],
    oneOf(classes),
  ),
} as const;

type GivenToUnwrap = Given<typeof options>;

/** Takes a wrapped key in from a file (AWS CloudHSM User Guide, "key_mgmt_util-unwrapKey"). */
export const unWrapKey = keyCommand({
  name: "unWrapKey",
  description: "UnWraps a key into HSM using the specified handle.",
  options,
  problems: (given) => [...methodProblems(given), ...(given.noHeader === true ? missing(given) : needless(given))],
  async run(context, given) {
    const { words } = context;
    const { file = "", under = 0, noHeader = false } = given;
    const method = await methodOf(context, given);
    const wrapped = await wrappedKey(context, given);
    const named = { label: given.label, id: given.id };
    const call = noHeader ? "unwrap" : "unwrapWithHeader";
    return makeKey(context, given, {
      call,
      request: (hsm, session, wish) =>
        hsm.wrapping.unwrap(session, { ...wish, ...named, wrapped, under, method, kind: kindOf(given) }),
      handles: (handle) => [handle],
      created: words.keyUnwrapped,
      opening: (error) => [
        noHeader ? [words.returned("unwrapTemplate")] : [],
        [words.returned(call, error), ...withoutHeader(file, error)],
      ],
    });
  },
});

async function wrappedKey({ home }: KeyContext, { file = "", ivFile }: GivenToUnwrap): Promise<WrappedKey> {
  const bytes = await readFile({ home }, file);
  return ivFile === undefined ? { bytes } : { bytes, iv: await readFile({ home }, ivFile) };
}

/** What no header says. */
function missing({ label: name, class: keyClass, type }: GivenToUnwrap): readonly string[] {
  return [
    ...(name === undefined ? ["Error: Label (-l) is missing."] : []),
    ...(keyClass === undefined ? ["Error: Key class (-kc) is missing."] : []),
    ...(type === undefined ? ["Error: Key type (-kt) is missing."] : []),
  ];
}

/** What a header says already. */
function needless({ class: keyClass, type }: GivenToUnwrap): readonly string[] {
  return [
    ...(keyClass === undefined ? [] : ["Error: Key class (-kc) is only for keys without a header (-noheader)."]),
    ...(type === undefined ? [] : ["Error: Key type (-kt) is only for keys without a header (-noheader)."]),
  ];
}

function kindOf({ class: keyClass, type, noHeader = false }: GivenToUnwrap): WrappedKind | undefined {
  return !noHeader || keyClass === undefined || type === undefined ? undefined : { class: keyClass, type };
}

function withoutHeader(file: string, error: HsmError | undefined): readonly string[] {
  if (error?.returnCode !== "WRAPPED_HEADER_MISSING") return [];
  return [`Error: ${file} has no header that says what key it is: give -noheader, -l, -kc and -kt.`];
}

import { CommandError } from "../../../errors/command-error.ts";
import { readFile } from "../read-file.ts";
import {
  type GcmTagLength,
  type WrapHash,
  type WrapMechanism,
  type WrapMethod,
  gcmTagLengths,
  wrapMechanisms,
} from "../../../hsm/key-wrapping.ts";
import { InvalidArgument } from "../../../command/parameter.ts";
import type { KeyContext } from "../key-command.ts";
import { type Given, oneOf, switchOf, text, withWord } from "../options.ts";

const mechanisms = new Map(
  (Object.entries(wrapMechanisms) as readonly (readonly [WrapMechanism, number])[]).map(([name, id]) => [
    String(id),
    name,
  ]),
);

const hashes = new Map<string, WrapHash>([
  ["2", "sha1"],
  ["3", "sha256"],
  ["4", "sha384"],
  ["5", "sha512"],
  ["6", "sha224"],
]);

const tagLengths = new Map<string, GcmTagLength>(gcmTagLengths.map((length) => [String(length), length]));

/** The only value that the key wrap of AES begins with (AWS CloudHSM User Guide, "manage-aes-key-wrapping"). */
function initialValue(word: string): string {
  if (!/^(?:0x)?(?:A6){8}$/i.test(word)) throw new InvalidArgument("is not valid");
  return word;
}

/** `-i`, which can say only what is so all the same. */
export const initialValueOption = withWord(
  "-i",
  ["Wrapping IV", "<wrapping IV>", "specifies the IV: A6A6A6A6A6A6A6A6"],
  initialValue,
);

/** How a key is wrapped, for the commands that wrap and unwrap one. */
export const methodOptions = {
  mechanism: withWord(
    "-m",
    ["Mechanism", "<mechanism>", "specifies the wrapping mechanism: 4, 5, 6, 7, 8, 10 or 11"],
    oneOf(mechanisms),
    { isRequired: true },
  ),
  hash: withWord("-t", ["Hash type", "<hash type>", "specifies the hash of 7 and 8: 2 to 6"], oneOf(hashes)),
  noHeader: switchOf("-noheader", "No header", "leaves out the header that says what key it is"),
  additional: withWord("-aad", ["AAD file", "<file>", "specifies a file with what 10 and 11 authenticate, too"], text),
  tagLength: withWord(
    "-tag_size",
    ["Tag size", "<bytes>", "specifies the tag of 10 and 11: 8, 12 to 16"],
    oneOf(tagLengths),
  ),
  ivFile: withWord("-iv_file", ["IV file", "<file>", "specifies the file of the IV of 10"], text),
  initialValue: initialValueOption,
} as const;

type GivenMethod = Given<typeof methodOptions>;

/** The mechanisms for which an option means something; and whether it does only without a header. */
const uses = {
  hash: { mechanisms: ["RSA_AES", "RSA_OAEP"], bare: false },
  additional: { mechanisms: ["AES_GCM", "CLOUDHSM_AES_GCM"], bare: false },
  tagLength: { mechanisms: ["AES_GCM", "CLOUDHSM_AES_GCM"], bare: true },
  ivFile: { mechanisms: ["AES_GCM"], bare: true },
  initialValue: { mechanisms: ["AES_KEY_WRAP_PAD_PKCS5", "NIST_AES_WRAP_NO_PAD"], bare: true },
} as const satisfies Partial<
  Record<keyof GivenMethod, { readonly mechanisms: readonly WrapMechanism[]; bare: boolean }>
>;

/** What is wrong with the options together; nothing, where they fit. */
export function methodProblems(given: GivenMethod): readonly string[] {
  const { mechanism, noHeader = false, ivFile } = given;
  if (mechanism === undefined) return [];
  const problems = (Object.keys(uses) as readonly (keyof typeof uses)[]).flatMap((name) => {
    const { mechanisms: fitting, bare } = uses[name];
    const isFitting = (fitting as readonly WrapMechanism[]).includes(mechanism) && (noHeader || !bare);
    if (given[name] === undefined || isFitting) return [];
    const { flag, name: title } = methodOptions[name];
    const numbers = fitting.map((each) => wrapMechanisms[each]).join(" and ");
    return [`Error: ${title} (${flag}) is only for mechanism ${numbers}${bare ? " with -noheader" : ""}.`];
  });
  const lacksIv = mechanism === "AES_GCM" && noHeader && ivFile === undefined;
  return lacksIv ? [...problems, "Error: IV file (-iv_file) is missing."] : problems;
}

/** The method that options say. Throws {@link CommandError} without a mechanism, and UnreadableFile. */
export async function methodOf({ home }: KeyContext, given: GivenMethod): Promise<WrapMethod> {
  const { mechanism, hash, additional, tagLength } = given;
  if (mechanism === undefined) throw new CommandError("Mechanism (-m) is missing");
  return {
    mechanism,
    ...(hash === undefined ? {} : { hash }),
    ...(tagLength === undefined ? {} : { tagLength }),
    ...(additional === undefined ? {} : { additional: await readFile({ home }, additional) }),
  };
}

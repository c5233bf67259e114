import { type Counterpart, NoCounterpart, lines, none } from "../words/counterpart.ts";
import { knownNumber, number, quoted } from "../words/new-words.ts";
import { type KeyRow, type KeyRows, inHex } from "./key-row.ts";
import { extraAttributes, makingNotes, quorumOf, sessionAndSharers } from "./making-options.ts";
import type { Options } from "./options.ts";

/** The curves that the new tool makes keys on. */
const curves: ReadonlyMap<string, string> = new Map([
  ["2", "prime256v1"],
  ["13", "secp224r1"],
  ["14", "secp384r1"],
  ["15", "secp521r1"],
  ["16", "secp256k1"],
]);

/** Those that key_mgmt_util makes none on. */
const refusedCurves: ReadonlySet<string> = new Set(["13", "15"]);

/** Bytes of the longest generic secret that the new tool makes. */
const longestSecret = 800;

function symmetric(options: Options): Counterpart {
  const size = number(options.given("-s"));
  const bytes = knownNumber(options.given("-s"));
  const label = quoted(options.given("-l"));
  const rest = `${sessionAndSharers(options)}${quorumOf(options, "")}`;
  const extra = extraAttributes(options);
  switch (options.given("-t")) {
    case "31": {
      if (bytes !== undefined && ![16, 24, 32].includes(bytes)) {
        throw new NoCounterpart("AES keys have 16, 24 or 32 bytes");
      }
      const attributes = ["encrypt=true decrypt=true wrap=true unwrap=true sign=false verify=false", ...extra].join(
        " ",
      );
      return lines(
        [`key generate-symmetric aes --label ${label} --key-length-bytes ${size} --attributes ${attributes}${rest}`],
        ...makingNotes(options),
        "the attributes are those that key_mgmt_util gives: the new tool's default signs, and does not encrypt",
      );
    }
    case "16": {
      if (bytes !== undefined && (bytes < 1 || bytes > longestSecret))
        throw new NoCounterpart("the new tool makes secrets of 1 to 800 bytes");
      const attributes = extra.length === 0 ? "" : ` --attributes ${extra.join(" ")}`;
      return lines(
        [`key generate-symmetric generic-secret --label ${label} --key-length-bytes ${size}${attributes}${rest}`],
        ...makingNotes(options),
      );
    }
    default:
      throw new NoCounterpart("the new tool makes AES keys and generic secrets: no 3DES, no RC4");
  }
}

/** A pair: what is in front of its labels, and what each half can do. */
function pair(
  options: Options,
  kind: string,
  {
    publicOnes,
    privateOnes,
    size = "",
  }: { readonly publicOnes: string; readonly privateOnes: string; readonly size?: string },
): Counterpart {
  const label = quoted(options.given("-l"));
  const id = options.value("-id");
  const publicAttributes = [publicOnes, ...(id === undefined ? [] : [`id=${inHex(id)}`])].join(" ");
  const privateAttributes = [privateOnes, ...extraAttributes(options)].join(" ");
  const line =
    `key generate-asymmetric-pair ${kind} --public-label ${label} --private-label ${label}${size} ` +
    `--public-attributes ${publicAttributes} --private-attributes ${privateAttributes}` +
    `${sessionAndSharers(options)}${quorumOf(options, "private-")}`;
  return lines([line], ...makingNotes(options), "without these attributes, the halves could neither sign nor verify");
}

function sizeOf(options: Options): string {
  const [bits, exponent] = [options.given("-m"), options.given("-e")];
  if ((knownNumber(bits) ?? 2048) < 2048) throw new NoCounterpart("a modulus has 2048 bits at least");
  const known = knownNumber(exponent) ?? 65_537;
  if (known < 65_537 || known % 2 === 0) throw new NoCounterpart("a public exponent is odd, and 65537 at least");
  return ` --modulus-size-bits ${number(bits)} --public-exponent ${number(exponent)}`;
}

function curveOf(id: string): string {
  const curve = curves.get(id);
  if (curve === undefined) throw new NoCounterpart("neither key_mgmt_util nor the new tool makes keys on this curve");
  if (!refusedCurves.has(id)) return curve;
  throw new NoCounterpart(`key_mgmt_util refuses this curve; the new tool makes it with --curve ${curve}`);
}

const noDsa: KeyRow = { counterpart: () => none("the new tool makes no DSA keys") };

/** What makes keys. */
export const makingRows: KeyRows = {
  genSymKey: { counterpart: symmetric },
  genRSAKeyPair: {
    counterpart: (options) =>
      pair(options, "rsa", {
        publicOnes: "verify=true encrypt=true wrap=true",
        privateOnes: "sign=true decrypt=true unwrap=true",
        size: sizeOf(options),
      }),
  },
  genECCKeyPair: {
    counterpart: (options) => {
      const curve = curveOf(options.given("-i"));
      return pair(options, `ec --curve ${curve}`, { publicOnes: "verify=true", privateOnes: "sign=true" });
    },
  },
  listECCCurveIds: {
    counterpart: () => lines(["help key generate-asymmetric-pair ec"], "curves have names, and no ids"),
  },
  genDSAKeyPair: noDsa,
  genPBEKey: { counterpart: () => none("the new tool derives no key from a password; HSMs in FIPS mode never did") },
  createPublicKey: {
    counterpart: () =>
      none("the new tool makes no public key of its numbers", "key import pem takes one from a PEM file"),
  },
};

import { type Counterpart, NoCounterpart, lines, none } from "../words/counterpart.ts";
import { idsAreLost, number, quoted, userOfId } from "../words/new-words.ts";
import { type KeyRow, type KeyRows, inHex } from "./key-row.ts";
import type { Options } from "./options.ts";

/** The curves that HSMs in FIPS mode make. */
const curves: ReadonlyMap<string, string> = new Map([
  ["2", "prime256v1"],
  ["14", "secp384r1"],
  ["16", "secp256k1"],
]);

/** Bytes of the longest generic secret that the new tool makes. */
const longestSecret = 800;

/** Whether a key is to be gone with its login. */
function isSession(options: Options): boolean {
  return options.has("-sess") && options.value("-sess") !== "0";
}

/** Attributes that every command that makes a key can set. */
export function extraAttributes(options: Options): readonly string[] {
  const id = options.value("-id");
  return [...(options.has("-nex") ? ["extractable=false"] : []), ...(id === undefined ? [] : [`id=${inHex(id)}`])];
}

/** What follows the attributes: session, sharers. */
export function sessionAndSharers(options: Options): string {
  const users = options.value("-u");
  const sharers = users === undefined ? "" : ` --share-crypto-users ${users.split(",").map(userOfId).join(" ")}`;
  return `${isSession(options) ? " --session" : ""}${sharers}`;
}

/** What is lost of any line that makes a key. */
export function makingNotes(options: Options): readonly string[] {
  const dropped = ["-min_srv", "-timeout", "-attest"].filter((flag) => options.has(flag));
  return [
    ...(options.has("-u") ? [idsAreLost] : []),
    ...(dropped.length === 0 ? [] : [`no counterpart for ${dropped.join(", ")}: left out`]),
    ...(dropped.includes("-min_srv")
      ? ["configure-cli has the key availability check: two HSMs, unless disabled"]
      : []),
    ...(isSession(options) ? ["a session key ends with its login: interactive mode only"] : []),
  ];
}

/** Both quorum values for an M value; the new tool takes 2 and more. */
function quorumOf(options: Options, half: "" | "private-"): string {
  const value = options.value("-m_value");
  if (value === undefined || value === "0" || value === "1") return "";
  return ` --manage-${half}key-quorum-value ${number(value)} --use-${half}key-quorum-value ${number(value)}`;
}

function symmetric(options: Options): Counterpart {
  const size = number(options.given("-s"));
  const label = quoted(options.given("-l"));
  const rest = `${sessionAndSharers(options)}${quorumOf(options, "")}`;
  const extra = extraAttributes(options);
  switch (options.given("-t")) {
    case "31": {
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
      if (Number(size) > longestSecret) throw new NoCounterpart("the new tool makes secrets of 1 to 800 bytes");
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

const noDsa: KeyRow = { counterpart: () => none("the new tool makes no DSA keys") };

/** What makes keys. */
export const makingRows: KeyRows = {
  genSymKey: { counterpart: symmetric },
  genRSAKeyPair: {
    counterpart: (options) =>
      pair(options, "rsa", {
        publicOnes: "verify=true encrypt=true wrap=true",
        privateOnes: "sign=true decrypt=true unwrap=true",
        size: ` --modulus-size-bits ${number(options.given("-m"))} --public-exponent ${number(options.given("-e"))}`,
      }),
  },
  genECCKeyPair: {
    counterpart: (options) => {
      const curve = curves.get(options.given("-i"));
      if (curve === undefined) throw new NoCounterpart("HSMs in FIPS mode refuse this curve, today as before");
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

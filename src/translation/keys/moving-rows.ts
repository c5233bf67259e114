import { type Counterpart, NoCounterpart, lines, none } from "../words/counterpart.ts";
import { bitsOf, clusterIds, keyReference, quoted } from "../words/new-words.ts";
import { substitutionsAreTheShells } from "../words/single-command-mode.ts";
import type { KeyRow, KeyRows } from "./key-row.ts";
import { extraAttributes, makingNotes, sessionAndSharers } from "./making-options.ts";
import { wrappingHash, wrappingOf } from "./mechanisms.ts";
import type { Options } from "./options.ts";

const plaintextIn: KeyRow = {
  counterpart: () =>
    none(
      "no key goes in as plaintext",
      "wrap it outside under a public key of the HSM, and take it in with key unwrap rsa-aes or rsa-oaep",
    ),
};

const plaintextOut: KeyRow = {
  counterpart: () => none("no key comes out as plaintext", "key wrap writes it wrapped; unwrap that outside"),
};

function attributesOf(options: Options): string {
  const attributes = extraAttributes(options);
  return attributes.length === 0 ? "" : ` --attributes ${attributes.join(" ")}`;
}

function optionsOf(mechanism: string, options: Options): string {
  const { takes } = wrappingOf(mechanism);
  if (takes === "hash") return ` --hash-function ${wrappingHash(options.value("-t"))}`;
  if (takes === "nothing") return "";
  const bits = bitsOf(options.value("-tag_size") ?? "16");
  const aad = options.value("-aad");
  return ` --tag-length-bits ${bits}${aad === undefined ? "" : ` --aad "$(xxd -p -c0 ${quoted(aad)})"`}`;
}

function wrap(options: Options): Counterpart {
  const mechanism = options.value("-m") ?? "4";
  const { name } = wrappingOf(mechanism);
  const filters = `--payload-filter ${keyReference(options.given("-k"))} --wrapping-filter ${keyReference(options.given("-w"))}`;
  return lines(
    [`key wrap ${name} ${filters}${optionsOf(mechanism, options)} --path ${quoted(options.given("-out"))}`],
    ...(options.has("-noheader") ? [] : ["writes no header: what reads it must be told label, class and type"]),
    ...(options.has("-iv_file") ? ["the iv is in the answer, and in no file"] : []),
    ...(options.has("-aad") ? [substitutionsAreTheShells] : []),
  );
}

/** The class of what is unwrapped, by `-kc` and `-kt`. Throws {@link NoCounterpart}. */
function typeClass(options: Options): string {
  const name = new Map([
    ["4 31", "aes"],
    ["4 21", "des3"],
    ["4 16", "generic-secret"],
    ["3 0", "rsa-private"],
    ["3 3", "ec-private"],
  ]).get(`${options.given("-kc")} ${options.given("-kt")}`);
  if (name === undefined) throw new NoCounterpart("the new tool unwraps no keys of this class and type");
  return name;
}

function unwrap(options: Options): Counterpart {
  if (!options.has("-noheader")) {
    throw new NoCounterpart("the new tool opens no blob with key_mgmt_util's header: wrap the key anew, -noheader");
  }
  const mechanism = options.value("-m") ?? "4";
  const { name } = wrappingOf(mechanism);
  const iv = name === "aes-gcm" ? options.given("-iv_file") : undefined;
  const line = [
    `key unwrap ${name} --filter ${keyReference(options.given("-w"))} --key-type-class ${typeClass(options)}`,
    `--label ${quoted(options.given("-l"))} --data-path ${quoted(options.given("-f"))}${optionsOf(mechanism, options)}`,
    ...(iv === undefined ? [] : [`--iv "$(xxd -p -c0 ${quoted(iv)})"`]),
  ].join(" ");
  const isFilledIn = line.includes("$(");
  return lines(
    [`${line}${attributesOf(options)}${sessionAndSharers(options)}`],
    ...makingNotes(options, "-m_value"),
    ...(isFilledIn ? [substitutionsAreTheShells] : []),
  );
}

/** What moves keys in and out. */
export const movingRows: KeyRows = {
  imSymKey: plaintextIn,
  importPrivateKey: plaintextIn,
  exSymKey: plaintextOut,
  exportPrivateKey: plaintextOut,
  importPubKey: {
    counterpart: (options) => {
      const file = quoted(options.given("-f"));
      const label = quoted(options.given("-l"));
      return lines(
        [
          `key import pem --path ${file} --label ${label} --key-type-class <rsa-public|ec-public>${attributesOf(options)}`,
        ],
        "put in which of the two the file holds",
        ...makingNotes(options, "-sess"),
      );
    },
  },
  exportPubKey: {
    counterpart: (options) => {
      const filter = keyReference(options.given("-k"));
      return lines([`key generate-file --encoding pem --path ${quoted(options.given("-out"))} --filter ${filter}`]);
    },
  },
  getCaviumPrivKey: {
    counterpart: (options) => {
      const filter = keyReference(options.given("-k"));
      const path = quoted(options.given("-out"));
      return lines([`key generate-file --encoding reference-pem --path ${path} --filter ${filter}`]);
    },
  },
  wrapKey: { counterpart: wrap },
  unWrapKey: { counterpart: unwrap },
  extractMaskedObject: {
    counterpart: (options) =>
      lines(
        [`key replicate --filter ${keyReference(options.given("-o"))} ${clusterIds}`],
        "between clones, logged in on both, and without a file: owner and sharers must be there",
      ),
  },
  insertMaskedObject: {
    counterpart: () =>
      none("nothing is inserted from a file: key replicate, in place of extractMaskedObject, does both"),
  },
  aesWrapUnwrap: { counterpart: () => none("the new tool wraps keys, and no files") },
};

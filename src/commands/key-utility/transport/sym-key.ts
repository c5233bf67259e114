import { readFile } from "../read-file.ts";
import type { KeyType } from "../../../hsm/key-type.ts";
import { keyCommand } from "../key-command.ts";
import { keyOptions } from "../key-options.ts";
import { oneOf, withWord } from "../options.ts";
import { exportKey } from "./export-key.ts";
import { importKey } from "./import-key.ts";
import { exportOptions, inputOption, wrappingFileOption, wrappingOption } from "./transport-options.ts";

/** The types of secret key that can be imported. */
const types = new Map<string, KeyType>([
  ["21", "3DES"],
  ["31", "AES"],
]);

const { label, id, session, attest, minServers, timeout, users, wrapWithTrusted } = keyOptions;

/** Imports a secret key in clear (AWS CloudHSM User Guide, "key_mgmt_util-imSymKey"). */
export const imSymKey = keyCommand({
  name: "imSymKey",
  description: "Imports a Symmetric key.",
  options: {
    file: inputOption,
    under: wrappingOption,
    type: withWord("-t", ["Key type", "<key type>", "specifies the type: 21 3DES, 31 AES"], oneOf(types), {
      isRequired: true,
    }),
    label,
    id,
    session,
    wrappingFile: wrappingFileOption,
    attest,
    minServers,
    timeout,
    users,
    wrapWithTrusted,
  },
  async run(context, given) {
    const { file = "", under = 0, type = "AES", wrappingFile } = given;
    return importKey(context, given, {
      plain: await readFile(context, file),
      kind: { class: "secret", type },
      under,
      wrappingFile,
      heading: [],
      created: context.words.secretImported,
    });
  },
});

/** Exports a secret key in clear ("key_mgmt_util-exSymKey"). */
export const exSymKey = keyCommand({
  name: "exSymKey",
  description: "Exports a Symmetric key.",
  options: exportOptions,
  run: (context, { key = 0, under = 0, file = "", wrappingFile }) =>
    exportKey(context, {
      ...{ key, under, file, wrappingFile },
      class: "secret",
      written: (plain) => plain,
      done: context.words.secretExported,
    }),
});

import { readFile } from "../read-file.ts";
import { pemOf } from "../../files/pem.ts";
import { keyCommand } from "../key-command.ts";
import { keyOptions } from "../key-options.ts";
import { exportKey } from "./export-key.ts";
import { importKey } from "./import-key.ts";
import { exportOptions, inputOption, wrappingFileOption, wrappingOption } from "./transport-options.ts";

const { label, id, session, attest, minServers, timeout, users, approvals, wrapWithTrusted } = keyOptions;

/** Imports a private key in PEM (AWS CloudHSM User Guide, "key_mgmt_util-importPrivateKey"). */
export const importPrivateKey = keyCommand({
  name: "importPrivateKey",
  description: "Imports RSA/DSA/EC private key.",
  options: {
    label,
    file: inputOption,
    under: wrappingOption,
    session,
    id,
    approvals,
    minServers,
    timeout,
    users,
    wrapWithTrusted,
    wrappingFile: wrappingFileOption,
    attest,
  },
  async run(context, given) {
    const { words, home } = context;
    const { file = "", under = 0, wrappingFile } = given;
    const { privateKeyIn } = await import("../../files/private-key-block.ts");
    const { type, encoded } = privateKeyIn(file, await readFile({ home }, file));
    return importKey(context, given, {
      plain: encoded,
      kind: { class: "private", type },
      under,
      wrappingFile,
      heading: [words.encodedLength(encoded.length)],
      created: words.privateImported,
    });
  },
});

/** Exports a private key in clear, in PEM ("key_mgmt_util-exportPrivateKey"). */
export const exportPrivateKey = keyCommand({
  name: "exportPrivateKey",
  description: "Exports RSA/DSA/EC private key.",
  options: exportOptions,
  run: (context, { key = 0, under = 0, file = "", wrappingFile }) =>
    exportKey(context, {
      ...{ key, under, file, wrappingFile },
      class: "private",
      written: (encoded) => pemOf("PRIVATE KEY", encoded),
      done: context.words.privateExported,
    }),
});

import { isDone } from "../../../cluster/answer.ts";
import { CommandError } from "../../../errors/command-error.ts";
import { readFile } from "../read-file.ts";
import { writeOutputFile } from "../../../files/output-file.ts";
import { pemOf } from "../../files/pem.ts";
import { answered, askHolder, errorOf } from "../ask-nodes.ts";
import { type KeyContext, keyCommand } from "../key-command.ts";
import { handleOption, keyOptions, outputOption } from "../key-options.ts";
import { makeKey } from "../make-key.ts";
import { inputOption } from "./transport-options.ts";

const { label, id, session, minServers, timeout } = keyOptions;

/** Imports a public key in PEM (AWS CloudHSM User Guide, "key_mgmt_util-importPubKey"). */
export const importPubKey = keyCommand({
  name: "importPubKey",
  description: "Imports RSA/DSA/EC Public key.",
  options: { label, file: inputOption, session, id, minServers, timeout },
  async run(context, given) {
    const publicKey = await publicKeyIn(context, given.file ?? "");
    return makeKey(context, given, {
      call: "createPublic",
      request: (hsm, login, wish) => hsm.wrapping.importPublic(login, { ...wish, publicKey }),
      handles: (handle) => [handle],
      created: context.words.publicImported,
    });
  },
});

/** Writes a public key to a file, in PEM ("key_mgmt_util-exportPubKey"). */
export const exportPubKey = keyCommand({
  name: "exportPubKey",
  description: "Exports RSA/DSA/EC Public key.",
  options: { key: handleOption(), file: outputOption },
  async run(context, { key = 0, file = "" }) {
    const { words, home } = context;
    const answers = await askHolder(context, (hsm, login) => hsm.wrapping.exportPublic(login, key));
    const found = answers.find(isDone);
    if (found === undefined) {
      return answered(context, "failed", answers, [[words.returned("exportPublic", errorOf(answers.at(-1)))]]);
    }
    await writeOutputFile(home, file, pemOf("PUBLIC KEY", found.value));
    return answered(context, "done", answers, [[words.publicExported(file)], [words.returned("exportPublic")]]);
  },
});

/** The first public key in PEM of a file, in DER. Throws {@link CommandError} where there is none. */
async function publicKeyIn({ home }: KeyContext, path: string): Promise<Buffer> {
  const text = (await readFile({ home }, path)).toString("latin1");
  const body = /-----BEGIN PUBLIC KEY-----([\sA-Za-z\d+/=]*)-----END PUBLIC KEY-----/.exec(text)?.[1];
  if (body === undefined) throw new CommandError(`${path} holds no public key in PEM (BEGIN PUBLIC KEY)`);
  return Buffer.from(body, "base64");
}

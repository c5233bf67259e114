import { isDone } from "../../../cluster/answer.ts";
import { answered, askHolder, errorOf } from "../ask-nodes.ts";
import { keyCommand } from "../key-command.ts";
import { handleOption } from "../key-options.ts";
import { readFile } from "../read-file.ts";
import { inputOption, mechanismOption } from "./signing-options.ts";

/** Verifies the signature of a file with a public key (AWS CloudHSM User Guide, "key_mgmt_util-verify"). */
export const verify = keyCommand({
  name: "verify",
  description: "Verifies a signature.",
  options: {
    file: inputOption("-f", "Input file", "specifies the file with the message"),
    signature: inputOption("-s", "Signature file", "specifies the file with the signature"),
    handle: handleOption(),
    mechanism: mechanismOption,
  },
  async run(context, { file = "", signature: signatureFile = "", handle = 0, mechanism = 0 }) {
    const { words } = context;
    const message = await readFile(context, file);
    const signature = await readFile(context, signatureFile);
    const answers = await askHolder(context, (hsm, session) =>
      hsm.using.verify(session, { handle, mechanism, message }, signature),
    );
    if (answers.some(isDone)) {
      return answered(context, "done", answers, [[words.verified], [words.returned("verify")]]);
    }
    const refused = errorOf(answers.at(-1));
    const blocks =
      refused?.returnCode === "BAD_PKCS_DATA" ? words.mismatch(refused) : [[words.returned("verify", refused)]];
    return answered(context, "failed", answers, blocks);
  },
});

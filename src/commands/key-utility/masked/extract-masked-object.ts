import { isDone } from "../../../cluster/answer.ts";
import { writeOutputFile } from "../../../files/output-file.ts";
import { answered, askHolder, errorOf } from "../ask-nodes.ts";
import { keyCommand } from "../key-command.ts";
import { handleOption, outputOption } from "../key-options.ts";

/**
 * Writes a key to a file, sealed for the HSMs of its cluster and of its clones (AWS CloudHSM User Guide,
 * "key_mgmt_util-extractMaskedObject"), also one that is not extractable.
 */
export const extractMaskedObject = keyCommand({
  name: "extractMaskedObject",
  description: "Extracts a masked object.",
  options: { handle: handleOption("-o", "Object handle"), output: outputOption },
  async run(context, { handle = 0, output = "" }) {
    const { home, words } = context;
    const answers = await askHolder(context, (hsm, session) => hsm.keys.extract(session, handle));
    const masked = answers.find(isDone);
    if (masked === undefined) {
      return answered(context, "failed", answers, [[words.returned("extractMasked", errorOf(answers.at(-1)))]]);
    }
    await writeOutputFile(home, output, masked.value);
    return answered(context, "done", answers, [[words.masked(output)], [words.returned("extractMasked")]]);
  },
});

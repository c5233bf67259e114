import { isDone } from "../../../cluster/answer.ts";
import { writeOutputFile } from "../../../files/output-file.ts";
import { answered, askHolder, errorOf, nodeAnswers } from "../ask-nodes.ts";
import { keyCommand } from "../key-command.ts";
import { handleOption, outputOption } from "../key-options.ts";
import { wrappingOption } from "./transport-options.ts";
import { methodOf, methodOptions, methodProblems } from "./wrap-method.ts";

/** Writes a key to a file, wrapped under another (AWS CloudHSM User Guide, "key_mgmt_util-wrapKey"). */
export const wrapKey = keyCommand({
  name: "wrapKey",
  description: "Wraps a key from HSM using the specified handle.",
  options: { key: handleOption(), under: wrappingOption, file: outputOption, ...methodOptions },
  problems: methodProblems,
  async run(context, given) {
    const { words, home } = context;
    const { key = 0, under = 0, file = "", noHeader = false, ivFile } = given;
    const method = await methodOf(context, given);
    const answers = await askHolder(context, (hsm, session) =>
      hsm.wrapping.wrap(session, { key, under, method, header: !noHeader }),
    );
    const found = answers.find(isDone);
    if (found === undefined) {
      return answered(context, "failed", answers, [[words.returned("wrap", errorOf(answers.at(-1)))]]);
    }
    const { bytes, iv } = found.value;
    if (iv !== undefined && ivFile !== undefined) await writeOutputFile(home, ivFile, iv);
    await writeOutputFile(home, file, bytes);
    return answered(context, "done", answers, [
      [words.returned("wrap")],
      [words.keyWrapped],
      [words.wrappedKeyWritten(file, bytes.length)],
      words.wrappedOn(nodeAnswers(words, answers)),
    ]);
  },
});

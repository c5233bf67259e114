import { isDone } from "../../../cluster/answer.ts";
import { writeOutputFile } from "../../../files/output-file.ts";
import { answered, askHolder, errorOf } from "../ask-nodes.ts";
import { keyCommand } from "../key-command.ts";
import { handleOption, outputOption } from "../key-options.ts";
import { readFile } from "../read-file.ts";
import { inputOption, mechanismOption } from "./signing-options.ts";

/** Signs a file with a private key (AWS CloudHSM User Guide, "key_mgmt_util-sign"); the file is hashed as it is. */
export const sign = keyCommand({
  name: "sign",
  description: "Generates a signature.",
  options: {
    file: inputOption("-f", "Input file", "specifies the file with the message"),
    handle: handleOption(),
    mechanism: mechanismOption,
    output: outputOption,
  },
  async run(context, { file = "", handle = 0, mechanism = 0, output = "" }) {
    const { home, words } = context;
    const message = await readFile(context, file);
    const answers = await askHolder(context, (hsm, session) => hsm.using.sign(session, { handle, mechanism, message }));
    const signed = answers.find(isDone);
    if (signed === undefined) {
      return answered(context, "failed", answers, [[words.returned("sign", errorOf(answers.at(-1)))]]);
    }
    await writeOutputFile(home, output, signed.value);
    return answered(context, "done", answers, [...words.signed(output), [words.returned("sign")]]);
  },
});

import { isDone } from "../../../cluster/answer.ts";
import { readFile } from "../read-file.ts";
import { writeOutputFile } from "../../../files/output-file.ts";
import { answered, askHolder, errorOf } from "../ask-nodes.ts";
import { keyCommand } from "../key-command.ts";
import { oneOf, text, withWord } from "../options.ts";
import { inputOption, wrappingOption } from "./transport-options.ts";
import { initialValueOption } from "./wrap-method.ts";

/** What each mode asks for, and where its result goes by itself. */
interface Mode {
  readonly call: "wrapData" | "unwrapData";
  readonly file: string;
}

const wrapping: Mode = { call: "wrapData", file: "wrapped_key" };
const modes = new Map<string, Mode>([
  ["0", { call: "unwrapData", file: "unwrapped_key" }],
  ["1", wrapping],
]);

/**
 * Wraps or unwraps a file, which no HSM keeps (AWS CloudHSM User Guide, "key_mgmt_util-aesWrapUnwrap"). Where it fails, an
 * empty file is left, as the original does.
 */
export const aesWrapUnwrap = keyCommand({
  name: "aesWrapUnwrap",
  description: "Does NIST AES Wrap/Unwrap.",
  options: {
    mode: withWord("-m", ["Mode", "<1 | 0>", "specifies 1 to wrap, 0 to unwrap"], oneOf(modes), { isRequired: true }),
    input: inputOption,
    under: wrappingOption,
    initialValue: initialValueOption,
    output: withWord("-out", ["Output file", "<file>", "specifies the file to write"], text),
  },
  async run(context, { mode = wrapping, input = "", under = 0, output }) {
    const { words, home } = context;
    const { call } = mode;
    const file = output ?? mode.file;
    const content = await readFile({ home }, input);
    const answers = await askHolder(context, (hsm, session) => hsm.wrapping[call](session, under, content));
    const found = answers.find(isDone);
    await writeOutputFile(home, file, found?.value ?? "");
    if (found === undefined) {
      return answered(context, "failed", answers, [[words.returned(call, errorOf(answers.at(-1)))]]);
    }
    return answered(context, "done", answers, [
      words.resultBytes(found.value),
      [words.resultWritten(file)],
      [words.returned(call)],
    ]);
  },
});

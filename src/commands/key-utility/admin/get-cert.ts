import { isDone } from "../../../cluster/answer.ts";
import { writeOutputFile } from "../../../files/output-file.ts";
import { answered, askFirst, errorOf } from "../ask-nodes.ts";
import { keyCommand } from "../key-command.ts";
import { numberIn, text, withWord } from "../options.ts";

const type = ["Certificate type", "<type>", "1, 2, 4, 8 or 16"] as const;

/** Writes a certificate of the first node to a file (AWS CloudHSM User Guide, "key_mgmt_util-getCert"). */
export const getCert = keyCommand({
  name: "getCert",
  description: "Gets Partition Certificates stored on HSM.",
  options: {
    file: withWord("-f", ["Output file", "<file>", "specifies the file to write"], text, { isRequired: true }),
    type: withWord("-t", type, numberIn(0, 0xff)),
    // The sample of the guide has it so, and its syntax the other one.
    sampleType: withWord("-s", type, numberIn(0, 0xff)),
  },
  problems: ({ type: ofSyntax, sampleType }) =>
    ofSyntax === undefined && sampleType === undefined ? ["Error: Certificate type (-t) is missing."] : [],
  async run(context, { file = "", type: ofSyntax, sampleType }) {
    const { cluster, home, words } = context;
    const wanted = ofSyntax ?? sampleType ?? 0;
    const answers = await askFirst(cluster.servers, () => (hsm, session) => hsm.certificate(wanted, session));
    const found = answers.find(isDone);
    if (found === undefined) {
      return answered(context, "failed", answers, [[words.certificateRead(errorOf(answers.at(-1)))]]);
    }
    await writeOutputFile(home, file, found.value);
    return answered(context, "done", answers, [[words.certificateRead()]]);
  },
});

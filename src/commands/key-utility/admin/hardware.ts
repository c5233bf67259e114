import { isDone } from "../../../cluster/answer.ts";
import { answered, askFirst, errorOf } from "../ask-nodes.ts";
import { keyCommand } from "../key-command.ts";

/** Shows the hardware of the first node, as the other shell does of each ("key_mgmt_util-help" has its name alone). */
export const getHsmInfo = keyCommand({
  name: "getHSMInfo",
  description: "Gets the HSM Information.",
  options: {},
  async run(context) {
    const { cluster, dialect, words } = context;
    const answers = await askFirst(cluster.servers, () => (hsm) => hsm.information());
    const found = answers.find(isDone);
    return answered(context, found === undefined ? "failed" : "done", answers, [
      found === undefined ? [] : withoutLastBlank(dialect.hsmInformation(found.server.id, found.value)),
      [words.returned("getHsmInfo", found === undefined ? errorOf(answers.at(-1)) : undefined)],
    ]);
  },
});

/** Shows what the first node holds, and has room for. */
export const getPartitionInfo = keyCommand({
  name: "getPartitionInfo",
  description: "Gets the Partition Information.",
  options: {},
  async run(context) {
    const { cluster, dialect, words } = context;
    const answers = await askFirst(cluster.servers, () => async (hsm) => ({
      id: hsm.identity.id,
      ...(await hsm.information()),
    }));
    const found = answers.find(isDone);
    return answered(context, found === undefined ? "failed" : "done", answers, [
      found === undefined ? [] : dialect.partitionInformation(found.server.id, found.value.id, found.value),
      [words.returned("getPartitionInfo", found === undefined ? errorOf(answers.at(-1)) : undefined)],
    ]);
  },
});

/** An answer has its blank lines between its blocks. */
function withoutLastBlank(lines: readonly string[]): readonly string[] {
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}

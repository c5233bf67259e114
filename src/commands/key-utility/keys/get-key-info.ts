import { isDone } from "../../../cluster/answer.ts";
import { answered, askHolder, errorOf } from "../ask-nodes.ts";
import { keyCommand } from "../key-command.ts";
import { handleOption } from "../key-options.ts";

/** Says whose a key is, and who else may use it (AWS CloudHSM User Guide, "key_mgmt_util-getKeyInfo"). */
export const getKeyInfo = keyCommand({
  name: "getKeyInfo",
  description: "Gets who owns a key, and with whom it is shared.",
  options: { handle: handleOption() },
  async run(context, { handle = 0 }) {
    const { words } = context;
    const answers = await askHolder(context, (hsm, session) => hsm.keys.information(session, handle));
    const found = answers.find(isDone);
    if (found === undefined) {
      return answered(context, "failed", answers, [[words.returned("getKey", errorOf(answers.at(-1)))]]);
    }
    const { owner, sharedWith, mValue } = found.value;
    return answered(context, "done", answers, [
      [words.returned("getKey")],
      [words.owner(owner)],
      [...(sharedWith.length === 0 ? [] : words.shares(sharedWith)), ...(mValue > 1 ? [words.approvals(mValue)] : [])],
    ]);
  },
});

import { isDone } from "../../../cluster/answer.ts";
import { askAll } from "../../../cluster/ask-each.ts";
import { answered, nodeAnswers, nodesInUse } from "../ask-nodes.ts";
import { clientCodes } from "../client-codes.ts";
import { keyCommand } from "../key-command.ts";
import { handleOption } from "../key-options.ts";

/** Deletes a key on every node (AWS CloudHSM User Guide, "key_mgmt_util-deleteKey"). */
export const deleteKey = keyCommand({
  name: "deleteKey",
  description: "Deletes a key.",
  options: { handle: handleOption() },
  async run(context, { handle = 0 }) {
    const { words } = context;
    const answers = await askAll(nodesInUse(context), (hsm, session) => hsm.making.delete(session, handle));
    const isDeleted = answers.every(isDone);
    return answered(context, isDeleted ? "done" : "failed", answers, [
      [words.returned("delete", isDeleted ? undefined : clientCodes.deletionRefused)],
      words.nodes(nodeAnswers(words, answers)),
    ]);
  },
});

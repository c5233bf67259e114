import { askAll } from "../../../cluster/ask-each.ts";
import { answered, errorOf, nodeAnswers, nodesInUse } from "../ask-nodes.ts";
import { isDone } from "../../../cluster/answer.ts";
import { keyCommand } from "../key-command.ts";
import { handleOption } from "../key-options.ts";

/** Says whether every node has a key (AWS CloudHSM User Guide, "key_mgmt_util-findSingleKey"). */
export const findSingleKey = keyCommand({
  name: "findSingleKey",
  description: "Finds a single key on each HSM.",
  options: { handle: handleOption() },
  async run(context, { handle = 0 }) {
    const { words } = context;
    const answers = await askAll(nodesInUse(context), (hsm, session) => hsm.keys.information(session, handle));
    const refused = answers.find((answer) => !isDone(answer));
    return answered(context, refused === undefined ? "done" : "failed", answers, [
      [words.returned("findSingle", errorOf(refused))],
      words.nodes(nodeAnswers(words, answers)),
    ]);
  },
});

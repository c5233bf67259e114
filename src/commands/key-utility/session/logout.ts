import { isDone } from "../../../cluster/answer.ts";
import { askAll } from "../../../cluster/ask-each.ts";
import { answered, errorOf, nodeAnswers, nodesInUse } from "../ask-nodes.ts";
import { keyCommand } from "../key-command.ts";

/** Logs out on every node (AWS CloudHSM User Guide, "key_mgmt_util-logoutHSM"); session keys are gone then. */
export const logoutHsm = keyCommand({
  name: "logoutHSM",
  description: "Logout from the HSM.",
  options: {},
  async run(context) {
    const { words } = context;
    const answers = await askAll(nodesInUse(context), (hsm, session) => hsm.logins.logout(session));
    for (const { server } of answers.filter(isDone)) server.remember(undefined);
    const refused = answers.find((answer) => !isDone(answer));
    return answered(context, refused === undefined ? "done" : "failed", answers, [
      [words.returned("logout", errorOf(refused))],
      words.nodes(nodeAnswers(words, answers)),
    ]);
  },
});

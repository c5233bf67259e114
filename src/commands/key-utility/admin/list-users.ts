import { isDone } from "../../../cluster/answer.ts";
import type { UserSummary } from "../../../hsm/user.ts";
import { answered, askFirst, errorOf } from "../ask-nodes.ts";
import { keyCommand } from "../key-command.ts";

/** Lists the users of the first node (AWS CloudHSM User Guide, "key_mgmt_util-listUsers"): one table for the cluster. */
export const listUsers = keyCommand({
  name: "listUsers",
  description: "Lists all users of a partition.",
  options: {},
  async run(context) {
    const { cluster, words } = context;
    const answers = await askFirst(cluster.servers, () => (hsm) => hsm.users.list());
    const found = answers.find(isDone);
    const error = found === undefined ? errorOf(answers.at(-1)) : undefined;
    return answered(context, found === undefined ? "failed" : "done", answers, [
      found === undefined ? [] : words.users(found.value.map(shown)),
      [words.returned("listUsers", error)],
    ]);
  },
});

/** The id of the officer who activated the cluster. */
const firstOfficer = 1;

/** The first officer is a PCO in the samples of three vendors' key utilities, also where the other shell says CO. */
function shown(user: UserSummary): UserSummary {
  return user.id === firstOfficer && user.type === "CO" ? { ...user, type: "PCO" } : user;
}

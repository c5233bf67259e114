import { olderFactor, password, secondFactorFile, userName, userType } from "../../../command/parameters.ts";
import { readPassword } from "../../../command/questions.ts";
import { serverCommand } from "../../../command/server-command.ts";
import { factorFor } from "../../files/authentication-data.ts";
import { askSecondFactor } from "./second-factor.ts";

/** Creates a user on every server in scope (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-createUser"). */
export const createUser = serverCommand({
  name: "createUser",
  suffix: olderFactor,
  parameters: [userType(), userName(), password(), secondFactorFile()],
  askFirst: async (context, { password: word }) => ({ password: await readPassword(context, word, "create") }),
  announcement: (dialect, { type, name }) => dialect.creatingUser(name, type),
  async prepare(context, { secondFactor: path }) {
    return { signed: path === undefined ? undefined : await askSecondFactor(context, path, "registration") };
  },
  request: (hsm, session, { type, name, password: secret, signed }) =>
    hsm.users.create(session, { type, name, password: secret }, signed && factorFor(signed, hsm.identity.id)),
  failureLine: (dialect, label) => dialect.creatingUserFailedOn(label),
  onFailure: "retryIgnoreAbort",
  data: (user) => user,
});

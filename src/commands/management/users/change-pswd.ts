import { olderFactor, password, secondFactorFile, userName, userType } from "../../../command/parameters.ts";
import { readPassword } from "../../../command/questions.ts";
import { serverCommand } from "../../../command/server-command.ts";
import { factorFor } from "../../files/authentication-data.ts";
import { askSecondFactor } from "./second-factor.ts";

/** Sets a password on every server in scope (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-changePswd"). */
export const changePswd = serverCommand({
  name: "changePswd",
  suffix: olderFactor,
  parameters: [userType(), userName(), password(), secondFactorFile()],
  askFirst: async (context, { password: word }) => ({ password: await readPassword(context, word, "change") }),
  announcement: (dialect, { type, name }) => dialect.changingPassword(name, type),
  async prepare(context, { secondFactor: path }) {
    return { signed: path === undefined ? undefined : await askSecondFactor(context, path, "registration") };
  },
  request: (hsm, session, { type, name, password: secret, signed }) =>
    hsm.users.changePassword(session, { type, name, password: secret }, signed && factorFor(signed, hsm.identity.id)),
  // Setting one's own password makes a PRECO a CO.
  loginAfter: ({ id, type }, before) => (before?.userId === id ? { ...before, type } : before),
  failureLine: (dialect, label) => dialect.changingPasswordFailedOn(label),
  onFailure: "retryIgnoreAbort",
  data: (user) => user,
});

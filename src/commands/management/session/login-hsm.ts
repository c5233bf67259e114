import { isDone } from "../../../cluster/answer.ts";
import { password, secondFactorFile, userName, userType } from "../../../command/parameters.ts";
import { readPassword } from "../../../command/questions.ts";
import { serverCommand } from "../../../command/server-command.ts";
import { factorFor } from "../../files/authentication-data.ts";
import { askSecondFactor } from "../users/second-factor.ts";

/** Logs in on every server in scope (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-loginLogout"). */
export const loginHsm = serverCommand({
  name: "loginHSM",
  parameters: [userType(), userName(), password(), secondFactorFile()],
  askFirst: async (context, { password: word }) => ({ password: await readPassword(context, word, "logIn") }),
  async prepare(context, { type, name, password: secret, secondFactor: path }) {
    const signed = path === undefined ? undefined : await askSecondFactor(context, path, "login");
    const credentials = { type, name, password: secret };
    // A server that cannot prepare refuses the login below, which tells of it.
    await Promise.allSettled(
      context.cluster.scope.map((server) => server.ask((hsm) => hsm.logins.prepare(credentials))),
    );
    return { credentials, signed };
  },
  request: (hsm, _session, { credentials, signed }) =>
    hsm.logins.login(credentials, (signed && factorFor(signed, hsm.identity.id))?.signature),
  loginAfter: (login) => login,
  data: ({ userId, type, name }) => ({ userId, type, name }),
  afterwards({ output }, answers) {
    for (const { server } of answers.filter((answer) => !isDone(answer))) {
      const { label, login } = server;
      if (login === undefined) continue;
      output.hint(`Still logged in on server ${label}: ${login.name}(${login.type}). logoutHSM ends that login.`);
    }
  },
});

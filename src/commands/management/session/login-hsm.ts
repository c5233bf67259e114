import { factorFor } from "../../files/authentication-data.ts";
import { command } from "../../../command/command.ts";
import { readPassword } from "../../../command/questions.ts";
import { onServers } from "../../../command/on-servers.ts";
import { password, secondFactorFile, userName, userType } from "../../../command/parameters.ts";
import { askSecondFactor } from "../users/second-factor.ts";

/** Logs in on every server in scope (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-loginLogout"). */
export const loginHsm = command({
  name: "loginHSM",
  summary: "Logs in to the HSMs",
  description:
    "Logs in to each HSM. Five wrong passwords lock the user on that HSM until an officer sets a new one. " +
    "An officer with a second factor adds -2fa; other users may, and leave the signatures blank.",
  example: "loginHSM CO admin -hpswd",
  modes: ["global", "server"],
  parameters: [userType("CO, CU, AU or PRECO (for a PCO: CO)"), userName(), password(), secondFactorFile()],
  async run(context, { type, name, password: word, secondFactor: path }) {
    const secret = await readPassword(context, word, "logIn");
    if (secret === undefined) return "failed";
    const signed = path === undefined ? undefined : await askSecondFactor(context, path, "login");
    const credentials = { type, name, password: secret };
    const preparations = context.cluster.scope.map(async (server) => (await server.hsm()).logins.prepare(credentials));
    // A server that cannot prepare refuses the login below, which tells of it.
    await Promise.allSettled(preparations);
    const earlier = new Map(context.cluster.scope.map((server) => [server, server.login]));
    const outcome = await onServers(context, {
      command: "loginHSM",
      request: async (server) => {
        const { identity, logins } = await server.hsm();
        const factor = signed && factorFor(signed, identity.id);
        server.remember(await logins.login(credentials, factor?.signature));
      },
    });
    for (const [{ label, login }, before] of earlier) {
      if (login === undefined || login !== before) continue;
      context.output.hint(
        `Still logged in on server ${label}: ${login.name}(${login.type}). logoutHSM ends that login.`,
      );
    }
    return outcome;
  },
});

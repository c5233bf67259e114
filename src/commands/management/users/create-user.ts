import { factorFor } from "../../files/authentication-data.ts";
import { command } from "../../../command/command.ts";
import { confirm, readPassword, retryIgnoreAbort } from "../../../command/questions.ts";
import { announce, onServers } from "../../../command/on-servers.ts";
import { olderFactor, password, secondFactorFile, userName, userType } from "../../../command/parameters.ts";
import { askSecondFactor } from "./second-factor.ts";

/** Creates a user on every server in scope (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-createUser"). */
export const createUser = command({
  name: "createUser",
  summary: "Creates a crypto officer (CO) or crypto user (CU)",
  description:
    "Creates a user on each HSM. Only a CO may. The HSM checks name, type and password after the y. " +
    "With -2fa, a CO logs in with a second factor from then on, and approves with its key.",
  example: "createUser CU alice -hpswd",
  modes: ["global", "server"],
  suffix: olderFactor,
  parameters: [userType("CO or CU; also PCO, PRECO or preCO"), userName(), password(), secondFactorFile()],
  async run(context, { type, name, password: word, secondFactor: path }) {
    const secret = await readPassword(context, word, "create");
    if (secret === undefined || !(await confirm(context, "createUser"))) return "failed";
    announce(context, context.dialect.creatingUser(name, type));
    const signed = path === undefined ? undefined : await askSecondFactor(context, path, "registration");
    return onServers(context, {
      command: "createUser",
      request: async (server) => {
        const { identity, users } = await server.hsm();
        const factor = signed && factorFor(signed, identity.id);
        return users.create(server.session, { type, name, password: secret }, factor);
      },
      failureLine: ({ label }) => context.dialect.creatingUserFailedOn(label),
      question: retryIgnoreAbort,
    });
  },
});

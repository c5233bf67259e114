import { factorFor } from "../../files/authentication-data.ts";
import { command } from "../../../command/command.ts";
import { confirm, readPassword, retryIgnoreAbort } from "../../../command/questions.ts";
import { announce, onServers } from "../../../command/on-servers.ts";
import { olderFactor, password, secondFactorFile, userName, userType } from "../../../command/parameters.ts";
import { askSecondFactor } from "./second-factor.ts";

/** Sets a password on every server in scope (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-changePswd"). */
export const changePswd = command({
  name: "changePswd",
  summary: "Sets the password of a user",
  description:
    "Sets a password on each HSM and unlocks the user. Everybody may set their own, a CO that of any CO or CU. " +
    "A PRECO that sets its own becomes a CO: that activates the cluster. With -2fa an officer has a second " +
    "factor from then on, or another one; without it, none any more, and no key to approve with either.",
  example: "changePswd CU alice -hpswd",
  modes: ["global", "server"],
  suffix: olderFactor,
  parameters: [userType("CO, CU, AU or PRECO (for a PCO: CO)"), userName(), password(), secondFactorFile()],
  async run(context, { type, name, password: word, secondFactor: path }) {
    const secret = await readPassword(context, word, "change");
    if (secret === undefined || !(await confirm(context, "changePswd"))) return "failed";
    announce(context, context.dialect.changingPassword(name, type));
    const signed = path === undefined ? undefined : await askSecondFactor(context, path, "registration");
    return onServers(context, {
      command: "changePswd",
      request: async (server) => {
        const { identity, users } = await server.hsm();
        const factor = signed && factorFor(signed, identity.id);
        const changed = await users.changePassword(server.session, { type, name, password: secret }, factor);
        const { login } = server;
        if (login?.userId === changed.id) server.remember({ ...login, type: changed.type });
      },
      failureLine: ({ label }) => context.dialect.changingPasswordFailedOn(label),
      question: retryIgnoreAbort,
    });
  },
});

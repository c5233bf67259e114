import { file, userName } from "../../../command/parameters.ts";
import { serverCommand } from "../../../command/server-command.ts";
import { readInputFile } from "../../../files/input-file.ts";
import { readUserTemplate } from "../../files/user-template.ts";

/** Switches what a crypto user may do (a command of the sibling shells, Oracle's wording). */
export const setUserAttributes = serverCommand({
  name: "setUserAttributes",
  parameters: [
    userName("the name of a crypto user"),
    file("template", "<template file>", "lines in pairs: CKA_USER_SIGN, for instance, then 0x01 (on) or 0x00 (off)"),
  ],
  announcement: (dialect, { name }) => dialect.changingSwitches(name),
  prepare: async ({ home }, { template }) => ({
    changes: readUserTemplate(template, (await readInputFile(home, template)).toString("utf8")),
  }),
  request: (hsm, session, { name, changes }) => hsm.users.setSwitches(session, name, changes),
});

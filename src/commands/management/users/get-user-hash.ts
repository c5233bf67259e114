import { userName } from "../../../command/parameters.ts";
import { type ServerLines } from "../../../command/answer-printer.ts";
import { serverCommand } from "../../../command/server-command.ts";

/** How both commands word their answer. */
const shown = {
  lines: ({ dialect, server, value }: ServerLines & { readonly value: string }): readonly string[] =>
    dialect.userHash(server.label, value),
  data: (hash: string): unknown => ({ hash }),
} as const;

/** Shows a hash of all users of every server in scope, the same where they are in step (named by Azure's help). */
export const getUserHash = serverCommand({
  name: "getUserHash",
  parameters: [],
  request: (hsm, session) => hsm.users.hash(session),
  ...shown,
});

/** The same of one user. */
export const getSingleUserHash = serverCommand({
  name: "getSingleUserHash",
  parameters: [userName()],
  request: (hsm, session, { name }) => hsm.users.hash(session, name),
  ...shown,
});

import { file, userName } from "../../../command/parameters.ts";
import { serverCommand } from "../../../command/server-command.ts";
import { requireFolder } from "../../../files/named-folder.ts";
import { slashed } from "../../../files/named-path.ts";

/** Has each HSM draw what the cluster's owner is to sign, so that a locked officer is unlocked (Azure and Oracle). */
export const getChallenge = serverCommand({
  name: "getChallenge",
  parameters: [
    userName("the name of a crypto officer whom wrong passwords have locked"),
    file("challenges", "<challenge folder>", "the folder for challenge_node_<node>, which the owner is to sign"),
    file("signatures", "<signature folder>", "the folder for signature_node_<node>, by which the HSM vouches for it"),
  ],
  async askFirst(_context, { challenges, signatures }) {
    await requireFolder(slashed(challenges));
    await requireFolder(slashed(signatures));
    return {};
  },
  announcement: (dialect) => dialect.gettingChallenge,
  request: (hsm, session, { name }) => hsm.unlocking.challenge(session, name),
  savedEach({ dialect, server, value }, { challenges, signatures }) {
    const node = String(dialect.nodeOf(server.id));
    return [
      { path: inFolder(challenges, `challenge_node_${node}`), content: value.challenge },
      { path: inFolder(signatures, `signature_node_${node}`), content: value.signature },
    ];
  },
});

/** A file of a folder that may be written as on Windows. */
function inFolder(folder: string, name: string): string {
  return `${slashed(folder).replace(/(?<=[^/])\/+$/, "")}/${name}`;
}

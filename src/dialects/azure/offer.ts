import type { ManagementOffer, Offered } from "../../command/offer.ts";
import type { Mode } from "../../cluster/cluster.ts";
import { aws } from "../aws/aws.ts";
import { certificateOffer } from "../certificate-offer.ts";
import { words } from "./offered-words.ts";

const both = "global server";
/** The commands that help lists (onboarding guide of 2026-03-04, p38 and p39), by the modes in which it does. */
const listed: readonly (readonly [modes: string, names: string])[] = [
  [
    both,
    "approveToken changePswd createUser deleteUser delToken deregisterUserAuthPubKey disableUserAccess enable_e2e " +
      "findAllKeys getAttribute getAuditUDD getChallenge getClusterInfo getConfigPreGenCacheSize getHSMInfo getKeyInfo " +
      "getMValue getPolicy getPreGenCacheSize getSingleUserHash getToken getTokenTimeout getUserHash getUserInfo help " +
      "listAttributes listKBKSlots listTokens listUserAuthPubKeys listUsers loginHSM logoutHSM modifyKeyOwner " +
      "registerMofnPubKey registerQuorumPubKey registerUserAuthPubKey renamePCO resetUserAuthPubKey setAttribute " +
      "setAuditUDD setConfigPreGenCacheSize setHSMConfig setKBKPrimary setMValue setPolicy setTokenTimeout " +
      "setUserAttributes setUserAuthPubKey shareKey smAppCtrl smAppDelete smAppDiagInfo smAppUpdate storeFixedKey " +
      "unlockCO unlockUser updateUserAuthPubKey",
  ],
  [both, "quit"],
  // Its words differ by mode.
  ["global", "getKeyDiffMap"],
  ["server", "getKeyDiffMapOfServer"],
  ["global", "info server"],
  [
    "server",
    "backupPartition clone exit generateKEK getCert getCertReq getPartitionInfo getUserDiffMap reconnect " +
      "restorePartition storeCert syncKey syncUser",
  ],
];

/** What there is, by the names of the command table. */
const known: ManagementOffer = { ...aws.offer, ...certificateOffer };

/** How a command is offered: as AWS's shell does where it has it, with what differs here, or as is said here alone. */
function offeredAs(name: string, modes: readonly Mode[]): Offered<Mode> {
  const said = { ...known[name], ...words[name], documented: true, modes };
  const { summary } = said;
  return summary === undefined ? { modes, summary: "Not simulated here", simulated: false } : { ...said, summary };
}

function modesOf(text: string): readonly Mode[] {
  return (["global", "server"] as const).filter((mode) => text.split(" ").includes(mode));
}

const rows = listed.flatMap(([modes, names]) =>
  names.split(" ").map((name) => [name, offeredAs(name, modesOf(modes))] as const),
);

/** What Azure's shell offers, in the order of the names, as its help lists them. */
export const offer: ManagementOffer = Object.fromEntries(
  rows.toSorted(([one], [other]) => (one.toLowerCase() < other.toLowerCase() ? -1 : 1)),
);

import type { ManagementOffer } from "../../../command/offer.ts";
import { file, handle, serverId, userId } from "./words.ts";

const onSource = "enter server mode on the source HSM first (server <ServerID>)";

/** What has a page of its own in the documentation of OCI Dedicated KMS, and is not in its list of global mode. */
export const ofServer = {
  shareKey: {
    modes: ["global", "server"],
    listedIn: [],
    summary: "Shares a key with other crypto users, or stops sharing it",
    caution: "asked",
    words: { handle, userIds: { label: "<UserID>" }, share: { label: "<share/unshare 1/0>" } },
  },
  exit: {
    modes: ["server"],
    summary: "Leaves server mode: commands go to all HSMs again",
    elsewhere: "you are in global mode already (quit ends the session)",
  },
  getCert: {
    modes: ["server"],
    summary: "Writes a certificate of this HSM to a file",
    words: { file: { label: "<FileName>" }, certificateType: { label: "<CertificateType>" } },
  },
  syncUser: {
    modes: ["server"],
    elsewhere: onSource,
    summary: "Copies a user from this HSM to another one",
    words: { userId, serverId },
  },
  syncKey: {
    modes: ["server"],
    elsewhere: onSource,
    summary: "Copies a key from this HSM to another one",
    words: { handle, serverId },
  },
  getUserDiffMap: {
    modes: ["server"],
    summary: "Shows on which HSMs each user of this HSM exists",
    words: { userId: { label: "<UserID (0-1024)>" }, file },
  },
  getKeyDiffMapOfServer: {
    modes: ["server"],
    summary: "Shows on which HSMs each key of this HSM is in sync",
    words: { userId, handle, file },
  },
  modifyKeyOwner: {
    modes: ["server"],
    summary: "Gives a key to another crypto user",
    description: "Gives a key to another crypto user; the key's check value proves that it is meant. Requires a CO.",
    caution: "asked",
    words: { handle, userId },
  },
  reconnect: {
    modes: ["server"],
    summary: "Connects to this HSM anew",
    description: "Connects to this HSM anew, also where it was lost. Who is logged in there is logged out.",
  },
  getPartitionInfo: {
    modes: ["server"],
    summary: "Shows the limits of this HSM and how full it is",
    description: "Shows the limits of this HSM and how full it is. Requires a CO.",
  },
  backupPartition: { modes: ["server"], summary: "Not simulated here", simulated: false },
  restorePartition: { modes: ["server"], summary: "Not simulated here", simulated: false },
} as const satisfies ManagementOffer;

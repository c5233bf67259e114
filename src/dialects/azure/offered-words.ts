import type { Offered } from "../../command/offer.ts";
import type { Mode } from "../../cluster/cluster.ts";
import { unlockingOffer } from "../unlocking-offer.ts";

const name = { meaning: "1 to 31 letters, digits, hyphens or underscores; case does not matter" } as const;

const password = { meaning: "8 to 32 characters; case matters; -hpswd prompts for it without echo" } as const;

/** Guides until 2026-01 write PO for the officer of the factory, and their screenshots show it accepted. */
const anyType = {
  meaning: "CO, CU, AU or PRECO, which older guides call PO; case matters",
  synonyms: { PO: "PRECO" },
} as const;

const type = { meaning: "CO or CU; case matters" } as const;

/** What Azure's shell says of commands otherwise than AWS's, by command. */
export const words: Readonly<Record<string, Partial<Offered<Mode>>>> = {
  // It works everywhere, though help in server mode does not list it.
  quit: { listedIn: ["global"] },
  loginHSM: {
    description:
      "Logs in to each HSM. Five wrong passwords lock the user on that HSM until an officer sets a new password.",
    words: { name, password, type: anyType },
  },
  changePswd: { words: { name, password, type: anyType } },
  createUser: {
    description:
      "Creates a user on each HSM. The HSM checks name, type and password after you answer y. Where some nodes have the " +
      "user already, run it again with the same words and answer I there: the missing nodes get the user. Requires a CO.",
    words: { name, password, type },
  },
  deleteUser: { words: { name, type } },
  getUserInfo: { words: { name } },
  setUserAttributes: {
    summary: "Switches what a crypto user may do with keys",
    description:
      "Switches what a crypto user may do: a template has CKA_USER_SIGN, _WRAP, _UNWRAP, _MODIFIABLE, _DERIVE, _KEYGEN or " +
      "CKA_MANAGE_BY_CO on a line, and 0x01 (on) or 0x00 (off) on the next. Requires a CO.",
    words: { name },
  },
  disableUserAccess: {
    summary: "Takes the officers' power over a crypto user away",
    description:
      "Officers can no longer change the password of a crypto user, delete the user, trust the user's keys or give them to " +
      "others. setUserAttributes with CKA_MANAGE_BY_CO and 0x01 lets them again. Requires a CO.",
    caution: "asked",
    words: { name },
  },
  getUserHash: {
    summary: "Shows a hash of all users of each HSM",
    description:
      "Shows a hash of all users of each HSM, over id, type, name, password, public key, second factor and switches: HSMs " +
      "that show the same one are in step. One password that was set twice counts as two. Requires a CO.",
  },
  getSingleUserHash: {
    summary: "Shows a hash of one user on each HSM",
    description: "Shows the hash of one user on each HSM: it is the same where the user is in step. Requires a CO.",
    words: { name },
  },
  unlockUser: {
    summary: "Lets a locked crypto user log in again",
    description: "Lets a crypto user log in again whom wrong passwords have locked; the password stays. Requires a CO.",
    caution: "asked",
    words: { name },
  },
  modifyKeyOwner: {
    summary: "Gives a key to another crypto user",
    description: "Gives a key to another crypto user; the key's check value proves that it is meant. Requires a CO.",
    caution: "asked",
  },
  reconnect: {
    summary: "Connects to this HSM anew",
    description: "Connects to this HSM anew, also where it was lost. Who is logged in there is logged out.",
  },
  syncUser: {
    description:
      "Copies a user with their password to another HSM of the same cluster. A user who exists there already is refused, " +
      "whatever the password: changePswd in that server's mode mends it. Requires a CO who is logged in on both HSMs.",
  },
  setAttribute: {
    description:
      "Changes an attribute of a key on each HSM: 3 (label); 260 to 264, 266, 268, 370 and 528 (0 or 1; 528 stays 1); " +
      "1073742353 and 1073742354 (the handle of a template). Requires the CU who owns the key; for 134 (TRUSTED), which " +
      "takes 1 only, a CO.",
    example: "setAttribute 262152 134 1",
  },
  ...unlockingOffer,
  getClusterInfo: {
    summary: "Shows the nodes of the cluster, connected or not",
    description:
      "Shows, for each HSM that is connected, all nodes of its cluster with their host names. Node 1 is server 0 where " +
      "the configuration names the first host. No login required.",
  },
};

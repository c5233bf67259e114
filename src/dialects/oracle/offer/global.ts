import type { ManagementOffer } from "../../../command/offer.ts";
import { unlockingOffer } from "../../unlocking-offer.ts";
import { command, file, handle, login, name, officer, serverId, type, userId, without } from "./words.ts";

const both = ["global", "server"] as const;

/** What `help` lists in global mode, in its order (OCI Dedicated KMS, page of help), but for what firmware of 2025-09-15 withdrew. */
export const listed = {
  help: {
    modes: both,
    summary: "Lists all commands or syntax for specific command",
    words: { name: command },
  },
  info: {
    modes: ["global"],
    summary: "Shows the servers: address, partition and who is logged in",
    words: { serverId: { label: "server <ServerID>" } },
  },
  server: {
    modes: ["global"],
    summary: "Enters server mode: commands go to one HSM only",
    words: { serverId },
  },
  quit: { modes: both, listedIn: ["global"], summary: "Logs out, disconnects and ends the session" },
  loginHSM: {
    modes: both,
    summary: "Login to the HSM",
    description: "Login to the HSM. Password will be read in hidden mode.",
    without,
    words: login,
  },
  logoutHSM: { modes: both, summary: "Logs out of the HSMs" },
  listUsers: { modes: both, summary: "Lists the users of each HSM" },
  createUser: {
    modes: both,
    summary: "Creates a crypto officer (CO) or crypto user (CU)",
    description: "Creates a user on each HSM. Password will be read in hidden mode. Requires a CO.",
    caution: "asked",
    without,
    words: { type, name },
  },
  deleteUser: {
    modes: both,
    summary: "Deletes a user",
    description: "Deletes a user on each HSM, without asking first, and the keys that the user owns. Requires a CO.",
    caution: "shown",
    onFailure: "retryIgnoreAbort",
    words: { type, name },
  },
  changePswd: {
    modes: both,
    summary: "Sets the password of a user",
    description:
      "Sets a user's password on each HSM. Password will be read in hidden mode. Users can change their own password; a " +
      "CO can change that of any CO or CU. A PRECO who changes their own password becomes a CO, which activates the cluster.",
    caution: "asked",
    without,
    words: { type, name },
  },
  findAllKeys: {
    modes: both,
    summary: "Shows the keys a user owns or shares, and the key hash",
    description: "Shows the handles of the keys that a user can use. User 0 means all users. Requires a CO.",
    words: { userId, hash: { label: "<KeyHash (0/1)>" }, file },
  },
  getKeyInfo: {
    modes: both,
    summary: "Shows who owns a key and with whom it is shared",
    prefix: "-k",
    successLine: "always",
    words: { handle, file },
  },
  getKeyDiffMap: {
    modes: ["global"],
    summary: "Shows on which HSMs each key of an HSM is in sync",
    words: { serverId, userId, handle, file },
  },
  getAttribute: {
    modes: both,
    summary: "Shows one attribute of a key, or all of them (512)",
    words: { handle, file },
  },
  listAttributes: { modes: both, summary: "Lists the attributes of keys and their numbers" },
  setAttribute: { modes: both, summary: "Changes an attribute of a key", caution: "asked", words: { handle } },
  setUserAttributes: {
    modes: both,
    summary: "Switches what a crypto user may do with keys",
    description:
      "Switches what a crypto user may do: a template has CKA_USER_SIGN, _WRAP, _UNWRAP, _MODIFIABLE, _DERIVE, _KEYGEN or " +
      "CKA_MANAGE_BY_CO on a line, and 0x01 (on) or 0x00 (off) on the next. Requires a CO.",
    words: { name, template: { label: "<TemplateFile>" } },
  },
  unlockCO: {
    ...unlockingOffer.unlockCO,
    modes: both,
    words: { name: officer, template: { label: "<TemplateFilePath>" } },
  },
  unlockUser: {
    modes: both,
    summary: "Lets a locked crypto user log in again",
    description: "Lets a crypto user log in again whom wrong passwords have locked; the password stays. Requires a CO.",
    caution: "asked",
    words: { name },
  },
  storeFixedKey: { modes: both, summary: "Not simulated here", simulated: false },
  getUserInfo: { modes: both, summary: "Shows one user on each HSM", words: { name, file } },
  getChallenge: {
    ...unlockingOffer.getChallenge,
    modes: both,
    words: { name: officer, challenges: { label: "<ChallengeFolder>" }, signatures: { label: "<SignatureFolder>" } },
  },
} as const satisfies ManagementOffer;

import type { ManagementOffer } from "../../../command/offer.ts";

const onSource = "enter server mode on the source HSM first (server <server ID>)";

/** Keys and certificates (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-findAllKeys" and its like). */
export const keys = {
  findAllKeys: {
    modes: ["global", "server"],
    summary: "Shows the keys a user owns or shares, and the key hash",
    description:
      "Shows the handles of the keys that a user can use. (o): owned by the user; (s): shared with the user; unmarked: " +
      "other users' public keys. User 0 means all users, without marks. The key hash covers handle, owner, shares, " +
      "approvers and check value of every key of an HSM, whichever user is asked for: HSMs that are in sync have the " +
      "same hash. Requires a CO or AU.",
    example: "findAllKeys 3 1",
    words: { userId: { label: "<user id>" }, hash: { label: "<key hash (0/1)>" } },
  },
  getKeyInfo: {
    modes: ["global", "server"],
    summary: "Shows who owns a key and with whom it is shared",
    description:
      "Shows the owner of a key, the users it is shared with, and how many users must approve its use; -k can be left " +
      "out. A CU can ask about keys that they own or share and about public keys, a CO or AU about all keys.",
    example: "getKeyInfo -k 262152",
    prefix: "-k",
    words: { handle: { label: "<key-handle>" } },
  },
  getAttribute: {
    modes: ["global", "server"],
    summary: "Shows one attribute of a key, or all of them (512)",
    description:
      "Shows an attribute of a key on each HSM; 512 means all attributes of the key. Requires the CU who owns the key " +
      "or shares it; for a public key, any CU. A CO can read 134 (TRUSTED).",
    example: "getAttribute 262152 512",
    words: { file: { label: "<filename>" } },
  },
  setAttribute: {
    modes: ["global", "server"],
    summary: "Changes an attribute of a key",
    description:
      "Changes an attribute of a key on each HSM: 3 (label); 260 to 264, 266, 268, 370 and 528 (0 or 1; 528 stays 1); " +
      "1073742353 and 1073742354 (the handle of a template). Requires the CU who owns the key; for 134 (TRUSTED), a CO.",
    example: "setAttribute 262152 261 0",
    caution: "asked",
  },
  listAttributes: {
    modes: ["global", "server"],
    summary: "Lists the attributes of keys and their numbers",
    description:
      "Lists the attributes of keys with the numbers that getAttribute and setAttribute take. No login required.",
  },
  shareKey: {
    modes: ["global", "server"],
    summary: "Shares a key with other crypto users, or stops sharing it",
    description:
      "Shares a secret or private key with other crypto users on each HSM, or stops sharing it. They can only use the " +
      "key. Requires the CU who owns the key.",
    example: "shareKey 262152 4,5 1",
    caution: "asked",
    words: { userIds: { label: "<user id>" }, share: { label: "<(share/unshare key?) 1/0>" } },
  },
  syncKey: {
    modes: ["server"],
    elsewhere: onSource,
    summary: "Copies a key from this HSM to another one",
    description:
      "Copies a key with its owner, shares and attributes to another HSM of the same cluster or of a clone. If that " +
      "HSM has the key already, the copy replaces it. The key's users must exist there first (syncUser). Requires a " +
      "CO, or the CU who owns the key, logged in on both HSMs.",
    example: "syncKey 262162 1",
    words: { serverId: { label: "<destination hsm>" } },
  },
  getCert: {
    modes: ["server"],
    summary: "Writes a certificate of this HSM to a file",
    description:
      "Writes a certificate to a file, in PEM. Type 1: the manufacturer's root; 2: the HSM's hardware, signed by the " +
      "manufacturer's root; 4: the customer's root; 8: the cluster, signed by the customer's root; 16: the cluster, " +
      "signed by the HSM's hardware. No login required.",
    example: "getCert customer-root.crt 4",
  },
} as const satisfies ManagementOffer;

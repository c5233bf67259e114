import type { Offer } from "../../../command/offer.ts";

const onSource = "enter server mode on the source HSM first (server <server ID>)";

/** Keys and certificates (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-findAllKeys" and its like). */
export const keys = {
  findAllKeys: {
    modes: ["global", "server"],
    summary: "Shows the keys a user owns or shares, and the key hash",
    description:
      "Shows the handles of the keys that a user can use: (o) owned by it, (s) shared with it, no mark for the public " +
      "keys of others. User 0 stands for all users; its keys have no marks. The key hash covers handle, owner, shares, " +
      "approvers and check value of every key of an HSM, whoever is asked about: HSMs in step have the same. Needs a CO " +
      "or AU.",
    example: "findAllKeys 3 1",
    words: { userId: { label: "<user id>" }, hash: { label: "<key hash (0/1)>" } },
  },
  getKeyInfo: {
    modes: ["global", "server"],
    summary: "Shows who owns a key and with whom it is shared",
    description:
      "Shows the owner of a key, the users that it is shared with, and how many must approve of its use; -k may be left " +
      "out. A CU may for keys that it owns or shares and for public keys, a CO or AU for all.",
    example: "getKeyInfo -k 262152",
    prefix: "-k",
    words: { handle: { label: "<key-handle>" } },
  },
  getAttribute: {
    modes: ["global", "server"],
    summary: "Shows an attribute of a key, or with 512 all of them",
    description:
      "Shows an attribute of a key on each HSM; 512 stands for all that the key has. Needs the CU that owns the key or " +
      "shares it, any CU for a public key; a CO may read 134 (TRUSTED).",
    example: "getAttribute 262152 512",
    words: { file: { label: "<filename>" } },
  },
  setAttribute: {
    modes: ["global", "server"],
    summary: "Changes an attribute of a key",
    description:
      "Changes an attribute of a key on each HSM: 3 (label), 260 to 264, 266, 268, 370, 528 (0 or 1; 528 stays 1), " +
      "1073742353 and 1073742354 (the handle of a template). Needs the CU that owns the key; for 134 (TRUSTED) a CO.",
    example: "setAttribute 262152 261 0",
    caution: "asked",
  },
  listAttributes: {
    modes: ["global", "server"],
    summary: "Shows the attributes of keys and their numbers",
    description:
      "Shows the attributes of keys with the numbers that getAttribute and setAttribute take. Takes no login.",
  },
  shareKey: {
    modes: ["global", "server"],
    summary: "Shares a key with other crypto users, or takes it back",
    description:
      "Shares a secret or private key with other crypto users on each HSM, or takes it back. They can use it, and no " +
      "more. Needs the CU that owns the key.",
    example: "shareKey 262152 4,5 1",
    caution: "asked",
    words: { userIds: { label: "<user id>" }, share: { label: "<(share/unshare key?) 1/0>" } },
  },
  syncKey: {
    modes: ["server"],
    elsewhere: onSource,
    summary: "Copies a key from this HSM to another one",
    description:
      "Copies a key with its owner, shares and attributes to another HSM of the same cluster or of a clone, where it " +
      "replaces the same key. Its users must be there already (syncUser). Needs a CO, or the CU that owns the key, " +
      "logged in on both HSMs.",
    example: "syncKey 262162 1",
    words: { serverId: { label: "<destination hsm>" } },
  },
  getCert: {
    modes: ["server"],
    summary: "Writes a certificate of this HSM to a file",
    description:
      "Writes a certificate to a file, in PEM. Type 1: the manufacturer's root; 2: the HSM's hardware, signed by it; " +
      "4: the customer's root; 8: the cluster, signed by the customer's root; 16: the cluster, signed by the HSM's " +
      "hardware. Takes no login.",
    example: "getCert customer-root.crt 4",
  },
} as const satisfies Offer;

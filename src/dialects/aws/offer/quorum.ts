import type { ManagementOffer } from "../../../command/offer.ts";
import { name, officer } from "./words.ts";

/** Quorum (AWS CloudHSM User Guide, "quorum-authentication-crypto-officers"). */
export const quorum = {
  registerQuorumPubKey: {
    modes: ["global", "server"],
    summary: "Registers the public key with which an officer approves",
    description:
      "Registers the public key of an officer, a 2048-bit RSA key. The signature (SHA-256) over a registration token, " +
      "any file of 1 to 245 bytes, proves possession of the private key. Officers register their own key; registering " +
      "another officer's key needs approval once service 3 has a minimum. Requires a CO.",
    example: "registerQuorumPubKey CO officer1 officer1.reg officer1.reg.sig officer1.pub",
    caution: "asked",
    words: { name, type: officer },
  },
  registerMofnPubKey: {
    modes: ["global", "server"],
    summary: "Registers an officer's key from its private part (legacy)",
    description:
      "Registers the public key of an officer from the file of the private key, and prompts for its pass phrase. The " +
      "key match string is signed to prove that the two keys belong together. registerQuorumPubKey does not need the " +
      "private key. Requires a CO.",
    example: "registerMofnPubKey CO key_match_string officer1 officer1.key",
    caution: "asked",
    words: { name, type: officer, match: { meaning: "any word of 1 to 245 bytes" } },
  },
  setMValue: {
    modes: ["global", "server"],
    summary: "Sets how many officers must approve for a service",
    description:
      "Sets how many officers must approve an operation of the service: 2 to 8, and no more than there are officers. " +
      "Once service 4 has a minimum, an approved service 4 token is required. To change service 3, the minimum of " +
      "service 4 must be at least that of service 3. Requires a CO.",
    example: "setMValue 3 2",
    caution: "asked",
    words: { minimum: { label: "<m>", meaning: "2 to 8 officers" } },
  },
  getMValue: {
    modes: ["global", "server"],
    summary: "Shows how many officers must approve for a service",
    description:
      "Shows how many officers must approve an operation of the service; 1 means that no approval is needed. Requires " +
      "a CO.",
    example: "getMValue 3",
  },
  getToken: {
    modes: ["global", "server"],
    summary: "Gets a quorum token: a file for officers to sign",
    description:
      "Gets a token from each HSM and writes them to one file, for the officers to sign (SHA-256) and approveToken to " +
      "read. A token allows one operation of the service, in this login only, and can be approved for ten minutes. " +
      "Requires a CO.",
    example: "getToken 3 officer1 officer1.token",
    words: { name: { label: "<user>" } },
  },
  approveToken: {
    modes: ["global", "server"],
    summary: "Approves a quorum token with the officers' signatures",
    description:
      "Approves the tokens of a file with the signatures that an approval file names. Either all signatures are " +
      "accepted or none; the first one that fails is named. listTokens shows how many approvals a token has. Any CO " +
      "can run it.",
    example: "approveToken approval.txt",
  },
  listTokens: {
    modes: ["global", "server"],
    summary: "Lists the quorum tokens of each HSM and who approved them",
    description:
      "Lists the tokens of each HSM: whose they are, how many seconds are left to approve them, and who has approved " +
      "them. Approvals by officers who have since been deleted or have changed their key do not count and are not " +
      "shown. Requires a CO.",
  },
  delToken: {
    modes: ["global", "server"],
    summary: "Deletes a quorum token of this login",
    description: "Deletes a token of this login on each HSM, approved or not. Requires a CO.",
    example: "delToken 1",
    documented: false,
  },
} as const satisfies ManagementOffer;

import type { Offer } from "../../../command/offer.ts";
import { name, officer } from "./words.ts";

/** Quorum (AWS CloudHSM User Guide, "quorum-authentication-crypto-officers"). */
export const quorum = {
  registerQuorumPubKey: {
    modes: ["global", "server"],
    summary: "Registers the public key with which an officer approves",
    description:
      "Registers the public key of an officer, RSA of 2048 bits. That the private key is at hand shows from the signature " +
      "(SHA-256) over a registration token, any file of 1 to 245 bytes. An officer registers the own key; that of another " +
      "takes approval once service 3 has a minimum. Needs a CO.",
    example: "registerQuorumPubKey CO officer1 officer1.reg officer1.reg.sig officer1.pub",
    caution: "asked",
    words: { name, type: officer },
  },
  registerMofnPubKey: {
    modes: ["global", "server"],
    summary: "Registers an officer's key from its private part (legacy)",
    description:
      "Registers the public key of an officer, given the file of the private one, and asks for its pass phrase. The key " +
      "match string is signed to show that both belong together. registerQuorumPubKey needs no private key. Needs a CO.",
    example: "registerMofnPubKey CO key_match_string officer1 officer1.key",
    caution: "asked",
    words: { name, type: officer, match: { meaning: "any word of 1 to 245 bytes" } },
  },
  setMValue: {
    modes: ["global", "server"],
    summary: "Sets how many officers must approve for a service",
    description:
      "Sets how many officers must approve an operation of the service: 2 to 8, and no more than there are. Takes an " +
      "approved token of service 4 where that has a minimum; for service 3 that must be as high as the one of service 3. Needs a CO.",
    example: "setMValue 3 2",
    caution: "asked",
    words: { minimum: { label: "<m>", meaning: "2 to 8 officers" } },
  },
  getMValue: {
    modes: ["global", "server"],
    summary: "Shows how many officers must approve for a service",
    description:
      "Shows how many officers must approve an operation of the service; 1 is nobody but who does it. Needs a CO.",
    example: "getMValue 3",
  },
  getToken: {
    modes: ["global", "server"],
    summary: "Gets a quorum token: a file for officers to sign",
    description:
      "Gets a token from each HSM and writes them into one file, which the officers sign (SHA-256) and approveToken takes " +
      "back. It lets one operation of the service through, in this login only, and can be approved for ten minutes. Needs a CO.",
    example: "getToken 3 officer1 officer1.token",
    words: { name: { label: "<user>" } },
  },
  approveToken: {
    modes: ["global", "server"],
    summary: "Approves a quorum token with the officers' signatures",
    description:
      "Approves the tokens of a file with the signatures that an approval file names. All of them count, or none: a " +
      "signature that does not fit is named. listTokens shows how many approvals a token has. Needs a CO, any of them.",
    example: "approveToken approval.txt",
  },
  listTokens: {
    modes: ["global", "server"],
    summary: "Lists the quorum tokens of each HSM and who approved them",
    description:
      "Lists the tokens of each HSM: whose they are, for how many seconds they can be approved, and who approved them. An " +
      "approval by an officer who was deleted or has another key by now does not count, and is not shown. Needs a CO.",
  },
  delToken: {
    modes: ["global", "server"],
    summary: "Deletes a quorum token of this login",
    description: "Deletes a token of this login on each HSM, approved or not. Needs a CO.",
    example: "delToken 1",
    documented: false,
  },
} as const satisfies Offer;

import type { Offered } from "../command/offer.ts";

/** How the shells of Azure and Oracle say that an officer is unlocked, who may be the last one: their words differ in labels only. */
export const unlockingOffer = {
  getChallenge: {
    summary: "Draws what the owner signs to unlock a CO",
    description:
      "Has each HSM draw a challenge for a locked CO, to be signed with the owner's key: openssl dgst -sha256 -sign <key> " +
      "-out <signature> challenge_node_<node>. Both folders must exist. No login required.",
  },
  unlockCO: {
    summary: "Lets a locked CO log in again, by the owner's word",
    description:
      "Lets a locked CO log in again; the password stays, and changePswd sets another one. The template names the file with " +
      "the owner's signature for each node; where there is no such file, a sample is written. No login required.",
    caution: "asked",
  },
} as const satisfies Readonly<Record<"getChallenge" | "unlockCO", Omit<Offered, "modes">>>;

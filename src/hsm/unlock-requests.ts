import type { SessionHandle } from "./hsm.ts";

/** What the owner of a cluster is to sign, so that one HSM unlocks an officer. */
export interface UnlockChallenge {
  /** 176 bytes. */
  readonly challenge: Uint8Array;
  /** The HSM's own signature over it, by the key of its cluster's certificate: who draws it can see that it is an HSM's. */
  readonly signature: Uint8Array;
}

/**
 * Unlocking an officer by the word of the cluster's owner (Azure and OCI Dedicated KMS, getChallenge and unlockCO). Takes
 * no login, since there may be no officer left; who is logged in must be an officer, or is refused with NOT_AUTHORISED.
 * Both refuse with USER_NOT_FOUND, INVALID_USER_TYPE or USER_NOT_LOCKED.
 */
export interface Unlocking {
  /** Draws a challenge for a locked officer, in place of an earlier one. */
  challenge(session: SessionHandle, name: string): Promise<UnlockChallenge>;
  /**
   * Lets the officer log in again; the password stays. Takes the owner's signature (SHA-256) over the challenge, which
   * has served then. Refuses with UNLOCK_NO_CHALLENGE, or with UNLOCK_SIGNATURE, which leaves the challenge.
   */
  unlock(session: SessionHandle, name: string, signature: Uint8Array): Promise<void>;
}

import { createHash, randomBytes } from "node:crypto";
import type { Snapshot } from "../../store/store.ts";
import { hasRight } from "../request/access.ts";
import type { SecondFactor } from "../../hsm/hsm.ts";
import { isSigned, readPublicKey, requireOwnKey } from "./public-key.ts";
import type { UserRecord } from "../records/records.ts";
import { HsmError } from "../../hsm/return-code.ts";
import type { UserType } from "../../hsm/user.ts";

/**
 * What an HSM gives a connection to sign: the SHA-256 digest of bytes that only the HSM knows. A digest is good until
 * it has served, or until the next one is drawn.
 */
export class SecondFactorChallenge {
  #bytes: Buffer | undefined;

  /** Draws new bytes, and gives their digest. */
  draw(): Uint8Array {
    this.#bytes = randomBytes(32);
    return createHash("sha256").update(this.#bytes).digest();
  }

  /** Whether the digest was signed with the private key of `publicKey`. */
  isSigned(publicKey: string, signature: Uint8Array): boolean {
    return this.#bytes !== undefined && isSigned(publicKey, this.#bytes, signature);
  }

  /** The digest has served. */
  spend(): void {
    this.#bytes = undefined;
  }
}

/** Throws {@link HsmError} SECOND_FACTOR_MISSING or SECOND_FACTOR_WRONG when a user may not log in with this signature. */
export function requireSecondFactor(
  { publicKey, twoFactor }: UserRecord,
  challenge: SecondFactorChallenge,
  signature: Uint8Array | undefined,
): void {
  if (twoFactor !== true) return;
  if (signature === undefined) throw new HsmError("SECOND_FACTOR_MISSING");
  if (publicKey === undefined || !challenge.isSigned(publicKey, signature)) throw new HsmError("SECOND_FACTOR_WRONG");
}

/** Whose record a second factor goes into; a user who is being created has no id yet. */
export interface Enrollee {
  readonly id: number | undefined;
  readonly type: UserType;
}

/** What a second factor, or none, makes of a user's record. Throws {@link HsmError}. */
export async function enrol(
  snapshot: Snapshot,
  { id, type }: Enrollee,
  challenge: SecondFactorChallenge,
  factor: SecondFactor | undefined,
): Promise<Pick<UserRecord, "publicKey" | "twoFactor">> {
  if (factor === undefined) return {};
  if (!hasRight("useQuorum", type)) throw new HsmError("SECOND_FACTOR_OFFICERS");
  const publicKey = readPublicKey(factor.publicKey);
  if (!challenge.isSigned(publicKey, factor.signature)) throw new HsmError("SECOND_FACTOR_WRONG");
  await requireOwnKey(snapshot, id, publicKey);
  return { publicKey, twoFactor: true };
}

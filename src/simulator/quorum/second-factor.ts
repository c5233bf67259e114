import { createHash, randomBytes } from "node:crypto";
import type { Snapshot } from "../../store/store.ts";
import type { ConnectionState } from "../request/connection.ts";
import { hasRight } from "../request/access.ts";
import type { SecondFactor } from "../../hsm/hsm.ts";
import { isSigned, readPublicKey, requireOwnKey } from "./public-key.ts";
import type { UserRecord } from "../records/records.ts";
import { HsmError } from "../../hsm/return-code.ts";
import type { UserType } from "../../hsm/user.ts";

/**
 * Draws bytes that only the HSM knows, and returns their SHA-256 digest for the connection to sign. It is good until it has
 * served, or until the next one is drawn.
 */
export function drawChallenge(connection: ConnectionState): Uint8Array {
  connection.challenge = randomBytes(32);
  return createHash("sha256").update(connection.challenge).digest();
}

/** The digest has served. */
export function spendChallenge(connection: ConnectionState): void {
  connection.challenge = undefined;
}

/** Whether the digest was signed with the private key of `publicKey`. */
function isAnswered({ challenge }: ConnectionState, publicKey: string, signature: Uint8Array): boolean {
  return challenge !== undefined && isSigned(publicKey, challenge, signature);
}

/** Throws {@link HsmError} SECOND_FACTOR_MISSING or SECOND_FACTOR_WRONG when a user may not log in with this signature. */
export function requireSecondFactor(
  { publicKey, twoFactor }: UserRecord,
  connection: ConnectionState,
  signature: Uint8Array | undefined,
): void {
  if (twoFactor !== true) return;
  if (signature === undefined) throw new HsmError("SECOND_FACTOR_MISSING");
  if (publicKey === undefined || !isAnswered(connection, publicKey, signature))
    throw new HsmError("SECOND_FACTOR_WRONG");
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
  connection: ConnectionState,
  factor: SecondFactor | undefined,
): Promise<Pick<UserRecord, "publicKey" | "twoFactor">> {
  if (factor === undefined) return {};
  if (!hasRight("useQuorum", type)) throw new HsmError("SECOND_FACTOR_OFFICERS");
  const publicKey = readPublicKey(factor.publicKey);
  if (!isAnswered(connection, publicKey, factor.signature)) throw new HsmError("SECOND_FACTOR_WRONG");
  await requireOwnKey(snapshot, id, publicKey);
  return { publicKey, twoFactor: true };
}

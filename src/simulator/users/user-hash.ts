import { HsmError } from "../../hsm/return-code.ts";
import type { Snapshot } from "../../store/store.ts";
import { users } from "../records/records.ts";
import { type FoundUser, findUser, passwordOf } from "../records/user-records.ts";
import type { MaskingKey } from "../sealing/masking-key.ts";
import { saltOf } from "../sealing/password-hash.ts";

/**
 * The hash of all users, or of the one with a name: 64 hex digits, the same on two HSMs of a cluster exactly if they are in
 * step there in id, type, name, password, public key, second factor and switches. How often a wrong password was given is no
 * part of it. Throws {@link HsmError} USER_NOT_FOUND, and STORAGE_FAILURE for a record that cannot be read.
 *
 * A password stands in it as its salt, which is drawn for each password that is set and goes with it to every HSM of a
 * command and into every copy: so nothing that a password could be guessed from goes into the hash, and the cluster's
 * masking key is needed to compute it. One password that was set twice counts as two.
 */
export async function userHash(snapshot: Snapshot, maskingKey: MaskingKey, name?: string): Promise<string> {
  const asked = await askedFor(snapshot, name);
  const parts: unknown[] = [];
  for (const user of asked) parts.push(await partsOf(snapshot, user));
  return maskingKey.digest("user hash", JSON.stringify(parts));
}

async function askedFor(snapshot: Snapshot, name: string | undefined): Promise<readonly FoundUser[]> {
  if (name === undefined) return (await users.list(snapshot)).map(([id, record]) => ({ id, record }));
  const found = await findUser(snapshot, name);
  if (found === undefined) throw new HsmError("USER_NOT_FOUND");
  return [found];
}

async function partsOf(snapshot: Snapshot, { id, record }: FoundUser): Promise<readonly unknown[]> {
  const { type, name, publicKey = null, twoFactor = false, keptFrom = [] } = record;
  const salt = saltOf(await passwordOf(snapshot, id));
  return [id, type, name.toLowerCase(), salt, publicKey, twoFactor, [...keptFrom].sort()];
}

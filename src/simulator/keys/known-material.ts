import type { KeyMaterial } from "./key-material.ts";
import { isPair, isSameShape } from "../../hsm/key-type.ts";
import { type InitialKey, publicHandleOf } from "../../hsm/initial-key.ts";
import type { MadeKey } from "./new-key.ts";

/** The material that another HSM of the cluster has under this handle. */
export function knownMaterial(initial: InitialKey, known: ReadonlyMap<number, MadeKey>): KeyMaterial | undefined {
  const { shape } = initial;
  const secret = known.get(initial.handle);
  if (secret === undefined || !isSameShape(secret.key.record.shape, shape)) return undefined;
  if (!isPair(shape)) return { kind: "secret", shape, secret: secret.bytes };
  const publicKey = known.get(publicHandleOf(initial));
  if (secret.key.record.class !== "private" || publicKey?.key.record.class !== "public") return undefined;
  if (publicKey.key.record.kcv !== secret.key.record.kcv) return undefined;
  return { kind: "pair", shape, privateKey: secret.bytes, publicKey: publicKey.bytes };
}

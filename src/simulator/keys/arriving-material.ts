import { type KeyObject, createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import { type PairShape, type SecretShape, curves, isKeyShape } from "../../hsm/key-type.ts";
import type { WrappedKind } from "../../hsm/key-wrapping.ts";
import { HsmError } from "../../hsm/return-code.ts";
import { isSafeRsaKey } from "../../public-keys/rsa-validation.ts";
import type { KeyMaterial } from "./key-material.ts";
import { withWholePoint } from "./whole-point.ts";

/**
 * The material of a secret or private key that was wrapped. Throws {@link HsmError} WRAPPED_DATA_INVALID for what is no such
 * key, POLICY_VIOLATION for one of a size or curve that this HSM does not take, INVALID_INPUT for a kind that there is not.
 */
export function unwrappedMaterial({ class: keyClass, type }: WrappedKind, payload: Buffer): KeyMaterial {
  if (type === "AES" || type === "3DES" || type === "GENERIC") {
    if (keyClass !== "secret") throw new HsmError("INVALID_INPUT");
    const shape: SecretShape = { type, size: payload.length * 8 };
    if (!isKeyShape(shape)) throw new HsmError("POLICY_VIOLATION");
    return { kind: "secret", shape, secret: payload };
  }
  if (keyClass !== "private") throw new HsmError("INVALID_INPUT");
  const { privateKey, publicKey } = pairOf(payload);
  const shape = shapeOf(publicKey);
  if (nodeTypes[type] !== privateKey.asymmetricKeyType) throw new HsmError("WRAPPED_DATA_INVALID");
  const material = { shape, privateKey: privateKey.export({ type: "pkcs8", format: "der" }) };
  return { kind: "private", ...material, publicKey: withWholePoint(publicKey) };
}

/**
 * The material of a public key in SubjectPublicKeyInfo (DER). Throws {@link HsmError} INVALID_INPUT for what is none,
 * POLICY_VIOLATION as {@link unwrappedMaterial} does.
 */
export function publicMaterial(bytes: Uint8Array): KeyMaterial {
  let publicKey: KeyObject;
  try {
    publicKey = createPublicKey({ key: Buffer.from(bytes), format: "der", type: "spki" });
  } catch (error) {
    throw new HsmError("INVALID_INPUT", { cause: error });
  }
  return { kind: "public", shape: shapeOf(publicKey), publicKey: withWholePoint(publicKey) };
}

const nodeTypes: Readonly<Record<PairShape["type"], string>> = { RSA: "rsa", DSA: "dsa", EC: "ec" };

/** A private key with the public one that it signs for: numbers that do not belong together are no key. */
function pairOf(payload: Buffer): { readonly privateKey: KeyObject; readonly publicKey: KeyObject } {
  try {
    const privateKey = createPrivateKey({ key: payload, format: "der", type: "pkcs8" });
    const publicKey = createPublicKey(privateKey);
    if (verify("sha256", payload, publicKey, sign("sha256", payload, privateKey))) return { privateKey, publicKey };
  } catch (error) {
    throw new HsmError("WRAPPED_DATA_INVALID", { cause: error });
  }
  throw new HsmError("WRAPPED_DATA_INVALID");
}

/** Throws {@link HsmError} POLICY_VIOLATION. */
function shapeOf(publicKey: KeyObject): PairShape {
  const { modulusLength: size = 0, namedCurve } = publicKey.asymmetricKeyDetails ?? {};
  const shape = ((): PairShape | undefined => {
    switch (publicKey.asymmetricKeyType) {
      case "rsa":
        return { type: "RSA", size };
      case "dsa":
        return { type: "DSA", size };
      case "ec": {
        const names = Object.keys(curves) as readonly (keyof typeof curves)[];
        const curve = names.find((name) => curves[name] === namedCurve);
        return curve === undefined ? undefined : { type: "EC", curve };
      }
      default:
        return undefined;
    }
  })();
  const isTaken = shape !== undefined && isKeyShape(shape) && (shape.type !== "RSA" || isSafeRsaKey(publicKey));
  if (!isTaken) throw new HsmError("POLICY_VIOLATION");
  return shape;
}

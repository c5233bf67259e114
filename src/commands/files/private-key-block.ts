import { type KeyObject, createPrivateKey } from "node:crypto";
import { CommandError } from "../../errors/command-error.ts";
import type { PairShape } from "../../hsm/key-type.ts";

/** A private key of a file: what it is, and its PKCS #8 (DER). */
export interface EncodedPrivateKey {
  readonly type: PairShape["type"];
  readonly encoded: Buffer;
}

const kinds = "(PRIVATE|RSA PRIVATE|EC PRIVATE|DSA PRIVATE) KEY";
const block = new RegExp(`-----BEGIN ${kinds}-----[\\s\\S]*?-----END \\1 KEY-----`);

const types: Readonly<Partial<Record<string, PairShape["type"]>>> = { rsa: "RSA", dsa: "DSA", ec: "EC" };

/**
 * The first private key in PEM of a file, whatever stands around it: `openssl pkcs12` writes what the bag says, `openssl
 * ecparam` the parameters of the curve. Throws {@link CommandError} where there is none, for one with a pass phrase, and for
 * one of another kind than RSA, DSA and EC.
 */
export function privateKeyIn(path: string, content: Buffer): EncodedPrivateKey {
  const text = content.toString("latin1");
  const found = block.exec(text)?.[0];
  if (found === undefined ? text.includes("-----BEGIN ENCRYPTED PRIVATE KEY-----") : found.includes("ENCRYPTED")) {
    throw new CommandError(
      `the private key of ${path} is protected by a pass phrase: write it without one first (openssl pkey -in ${path})`,
    );
  }
  if (found === undefined) throw new CommandError(`${path} holds no private key in PEM (BEGIN PRIVATE KEY)`);
  const key = read(path, found);
  const type = types[key.asymmetricKeyType ?? ""];
  if (type === undefined) throw new CommandError(`the private key of ${path} is none of RSA, DSA and EC`);
  return { type, encoded: key.export({ type: "pkcs8", format: "der" }) };
}

function read(path: string, text: string): KeyObject {
  try {
    return createPrivateKey(text);
  } catch (error) {
    throw new CommandError(`the private key of ${path} cannot be read`, { cause: error });
  }
}

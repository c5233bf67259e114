import { type KeyObject, createPrivateKey, createPublicKey, sign } from "node:crypto";
import type { KeyRegistration } from "../../hsm/quorum-requests.ts";
import { CommandError } from "../../errors/command-error.ts";
import { takesTooLong } from "./key-derivation.ts";

/** A private key's file, as it was read. */
export interface PrivateKeyFile {
  readonly path: string;
  readonly content: Buffer;
  /** Undefined for a key that has none. */
  readonly passphrase: string | undefined;
}

/** The registration of a private key's public part; the private key goes no further. Throws {@link CommandError}. */
export function registrationOf(file: PrivateKeyFile, token: Buffer): KeyRegistration {
  const privateKey = open(file);
  if (privateKey.asymmetricKeyType !== "rsa") throw new CommandError(`${file.path} is not an RSA key`);
  return {
    token,
    signature: sign("sha256", token, privateKey),
    publicKey: createPublicKey(privateKey).export({ type: "spki", format: "pem" }).toString(),
  };
}

function open({ path, content, passphrase }: PrivateKeyFile): KeyObject {
  if (takesTooLong(content.toString("latin1"))) {
    throw new CommandError(
      `${path} takes too long to open: encrypt the key again with fewer rounds (openssl pkcs8 -topk8)`,
    );
  }
  try {
    return createPrivateKey({ key: content, ...(passphrase === undefined ? {} : { passphrase }) });
  } catch (error) {
    const reason = passphrase === undefined ? "is not a private key in PEM" : "does not open with this pass phrase";
    throw new CommandError(`${path} ${reason}`, { cause: error });
  }
}

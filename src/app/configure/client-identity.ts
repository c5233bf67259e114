import { type KeyObject, X509Certificate, createPrivateKey } from "node:crypto";
import { resolve } from "node:path";
import { ConfigurationError } from "../../config/configuration.ts";
import { readInputFile } from "../../files/input-file.ts";
import { namedPath } from "../../files/named-path.ts";

/** Files with a certificate and its private key, by their absolute paths. */
interface ClientIdentity {
  readonly certificate: string;
  readonly privateKey: string;
}

/**
 * Finds the files of a client's identity. Throws CommandError for one that cannot be read, and {@link ConfigurationError} where they
 * are none, or do not belong together.
 *
 * @param home the folder of the HSMs, whose files are none of the client's
 */
export async function clientIdentity(home: string, named: ClientIdentity): Promise<ClientIdentity> {
  const certificate = resolve(namedPath(named.certificate));
  const privateKey = resolve(namedPath(named.privateKey));
  const key = readPrivateKey(privateKey, await readInputFile(home, privateKey));
  const holder = readCertificate(certificate, await readInputFile(home, certificate));
  if (holder.checkPrivateKey(key)) return { certificate, privateKey };
  throw new ConfigurationError(
    `${certificate} is not the certificate of ${privateKey}: give --cert and --pkey files that were made for each other`,
  );
}

function readPrivateKey(path: string, pem: Buffer): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch (error) {
    throw new ConfigurationError(`${path} is not a private key in PEM without a pass phrase: give one with --pkey`, {
      cause: error,
    });
  }
}

function readCertificate(path: string, pem: Buffer): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch (error) {
    throw new ConfigurationError(`${path} is not a certificate in PEM: give one with --cert`, { cause: error });
  }
}

import { webcrypto } from "node:crypto";
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  Pkcs10CertificateRequest,
  Pkcs10CertificateRequestGenerator,
  type PublicKey,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from "./x509.ts";

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

/** Years for which every certificate is valid. */
const validity = 20;

/** A key pair and the certificate of its public key; the private key in PKCS#8, in base64. */
export interface CertifiedKey {
  readonly certificate: string;
  readonly privateKey: string;
}

/** A key pair whose certificate is asked for: the request in PEM; the private key in PKCS#8, in base64. */
export interface RequestedKey {
  readonly request: string;
  readonly privateKey: string;
}

/** Makes a key and a root certificate for it. */
export async function issueRoot(name: string, now: Date): Promise<CertifiedKey> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    ...period(now),
    name,
    keys,
    signingAlgorithm: algorithm,
    extensions: await extensions(keys.publicKey, true),
  });
  return { certificate: pem(certificate), privateKey: await encode(keys.privateKey) };
}

/** Makes a key and a certificate for it that `issuer` signs. */
export async function issue(name: string, issuer: CertifiedKey, now: Date, isIssuer: boolean): Promise<CertifiedKey> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = await certify(name, keys.publicKey, issuer, now, isIssuer);
  return { certificate, privateKey: await encode(keys.privateKey) };
}

/** Makes a key and the request for a certificate of it. */
export async function requestFor(name: string): Promise<RequestedKey> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const request = await Pkcs10CertificateRequestGenerator.create({ name, keys, signingAlgorithm: algorithm });
  return { request: pem(request), privateKey: await encode(keys.privateKey) };
}

/** Makes a request for a further certificate of a certified key, in PEM. */
export async function requestAgain({ certificate, privateKey }: CertifiedKey): Promise<string> {
  const { subject, publicKey } = new X509Certificate(certificate);
  const verifying = await webcrypto.subtle.importKey("spki", publicKey.rawData, algorithm, true, ["verify"]);
  const keys = { privateKey: await decode(privateKey), publicKey: verifying };
  return pem(await Pkcs10CertificateRequestGenerator.create({ name: subject, keys, signingAlgorithm: algorithm }));
}

/** Makes a further certificate for a key, certified or requested, signed by another issuer. */
export async function reissue(
  key: CertifiedKey | RequestedKey,
  issuer: CertifiedKey,
  now: Date,
  isIssuer = false,
): Promise<string> {
  const { subject, publicKey } =
    "certificate" in key ? new X509Certificate(key.certificate) : new Pkcs10CertificateRequest(key.request);
  return certify(subject, publicKey, issuer, now, isIssuer);
}

async function certify(
  name: string,
  publicKey: webcrypto.CryptoKey | PublicKey,
  issuer: CertifiedKey,
  now: Date,
  isIssuer: boolean,
): Promise<string> {
  const above = new X509Certificate(issuer.certificate);
  const certificate = await X509CertificateGenerator.create({
    ...period(now),
    subject: name,
    issuer: above.subject,
    publicKey,
    signingKey: await decode(issuer.privateKey),
    signingAlgorithm: algorithm,
    extensions: [
      ...(await extensions(publicKey, isIssuer)),
      await AuthorityKeyIdentifierExtension.create(above.publicKey),
    ],
  });
  return pem(certificate);
}

async function extensions(publicKey: webcrypto.CryptoKey | PublicKey, isIssuer: boolean) {
  return [
    new BasicConstraintsExtension(isIssuer, undefined, true),
    new KeyUsagesExtension(isIssuer ? KeyUsageFlags.keyCertSign : KeyUsageFlags.digitalSignature, true),
    await SubjectKeyIdentifierExtension.create(publicKey),
  ];
}

function period(now: Date): { readonly notBefore: Date; readonly notAfter: Date } {
  const notAfter = new Date(now);
  notAfter.setUTCFullYear(notAfter.getUTCFullYear() + validity);
  return { notBefore: now, notAfter };
}

function pem(made: X509Certificate | Pkcs10CertificateRequest): string {
  return `${made.toString("pem")}\n`;
}

async function encode(key: webcrypto.CryptoKey): Promise<string> {
  return Buffer.from(await webcrypto.subtle.exportKey("pkcs8", key)).toString("base64");
}

function decode(privateKey: string): Promise<webcrypto.CryptoKey> {
  return webcrypto.subtle.importKey("pkcs8", Buffer.from(privateKey, "base64"), algorithm, false, ["sign"]);
}

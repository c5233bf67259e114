import { type KeyObject, X509Certificate as ReadCertificate, createPublicKey } from "node:crypto";
import { Pkcs10CertificateRequest, X509Certificate } from "./x509.ts";

/** Why a cluster cannot be initialised with what its customer signed. */
export type CertificateProblem =
  | "certUnreadable"
  | "certSeveral"
  | "certExpired"
  | "certOtherKey"
  | "certOtherIssuer"
  | "anchorUnreadable"
  | "anchorTooLong"
  | "anchorNotARoot"
  | "anchorBrokenChain"
  | "anchorNoAuthority"
  | "anchorExpired"
  | "anchorKey"
  | "anchorAlgorithm";

/** What a customer gives to initialise a cluster: PEM. */
export interface CustomerCertificates {
  /** The cluster's certificate. */
  readonly signed: string;
  /** The certificate of the CA that signed it, or a chain from that one to its root. */
  readonly anchor: string;
}

/** A trust anchor has at most so many certificates, of so many bytes together. */
const longestChain = { certificates: 4, bytes: 16 * 1024 } as const;

/**
 * Says what keeps certificates from being those of the cluster that made a request (AWS CloudHSM User Guide,
 * "initialize-cluster"): the anchor is self-signed, or a chain whose last one alone is, each signed by the next, all of
 * CAs, of a key that is large enough; it signed the cluster's certificate, which is of the key of the request.
 */
export function problemWith(
  { signed, anchor }: CustomerCertificates,
  request: string,
  now: Date,
): CertificateProblem | undefined {
  const chain = read(anchor);
  const certs = read(signed);
  const [ca] = chain ?? [];
  const root = chain?.at(-1);
  const [cert, ...more] = certs ?? [];
  if (ca === undefined || root === undefined || chain === undefined) return "anchorUnreadable";
  const inAnchor = problemOfAnchor(anchor, chain, root, now);
  if (inAnchor !== undefined) return inAnchor;
  if (cert === undefined) return "certUnreadable";
  if (more.length > 0) return "certSeveral";
  if (!isValid(cert, now)) return "certExpired";
  const requested = createPublicKey({
    key: Buffer.from(new Pkcs10CertificateRequest(request).publicKey.rawData),
    format: "der",
    type: "spki",
  });
  if (!cert.publicKey.equals(requested)) return "certOtherKey";
  return isSignedBy(cert, ca) ? undefined : "certOtherIssuer";
}

/** Says what keeps a certificate, or a chain, from being the one of a customer whose CA is to sign for a cluster. */
export function problemWithAnchor(anchor: string, now: Date): CertificateProblem | undefined {
  const chain = read(anchor);
  const root = chain?.at(-1);
  return root === undefined || chain === undefined ? "anchorUnreadable" : problemOfAnchor(anchor, chain, root, now);
}

function problemOfAnchor(
  text: string,
  chain: readonly ReadCertificate[],
  root: ReadCertificate,
  now: Date,
): CertificateProblem | undefined {
  if (chain.length > longestChain.certificates || Buffer.byteLength(text) > longestChain.bytes) return "anchorTooLong";
  // A key that may sign no certificates, by an extension, has signed this one all the same.
  if (!isSignedBy(root, root)) return isSelfIssued(root) ? "anchorNoAuthority" : "anchorNotARoot";
  for (const [at, link] of chain.entries()) {
    const above = chain[at + 1];
    if (above !== undefined && (isSignedBy(link, link) || !isSignedBy(link, above))) return "anchorBrokenChain";
    const parsed = new X509Certificate(link.raw);
    if (parsed.extensions.length > 0 && !link.ca) return "anchorNoAuthority";
    if (!isValid(link, now)) return "anchorExpired";
    if (!isStrong(link.publicKey)) return "anchorKey";
    if (!isStrongSignature(parsed)) return "anchorAlgorithm";
  }
  return undefined;
}

/** Whether all certificates of a text are of RSA keys of 2048 bits. */
export function isOfRsa2048(text: string): boolean {
  const keys = (read(text) ?? []).map(({ publicKey }) => publicKey);
  return keys.every(
    ({ asymmetricKeyType: type, asymmetricKeyDetails: details }) => type === "rsa" && details?.modulusLength === 2048,
  );
}

const block = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

/** The certificates of a text in PEM, without what stands around them. */
export function certificatesIn(text: string): string {
  return (text.match(block) ?? []).map((pem) => `${pem.replaceAll("\r", "")}\n`).join("");
}

/** All certificates of a text; undefined where one of them is none, or there is none. */
function read(text: string): readonly ReadCertificate[] | undefined {
  const blocks = text.match(block);
  if (blocks === null) return undefined;
  try {
    return blocks.map((pem) => new ReadCertificate(pem));
  } catch {
    // The library says what is wrong with the bytes, which helps nobody: the text is no certificate.
    return undefined;
  }
}

function isSignedBy(cert: ReadCertificate, issuer: ReadCertificate): boolean {
  return cert.checkIssued(issuer) && cert.verify(issuer.publicKey);
}

/** Whether a certificate is signed with its own key, whatever its extensions say. */
function isSelfIssued(cert: ReadCertificate): boolean {
  return cert.subject === cert.issuer && cert.verify(cert.publicKey);
}

function isValid({ validFrom, validTo }: ReadCertificate, now: Date): boolean {
  return new Date(validFrom) <= now && now <= new Date(validTo);
}

const curves: readonly (string | undefined)[] = ["prime256v1", "secp384r1", "secp521r1"];

function isStrong({ asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject): boolean {
  if (type === "ec") return curves.includes(details?.namedCurve);
  if (type !== "rsa" && type !== "rsa-pss") return false;
  const bits = details?.modulusLength ?? 0;
  return bits >= 2048 && bits <= 4096;
}

/** SHA-224 with RSA and with ECDSA, which the library calls by their numbers. */
const sha224 = ["1.2.840.113549.1.1.14", "1.2.840.10045.4.3.1"];

function isStrongSignature({ signatureAlgorithm }: X509Certificate): boolean {
  // What the library does not know has no hash there.
  const { name, hash } = signatureAlgorithm as unknown as {
    readonly name: string;
    readonly hash?: { readonly name: string };
  };
  return sha224.includes(name) || /^SHA-(224|256|384|512)$/.test(hash?.name ?? "");
}

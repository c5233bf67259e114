import { type DerElement, derTags, leadingElements } from "./der.ts";

/** scrypt (RFC 7914). */
const scrypt = "2b06010401da47040b";

/** Rounds of PBKDF2 and its like that take some seconds. */
const mostRounds = 10_000_000;
/** N x r x p of scrypt that takes some seconds. */
const mostWork = 2 ** 26;

/**
 * Whether opening an encrypted private key (PKCS #8, RFC 8018) would keep the shell busy for longer than anybody wants
 * to wait: the file says how many rounds its pass phrase goes through, and Node's own reader takes them all at once.
 */
export function takesTooLong(pem: string): boolean {
  const body = /-----BEGIN ENCRYPTED PRIVATE KEY-----([\sA-Za-z\d+/=]*)-----END ENCRYPTED PRIVATE KEY-----/.exec(
    pem,
  )?.[1];
  if (body === undefined) return false;
  const bytes = Buffer.from(body, "base64");
  // Node refuses what is not DER, but for bytes behind the key.
  const [outer] = leadingElements(bytes).elements;
  const algorithm = outer === undefined ? undefined : leadingElements(outer.content).elements[0];
  if (algorithm === undefined) return false;
  const all = everyElementIn(algorithm);
  const numbers = all.filter(({ tag }) => tag === derTags.integer).map(({ content }) => numberOf(content));
  const isScrypt = all.some(({ tag, content }) => tag === derTags.oid && content.toString("hex") === scrypt);
  if (isScrypt) return numbers.slice(0, 3).reduce((product, each) => product * each, 1) > mostWork;
  return numbers.some((rounds) => rounds > mostRounds);
}

function everyElementIn({ content }: DerElement): readonly DerElement[] {
  return leadingElements(content).elements.flatMap((element) =>
    element.tag === derTags.sequence ? [element, ...everyElementIn(element)] : [element],
  );
}

/** A number that is too long to be exact is too large all the same. */
function numberOf(bytes: Buffer): number {
  return bytes.reduce((number, byte) => number * 256 + byte, 0);
}

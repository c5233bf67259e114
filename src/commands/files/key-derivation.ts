/** Where a value of DER begins and ends, and its tag. */
interface Value {
  readonly tag: number;
  readonly start: number;
  readonly end: number;
}

const sequence = 0x30;
const integer = 0x02;
const objectIdentifier = 0x06;
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
  const [outer] = valuesIn(bytes, 0, bytes.length);
  const algorithm = outer === undefined ? undefined : valuesIn(bytes, outer.start, outer.end)[0];
  if (algorithm === undefined) return false;
  const all = everyValueIn(bytes, algorithm);
  const numbers = all.filter(({ tag }) => tag === integer).map(({ start, end }) => numberAt(bytes, start, end));
  const isScrypt = all.some(
    ({ tag, start, end }) => tag === objectIdentifier && bytes.toString("hex", start, end) === scrypt,
  );
  if (isScrypt) return numbers.slice(0, 3).reduce((product, each) => product * each, 1) > mostWork;
  return numbers.some((rounds) => rounds > mostRounds);
}

/** The values that stand one after the other; stops at what is not DER, which Node refuses later. */
function valuesIn(bytes: Buffer, from: number, to: number): readonly Value[] {
  const values: Value[] = [];
  for (let at = from; at + 2 <= to;) {
    const first = bytes[at + 1] ?? 0;
    const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
    if (lengthBytes > 4 || at + 2 + lengthBytes > to) break;
    const length = lengthBytes === 0 ? first : bytes.readUIntBE(at + 2, lengthBytes);
    const start = at + 2 + lengthBytes;
    if (start + length > to) break;
    values.push({ tag: bytes[at] ?? 0, start, end: start + length });
    at = start + length;
  }
  return values;
}

function everyValueIn(bytes: Buffer, { start, end }: Value): readonly Value[] {
  return valuesIn(bytes, start, end).flatMap((value) =>
    value.tag === sequence ? [value, ...everyValueIn(bytes, value)] : [value],
  );
}

/** A number that is too long to be exact is too large all the same. */
function numberAt(bytes: Buffer, start: number, end: number): number {
  return bytes.subarray(start, end).reduce((number, byte) => number * 256 + byte, 0);
}

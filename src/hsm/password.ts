/** Loaded for the first password, not at every start. */
const loadCryptography = () => import("node:crypto");

const blockSize = 8;
const parallelization = 1;
const saltLength = 16;
const hashLength = 32;

/** A password as an HSM keeps it: `$scrypt$ln=14,r=8,p=1$<salt>$<hash>`, both in base64. */
export type PasswordHash = string;

interface Derivation {
  readonly cost: number;
  readonly blockSize: number;
  readonly parallelization: number;
  readonly salt: Buffer;
}

/**
 * A password on its way through one command. Its text never leaves this object. One salt is drawn for all
 * hashes that the command makes, and each distinct salt and cost is derived once, however many HSMs ask.
 */
export class Password {
  readonly #text: string;
  readonly #salt: Buffer;
  readonly #derived = new Map<string, Promise<Buffer>>();

  constructor(text: string, random: (size: number) => Uint8Array = randomBytes) {
    this.#text = text;
    this.#salt = Buffer.from(random(saltLength));
  }

  /** Whether `check` accepts the text; for rules of length. */
  satisfies(check: (text: string) => boolean): boolean {
    return check(this.#text);
  }

  /** Hashes the password for keeping, with scrypt's N = 2^`cost`. */
  async hash(cost: number): Promise<PasswordHash> {
    const derived = await this.#derive({ cost, blockSize, parallelization, salt: this.#salt });
    return [
      "",
      "scrypt",
      `ln=${String(cost)},r=${String(blockSize)},p=${String(parallelization)}`,
      this.#salt.toString("base64"),
      derived.toString("base64"),
    ].join("$");
  }

  /** Compares with a kept hash, in constant time and at the cost that the hash names. */
  async matches(kept: PasswordHash): Promise<boolean> {
    const { expected, ...derivation } = parseHash(kept);
    const derived = await this.#derive(derivation);
    const { timingSafeEqual } = await loadCryptography();
    return timingSafeEqual(derived, expected);
  }

  toString(): string {
    return "[password]";
  }

  toJSON(): string {
    return "[password]";
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return "[password]";
  }

  #derive(derivation: Derivation): Promise<Buffer> {
    const { cost, salt } = derivation;
    const key = `${String(cost)},${String(derivation.blockSize)},${String(derivation.parallelization)},${salt.toString("base64")}`;
    const known = this.#derived.get(key);
    if (known !== undefined) return known;
    const started = derive(this.#text, derivation);
    this.#derived.set(key, started);
    return started;
  }
}

async function derive(text: string, { cost, salt, ...derivation }: Derivation): Promise<Buffer> {
  const { scrypt } = await loadCryptography();
  const options = {
    N: 2 ** cost,
    r: derivation.blockSize,
    p: derivation.parallelization,
    maxmem: 2 ** cost * derivation.blockSize * 128 * 2,
  };
  return new Promise((resolve, reject) => {
    scrypt(text, salt, hashLength, options, (error, hash) => {
      if (error === null) resolve(hash);
      else reject(error);
    });
  });
}

function randomBytes(size: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(size));
}

function parseHash(kept: PasswordHash): Derivation & { readonly expected: Buffer } {
  const match = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([\w+/=]+)\$([\w+/=]+)$/.exec(kept);
  if (match === null) throw new Error("a kept password hash is not readable");
  const [, cost, r, p, salt, hash] = match as unknown as readonly [string, string, string, string, string, string];
  const expected = Buffer.from(hash, "base64");
  if (expected.length !== hashLength) throw new Error("a kept password hash has the wrong length");
  return {
    cost: Number(cost),
    blockSize: Number(r),
    parallelization: Number(p),
    salt: Buffer.from(salt, "base64"),
    expected,
  };
}

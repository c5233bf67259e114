import { isPasswordCost } from "./limits.ts";
import { HsmError } from "./return-code.ts";

/** Loaded for the first password, not at every start. */
const loadCryptography = () => import("node:crypto");

const blockSize = 8;
const parallelization = 1;
const saltLength = 16;
const hashLength = 32;

/** A password as an HSM keeps it: `$scrypt$ln=14,r=8,p=1$<salt>$<hash>`, both in base64. */
export type PasswordHash = string;

interface Derivation {
  /** The exponent of scrypt's N. */
  readonly cost: number;
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

  /**
   * Hashes the password for keeping, with scrypt's N = 2^`cost`. Rejects with {@link HsmError} STORAGE_FAILURE for a
   * cost that no HSM is created with.
   */
  async hash(cost: number): Promise<PasswordHash> {
    requireCost(cost);
    const derived = await this.#derive({ cost, salt: this.#salt });
    return [
      "",
      "scrypt",
      `ln=${String(cost)},r=${String(blockSize)},p=${String(parallelization)}`,
      this.#salt.toString("base64"),
      derived.toString("base64"),
    ].join("$");
  }

  /**
   * Compares with a kept hash, in constant time and at the cost that the hash names. Rejects with {@link HsmError}
   * STORAGE_FAILURE for what is no such hash.
   */
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
    const key = `${String(derivation.cost)},${derivation.salt.toString("base64")}`;
    const known = this.#derived.get(key);
    if (known !== undefined) return known;
    const started = derive(this.#text, derivation);
    this.#derived.set(key, started);
    return started;
  }
}

async function derive(text: string, { cost, salt }: Derivation): Promise<Buffer> {
  const { scrypt } = await loadCryptography();
  const N = 2 ** cost;
  const options = { N, r: blockSize, p: parallelization, maxmem: N * blockSize * 128 * 2 };
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

/** The cost that a kept hash names: the exponent of scrypt's N. Throws {@link HsmError} STORAGE_FAILURE. */
export function costOf(kept: PasswordHash): number {
  return parseHash(kept).cost;
}

function parseHash(kept: PasswordHash): Derivation & { readonly expected: Buffer } {
  const [, cost = "", salt = "", hash = ""] = keptForm.exec(kept) ?? [];
  const expected = Buffer.from(hash, "base64");
  const derivation = { cost: Number(cost), salt: Buffer.from(salt, "base64") };
  if (expected.length !== hashLength || derivation.salt.length !== saltLength) throw new HsmError("STORAGE_FAILURE");
  requireCost(derivation.cost);
  return { ...derivation, expected };
}

/** A record may have been edited. */
function requireCost(cost: number): void {
  if (!isPasswordCost(cost)) throw new HsmError("STORAGE_FAILURE");
}

const keptForm = /^\$scrypt\$ln=(\d{1,2}),r=8,p=1\$([\w+/=]+)\$([\w+/=]+)$/;

import type { SecondFactor } from "../../hsm/hsm.ts";
import { CommandError } from "../../errors/command-error.ts";

/** A digest that an HSM wants signed. */
export interface Digest {
  readonly hsmId: string;
  readonly digest: Uint8Array;
}

/** What a second factor is for: to log in, or to be registered, which takes the public key too. */
export type SecondFactorUse = "login" | "registration";

/** What came back: the signatures by the ids of their HSMs, and the public key; blank in a login. */
export interface Signed {
  readonly signatures: ReadonlyMap<string, Uint8Array>;
  readonly publicKey: string;
}

/** The factor of one HSM; undefined where its signature was left blank. */
export function factorFor({ signatures, publicKey }: Signed, hsmId: string): SecondFactor | undefined {
  const signature = signatures.get(hsmId);
  return signature === undefined ? undefined : { signature, publicKey };
}

/** The authentication data file as the operator gets it (AWS CloudHSM User Guide, "manage-2fa"). */
export function formatAuthenticationData(digests: readonly Digest[], use: SecondFactorUse): string {
  const data = {
    Version: "1.0",
    ...(use === "registration" ? { PublicKey: "" } : {}),
    Data: digests.map(({ hsmId, digest }) => {
      return { HsmId: hsmId, Digest: Buffer.from(digest).toString("base64"), Signature: "" };
    }),
  };
  return `${JSON.stringify(data, null, 4)}\n`;
}

/**
 * Reads the file as it comes back. To log in, signatures may be left blank: a user without a second factor needs none.
 * Throws {@link CommandError} with the file and the field.
 */
export function readAuthenticationData(
  path: string,
  text: string,
  digests: readonly Digest[],
  use: SecondFactorUse,
): Signed {
  const wrong = (problem: string): CommandError => new CommandError(`${path}: ${problem}`);
  const root = parse(path, text);
  if (!isObject(root)) throw wrong("must be a JSON object");
  if (root["Version"] !== "1.0") throw wrong('Version must be "1.0"');
  const { PublicKey: publicKey = "", Data: data } = root;
  if (typeof publicKey !== "string") throw wrong("PublicKey must be a string");
  if (use === "registration" && publicKey.trim() === "") {
    throw wrong("PublicKey is empty: paste the public key in PEM, with its line breaks as \\n");
  }
  if (!Array.isArray(data)) throw wrong("Data must be a list with an entry for each HSM");
  const entries = data.map((entry: unknown, at) => readEntry(entry, `Data[${String(at)}]`, digests, use, wrong));
  for (const { hsmId } of digests) {
    const count = entries.filter((entry) => entry.hsmId === hsmId).length;
    if (count !== 1) throw wrong(`Data must have one entry with HsmId ${hsmId}, but has ${String(count)}`);
  }
  const signed = entries.filter(({ signature }) => signature.length > 0);
  return { signatures: new Map(signed.map(({ hsmId, signature }) => [hsmId, signature])), publicKey };
}

function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // Where it stops being JSON is told only in words, and not at all for a text that ends too early.
    const position = /at position (\d+)/.exec((error as SyntaxError).message)?.[1];
    const line = text.slice(0, position === undefined ? undefined : Number(position)).split("\n").length;
    throw new CommandError(`${path}:${String(line)}: is not JSON (a line break inside a string is written \\n)`, {
      cause: error,
    });
  }
}

function readEntry(
  entry: unknown,
  place: string,
  digests: readonly Digest[],
  use: SecondFactorUse,
  wrong: (problem: string) => CommandError,
): { readonly hsmId: string; readonly signature: Uint8Array } {
  if (!isObject(entry)) throw wrong(`${place} must be an object`);
  const { HsmId: hsmId, Digest: digest, Signature: signature } = entry;
  const written = digests.find((each) => each.hsmId === hsmId);
  if (written === undefined)
    throw wrong(`${place}.HsmId must be one of ${digests.map((each) => each.hsmId).join(", ")}`);
  if (digest !== Buffer.from(written.digest).toString("base64")) {
    throw wrong(`${place}.Digest is not the one that was written: sign the digests of this file`);
  }
  if (typeof signature !== "string") throw wrong(`${place}.Signature must be a string`);
  const base64 = signature.replaceAll(/\s/g, "");
  if (base64 === "" && use === "registration") throw wrong(`${place}.Signature is empty`);
  if (!/^[A-Za-z\d+/]*={0,2}$/.test(base64)) throw wrong(`${place}.Signature is not base64`);
  return { hsmId: written.hsmId, signature: Buffer.from(base64, "base64") };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

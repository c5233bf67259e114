import { CommandError } from "../../../errors/command-error.ts";
import { readFile } from "../read-file.ts";
import type { KeyContext } from "../key-command.ts";

/** Wraps and unwraps outside the HSM, with a key from a file. */
export interface SoftwareWrapping {
  readonly wrap: (plain: Uint8Array) => Uint8Array;
  /** Throws {@link CommandError} where it does not open. */
  readonly unwrap: (wrapped: Uint8Array) => Uint8Array;
}

/** Bytes of an AES key. */
const lengths: readonly number[] = [16, 24, 32];

/** Reads the key of `-wk`, where it is given. Throws {@link CommandError} for a file that holds no AES key. */
export async function softwareWrapping(
  { home }: KeyContext,
  path: string | undefined,
): Promise<SoftwareWrapping | undefined> {
  if (path === undefined) return undefined;
  const key = await readFile({ home }, path);
  if (!lengths.includes(key.length)) {
    throw new CommandError(`${path} must have the 16, 24 or 32 bytes of an AES key, and nothing else`);
  }
  const { unwrapPkcs5, wrapPkcs5 } = await import("../../../key-wrap/aes-key-wrap.ts");
  return {
    wrap: (plain) => wrapPkcs5(key, plain),
    unwrap(wrapped) {
      try {
        return unwrapPkcs5(key, wrapped);
      } catch (error) {
        const reason = `the key in ${path} does not open what the HSM wrapped: give a file with the key of -w, or no -wk`;
        throw new CommandError(reason, { cause: error });
      }
    },
  };
}

import type { Result } from "../../../command/result.ts";
import type { WrappedKind } from "../../../hsm/key-wrapping.ts";
import type { KeyContext } from "../key-command.ts";
import { type GivenOfKey, makeKey } from "../make-key.ts";
import { softwareWrapping } from "./software-wrapping.ts";

/** A key in clear that is to be imported, and what wraps it on its way. */
export interface Importing {
  readonly plain: Uint8Array;
  readonly kind: WrappedKind;
  readonly under: number;
  /** A file with that key. */
  readonly wrappingFile: string | undefined;
  /** What stands before all else. */
  readonly heading: readonly string[];
  readonly created: (handle: number) => string;
}

/**
 * Imports a key as the original does: it is wrapped, by the HSM or with a file, and unwrapped into the HSM. Throws
 * CommandError for a file that holds no wrapping key.
 */
export async function importKey(context: KeyContext, given: GivenOfKey, importing: Importing): Promise<Result> {
  const { words } = context;
  const { plain, kind, under, heading } = importing;
  const software = await softwareWrapping(context, importing.wrappingFile);
  const method = { mechanism: "AES_KEY_WRAP_PAD_PKCS5" } as const;
  let isWrapped = false;
  return makeKey(context, given, {
    call: "importUnwrap",
    async request(hsm, session, wish) {
      const bytes = software?.wrap(plain) ?? (await hsm.wrapping.wrapData(session, under, plain));
      isWrapped = true;
      return hsm.wrapping.unwrap(session, { ...wish, wrapped: { bytes }, under, method, kind });
    },
    handles: (handle) => [handle],
    created: importing.created,
    opening: (error) => [
      heading,
      [words.returned("importWrap", isWrapped ? undefined : error)],
      ...(isWrapped ? [[words.returned("unwrapTemplate")], [words.returned("importUnwrap", error)]] : []),
    ],
  });
}

import type { SessionHandle } from "../../hsm/hsm.ts";
import type { MaskedObject } from "../../hsm/masked-object.ts";

/** What an HSM knows of one connection while it lasts, and keeps in no record. */
export interface ConnectionState {
  /** The bytes whose digest was given to be signed; undefined before any were drawn, and once they have served. */
  challenge?: Uint8Array | undefined;
  /** The handle of the session that the next login opens; undefined until one is drawn. */
  nextSession?: SessionHandle | undefined;
  /** What was deleted last, and may be put back without approval by the login that did. */
  lastDeleted?: { readonly session: SessionHandle; readonly masked: MaskedObject } | undefined;
  /** Whether the audit log was found whole; counting it takes long enough to do it once. */
  isLogWhole?: boolean;
}

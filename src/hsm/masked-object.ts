/** A sealed copy of a user or key. Only HSMs with the same masking key can open it. */
export type MaskedObject = Uint8Array;

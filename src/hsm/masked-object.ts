/** A sealed copy of a user or key, as it travels between HSMs. Only HSMs with the same masking key open it. */
export type MaskedObject = Uint8Array;

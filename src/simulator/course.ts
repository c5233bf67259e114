/** A piece of the work of making an HSM: what takes long is counted apart. */
export type Piece = "password" | "key" | "record";

/** The course of long work: its pieces are counted, and between two of them it can be stopped. */
export interface Course {
  /** Called after each piece, before the next; rejects where the work is to stop. */
  readonly did: (piece: Piece) => Promise<void>;
}

/** Work that nobody watches or stops. */
export const unwatched: Course = { did: () => Promise.resolve() };

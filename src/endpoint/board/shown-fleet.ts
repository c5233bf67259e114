import type { BoardChange } from "./change.ts";
import type { BoardEvent, FaultWords, Row, RowKind, Snapshot } from "./snapshot.ts";

/** What was seen at one look. */
export interface Look {
  readonly snapshot: Snapshot;
  /** What happened since the look before, in the order of its times. */
  readonly events: readonly BoardEvent[];
}

/** Some rows of those that a snapshot only counts. */
export interface RowsAsked {
  readonly home: string;
  /** The first cluster of the family. */
  readonly cluster: string;
  readonly kind: RowKind;
}

/** What the board shows, and has done. Looks and changes take turns among themselves. */
export interface ShownFleet {
  readonly faultWords: FaultWords;
  /** Looks at it; undefined where nothing changed since the last look. Cheap then. Throws ProgramError. */
  look(): Promise<Look | undefined>;
  /** Waits until it is worth another look. Never rejects. */
  untilChanged(): Promise<void>;
  /** Lets go of what was looked at: whoever wants to delete an HSM finds nobody there. Takes some time. */
  rest(): Promise<void>;
  /** All rows of a kind, as they were at the last look; none where there is no such cluster. */
  rows(asked: RowsAsked): readonly Row[];
  /** Does it, and says in one line what was done. Throws ProgramError for what cannot be done: its message says why. */
  change(change: BoardChange): Promise<string>;
}

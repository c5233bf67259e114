/** Why a command ended at a question, or between two servers. */
export type CancelReason = "declined" | "interrupted" | "inputEnded";

/** What else is known of a command that was cancelled. */
interface CancelDetails {
  /** The answer that the input ended before, as a hint names it. */
  readonly missing?: string;
  /** On which servers it was done before it stopped. */
  readonly extent?: string;
}

/** A command that was stopped: by n, by Ctrl-C, or because input ended where an answer was expected. Nothing more is asked. */
export class Cancelled extends Error {
  override readonly name = "Cancelled";
  readonly reason: CancelReason;
  readonly missing: string | undefined;
  readonly extent: string | undefined;

  constructor(reason: CancelReason, { missing, extent }: CancelDetails = {}) {
    super("cancelled");
    this.reason = reason;
    this.missing = missing;
    this.extent = extent;
  }

  /** The same, with what was done. */
  after(extent: string): Cancelled {
    return new Cancelled(this.reason, { extent, ...(this.missing !== undefined && { missing: this.missing }) });
  }
}

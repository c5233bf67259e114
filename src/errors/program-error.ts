/**
 * Whose fault a failure is: the user's, who gave something wrong, or the system's, such as a disk, a file or an HSM.
 * Anything else that is thrown is a fault of this program.
 */
export type Fault = "user" | "system";

/** What could not be done and why, in words for the user; they name what fixes it, and nothing secret. */
export abstract class ProgramError extends Error {
  abstract readonly fault: Fault;
  /** What to do about it, where the text itself does not say. */
  readonly advice: string | undefined = undefined;
  /** Whether the text is the original's, which is shown without the name of this program. */
  readonly isOriginal: boolean = false;
}

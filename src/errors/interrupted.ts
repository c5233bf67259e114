/** Work before the first prompt that somebody ended: by Ctrl-C, or by a signal. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

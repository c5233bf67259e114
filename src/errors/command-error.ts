/** What keeps a command from going on, a file for instance: what is wrong, and what mends it. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}

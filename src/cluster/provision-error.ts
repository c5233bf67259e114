/** A plan that does not fit what exists: what is wrong, and what mends it. */
export class ProvisionError extends Error {
  override readonly name = "ProvisionError";
}

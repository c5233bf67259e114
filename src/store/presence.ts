/**
 * The mark by which other shells, of this process and of others, see that this one is alive. It is gone with the
 * process, however that ends, so that a dead shell never counts as logged in. Each shell has one of its own: a login
 * takes the place of the one with the same mark only.
 */
export interface Presence {
  /** The name of this shell's mark, which is made before this resolves. Throws StoreError. */
  announce(): Promise<string>;
  /** Whether the shell with that mark is alive. */
  isAlive(mark: string): Promise<boolean>;
}

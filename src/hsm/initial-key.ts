import type { KeyFlag, KeyShape } from "./key-type.ts";

/** A key that an HSM starts with; a pair has a second handle for its public key. */
export interface InitialKey {
  readonly handle: number;
  readonly publicHandle: number | undefined;
  readonly shape: KeyShape;
  readonly label: string;
  readonly id: string;
  /** Names of users. */
  readonly owner: string;
  readonly sharedWith: readonly string[];
  /** Users who must approve its use; 1 means that no approval is needed. */
  readonly mValue: number;
  readonly extractable: boolean;
  /** False for a session key: made anew for each session of its owner, and gone with it. */
  readonly token: boolean;
  /** Flags that differ from the usual ones of such keys. */
  readonly flags: Partial<Readonly<Record<KeyFlag, boolean>>>;
}

/** The handle of a pair's public key: the next number, unless one is given. */
export function publicHandleOf({ handle, publicHandle }: Pick<InitialKey, "handle" | "publicHandle">): number {
  return publicHandle ?? handle + 1;
}

import type { KeyFlag, KeyShape } from "./key-type.ts";

/** A key that an HSM is to have from the beginning; a pair has a second handle for its public key. */
export interface InitialKey {
  readonly handle: number;
  readonly publicHandle: number | undefined;
  readonly shape: KeyShape;
  readonly label: string;
  readonly id: string;
  /** Names of users. */
  readonly owner: string;
  readonly sharedWith: readonly string[];
  /** Users who must approve of its use; 1 where the owner's word is enough. */
  readonly mValue: number;
  readonly extractable: boolean;
  /** False: it is made anew for each session of its owner, and lives as long as that. */
  readonly token: boolean;
  /** Flags that differ from what keys of this kind have. */
  readonly flags: Partial<Readonly<Record<KeyFlag, boolean>>>;
}

/** The handle of the public key of a pair: the next one, where none is given. */
export function publicHandleOf({ handle, publicHandle }: Pick<InitialKey, "handle" | "publicHandle">): number {
  return publicHandle ?? handle + 1;
}

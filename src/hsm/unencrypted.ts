/**
 * Why a shell's connection to an HSM is not encrypted end to end: the HSM has no certificates yet, or what the shell has of
 * the cluster's owner is missing or another's.
 */
export type Unencrypted =
  | { readonly why: "uninitialised" }
  | {
      readonly why: "ownerMissing" | "ownerForeign";
      /** Where the owner's certificate is looked for. */
      readonly path: string;
    };

/** Why a goal is not met on an HSM. */
export type Shortfall =
  | { readonly kind: "outOfStep"; readonly subjects: number }
  | { readonly kind: "unreadable"; readonly hsm: string }
  | { readonly kind: "noHsm"; readonly hsm: string }
  | OnHsm<
      "userMissing" | "userLeft" | "otherPassword" | "locked" | "notLocked" | "userChanged" | "userAdded",
      { readonly name: string }
    >
  | OnHsm<"otherType", { readonly name: string; readonly type: string }>
  | OnHsm<"keyMissing" | "keyLeft" | "otherOwner" | "keyChanged" | "keyAdded", { readonly handle: number }>
  | OnHsm<"otherSharees", { readonly handle: number; readonly sharedWith: readonly string[] }>
  | OnHsm<"otherMValue", { readonly handle: number; readonly mValue: number }>
  | OnHsm<"otherMinimum", { readonly service: string; readonly minimum: number }>
  | OnHsm<"eventMissing" | "eventFound", { readonly opcode: string }>;

type OnHsm<Kind extends string, More> = { readonly kind: Kind; readonly hsm: string } & More;

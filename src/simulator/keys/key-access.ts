import type { KeyAccessRecord } from "../records/records.ts";
import type { ReturnCodeName } from "../../hsm/return-code.ts";
import type { UserType } from "../../hsm/user.ts";

/** What a logged-in user may ask about one key. */
export type KeyOperation =
  "information" | "attribute" | "trustedAttribute" | "setAttribute" | "setTrusted" | "share" | "copy";

/** How a user stands to a key. A public key is everyone's to look at. */
export type KeyRelation = "owner" | "sharee" | "stranger";

/** How the user with that id stands to a key. */
export function relationTo(access: KeyAccessRecord, userId: number): KeyRelation {
  if (access.owner === userId) return "owner";
  return access.public || access.sharedWith.includes(userId) ? "sharee" : "stranger";
}

/**
 * Who may do what with a key (AWS CloudHSM User Guide, "hsm-users-permissions-table-cmu" and the commands' pages):
 *
 * | operation        | CU owner | CU sharee | CU stranger | CO, PCO | AU  | PRECO |
 * | ---------------- | -------- | --------- | ----------- | ------- | --- | ----- |
 * | information      | yes      | yes       | no          | yes     | yes | no    |
 * | attribute        | yes      | yes       | no          | no      | no  | no    |
 * | trustedAttribute | yes      | yes       | no          | yes     | no  | no    |
 * | setAttribute     | yes      | no        | no          | no      | no  | no    |
 * | setTrusted       | no       | no        | no          | yes     | no  | no    |
 * | share            | yes      | no        | no          | no      | no  | no    |
 * | copy             | yes      | no        | no          | yes     | no  | no    |
 *
 * Returns the code of the refusal; undefined is a yes.
 */
export function refusal(
  operation: KeyOperation,
  type: UserType,
  relation: KeyRelation,
): Extract<ReturnCodeName, "NOT_AUTHORISED" | "KEY_ACCESS_DENIED"> | undefined {
  switch (type) {
    case "PRECO":
      return "NOT_AUTHORISED";
    case "AU":
      return operation === "information" ? undefined : "NOT_AUTHORISED";
    case "CO":
    case "PCO":
      return officerOperations.has(operation) ? undefined : "NOT_AUTHORISED";
    case "CU":
      if (operation === "setTrusted") return "NOT_AUTHORISED";
      if (relation === "owner" || (relation === "sharee" && readingOperations.has(operation))) return undefined;
      return "KEY_ACCESS_DENIED";
    default:
      // Only a record of another version has such a type: whatever it is, it may nothing.
      return "NOT_AUTHORISED";
  }
}

const officerOperations: ReadonlySet<KeyOperation> = new Set(["information", "trustedAttribute", "setTrusted", "copy"]);
const readingOperations: ReadonlySet<KeyOperation> = new Set(["information", "attribute", "trustedAttribute"]);

import type { UserType } from "../hsm/user.ts";

/** What a logged-in user may ask of an HSM. */
export type Operation = "changeOwnPassword" | "manageUsers" | "copyUsers" | "useQuorum" | "listKeys" | "insertKeys";

/**
 * Who may do what (AWS CloudHSM User Guide, "hsm-users-permissions-table-cmu"):
 *
 * | operation         | PRECO | PCO, CO | CU | AU |
 * | ----------------- | ----- | ------- | -- | -- |
 * | changeOwnPassword | yes   | yes     | yes| yes|
 * | manageUsers       | no    | yes     | no | no |
 * | copyUsers         | no    | yes     | no | no |
 * | useQuorum         | no    | yes     | no | no |
 * | listKeys          | no    | yes     | no | yes|
 * | insertKeys        | no    | yes     | yes| no |
 *
 * useQuorum is everything of quorum: registering keys, tokens, approving, minimums; and having a second factor.
 * Reading (listUsers, getHSMInfo) takes no login and is not in the table; what may be done
 * with one key is decided in key-access.ts.
 */
export function isAllowed(operation: Operation, type: UserType): boolean {
  switch (operation) {
    case "changeOwnPassword":
      return true;
    case "manageUsers":
    case "copyUsers":
    case "useQuorum":
      return type === "CO" || type === "PCO";
    case "listKeys":
      return type === "CO" || type === "PCO" || type === "AU";
    case "insertKeys":
      return type === "CO" || type === "PCO" || type === "CU";
  }
}

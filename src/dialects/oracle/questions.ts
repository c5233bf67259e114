import type { QuestionWording } from "../../command/wording.ts";

const password = "Enter password:";
const passwordAgain = "Re-enter password:";

/** OCI Dedicated KMS, pages of changePswd, deleteUser, shareKey and loginHSM: passwords are always asked for. */
export const questions: Pick<
  QuestionWording,
  "caution" | "aboveQuestion" | "password" | "passwordAgain" | "newPassword" | "newPasswordAgain"
> = {
  // The page of deleteUser has the name of the server's maker in server mode, and its last line ends in a blank.
  caution: (command, mode) =>
    command === "deleteUser" && mode === "server" ? box("Cav server", " ") : box("KMS server", ""),
  aboveQuestion: [],
  password,
  passwordAgain,
  newPassword: password,
  newPasswordAgain: passwordAgain,
};

function box(whose: string, end: string): readonly string[] {
  return [
    `${"*".repeat(25)}CAUTION${"*".repeat(32)}`,
    "This is a CRITICAL operation, should be done on all nodes in the",
    `cluster. ${whose} does NOT synchronize these changes with the`,
    "nodes on which this operation is not executed or failed, please",
    `ensure this operation is executed on all nodes in the cluster.${end}`,
    "*".repeat(64),
  ];
}

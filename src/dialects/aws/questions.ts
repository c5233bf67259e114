import type { QuestionWording } from "../../command/wording.ts";

/** AWS CloudHSM User Guide, "cloudhsm_mgmt_util-createUser", "manage-2fa", and what automation waits for. */
export const questions: QuestionWording = {
  caution: () => [
    `${"*".repeat(25)}CAUTION${"*".repeat(32)}`,
    "This is a CRITICAL operation, should be done on all nodes in the",
    "cluster. AWS does NOT synchronize these changes automatically with the ",
    "nodes on which this operation is not executed or failed, please ",
    "ensure this operation is executed on all nodes in the cluster.  ",
    "*".repeat(64),
  ],
  aboveQuestion: [""],
  goOn: "Do you want to continue(y/n)?",
  invalidOption: "Invalid option, please type 'y' or 'n'",
  retryIgnoreAbort: "Retry/Ignore/Abort?(R/I/A):",
  retryRollBackIgnore: "Retry/rollBack/Ignore?(R/B/I):",
  password: "Enter password: ",
  passwordAgain: "Re-enter password: ",
  newPassword: "Enter new password: ",
  newPasswordAgain: "Re-enter new password: ",
  passPhrase: "Enter PEM pass phrase:",
  authenticationDataWritten: (path) => [
    `Authentication data written to: "${path}"`,
    "Generate Base64-encoded signatures for SHA256 digests in the authentication data",
    "file. ",
    "To generate the signatures, use the RSA private key, which is the second factor of",
    "authentication for this user. Paste the signatures and the corresponding public key",
    "into the authentication data file and provide ",
    "the file path below.",
    "Leave this field blank to use the path initially provided.",
  ],
  enterFilename: "Enter filename:",
};

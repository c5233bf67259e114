import type { QuestionWording } from "../../command/wording.ts";
import { cautionBox } from "../caution-box.ts";

const password = "Enter password:";
const passwordAgain = "Re-enter password:";

/** OCI Dedicated KMS, pages of changePswd, deleteUser, shareKey and loginHSM: passwords are always asked for. */
export const questions: Pick<
  QuestionWording,
  "caution" | "aboveQuestion" | "password" | "passwordAgain" | "newPassword" | "newPasswordAgain"
> = {
  // The page of deleteUser has the name of the server's maker in server mode, and its last line ends in a blank.
  caution: (command, mode) =>
    command === "deleteUser" && mode === "server" ? cautionBox("Cav server", " ") : cautionBox("KMS server"),
  aboveQuestion: [],
  password,
  passwordAgain,
  newPassword: password,
  newPasswordAgain: passwordAgain,
};

import type { HintWording } from "../../command/wording.ts";
import type { ReturnCodeName } from "../../hsm/return-code.ts";
import { aws } from "../aws/aws.ts";

/** What helps here, and not with AWS's HSMs, by command and refusal. */
const hints: Readonly<Record<string, Partial<Record<ReturnCodeName, string>>>> = {
  syncUser: {
    OBJECT_CONFLICT:
      "The other server has this user already, and a copy replaces nobody: server <server ID>, then changePswd, sets the " +
      "password there. Where ids or types differ, delete the wrong user there first (deleteUser).",
  },
  createUser: {
    USER_EXISTS: "This server has the user already: I (Ignore) goes on, and creates the user where it is missing.",
    INVALID_INPUT: "A user name has 1 to 31 letters, digits, hyphens and _.",
  },
  setAttribute: {
    INVALID_INPUT: "134 (TRUSTED) takes 1 only: trust is not taken away again. A flag takes 0 or 1, a label a word.",
  },
};

/** Our hints for Azure's operators; AWS's where nothing differs. */
export const refusalHints: Pick<HintWording, "refusalHint"> = {
  refusalHint: (command, returnCode) =>
    returnCode === "PASSWORD_LENGTH"
      ? "A password has 8 to 32 characters; those outside ASCII count as two to four."
      : (hints[command]?.[returnCode] ?? aws.refusalHint(command, returnCode)),
};

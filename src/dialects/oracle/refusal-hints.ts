import type { HintWording } from "../../command/wording.ts";
import type { ReturnCodeName } from "../../hsm/return-code.ts";
import { aws } from "../aws/aws.ts";

/** What helps here otherwise than with AWS's shell, whose words on the line are others. */
const own: Readonly<Partial<Record<ReturnCodeName, string>>> = {
  NOT_LOGGED_IN: "Log in first: loginHSM <Usertype> <Username>. info shows who is logged in, and where.",
  PASSWORD_LENGTH: "A password has 12 to 32 characters; those outside ASCII count as two to four.",
  KEY_ACCESS_DENIED: "Log in as the owner: findAllKeys <UserID> 0 shows a CO the keys of a user, the owner's with (o).",
  USER_LOCKED: "A CO unlocks a CU (unlockUser <Username>), or sets a new password (changePswd <Usertype> <Username>).",
};

/** Hints of ours, in words that this shell takes. */
export const refusalHints: Pick<HintWording, "refusalHint"> = {
  refusalHint: (command, returnCode) =>
    command.startsWith("sync")
      ? aws.refusalHint(command, returnCode)
      : (own[returnCode] ?? aws.refusalHint(command, returnCode)),
};

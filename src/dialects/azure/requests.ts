import type { KeyWording, RequestWording } from "../../command/wording.ts";
import { returnCodes } from "../../hsm/return-code.ts";
import { aws } from "../aws/aws.ts";

/**
 * What requests come to: as AWS says it, but for the word of getCert, which follows getCertReq's, a login of a user whom a node does
 * not have, and counting keys to the last.
 */
export const requests: Pick<RequestWording, "succeeded" | "failed"> & Pick<KeyWording, "keyList"> = {
  succeeded: (command, label) => `${command} success${label === undefined ? "" : ` on server ${label}`}`,
  // The page on troubleshooting: RET_USER_LOGIN_FAILURE is what one sees where the user is missing on a node.
  failed: (command, reason) =>
    aws.failed(command, reason === returnCodes.UNKNOWN_USER_NAME.text ? returnCodes.LOGIN_FAILURE.text : reason),
  // As the vendor's key utility counts them: from 0 to the last.
  keyList: (keys) => {
    const last = String(Math.max(keys.length - 1, 0));
    return aws
      .keyList(keys)
      .map((line) => line.replace(/^(number of keys matched from start index 0::)\d+$/, `$1${last}`));
  },
};

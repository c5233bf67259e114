import type { KeyWording, RequestWording } from "../../command/wording.ts";
import { aws } from "../aws/aws.ts";

/** What requests come to: as AWS says it, but for the word of getCert, which follows getCertReq's, and counting keys to the last. */
export const requests: Pick<RequestWording, "succeeded"> & Pick<KeyWording, "keyList"> = {
  succeeded: (command, label) => `${command} success${label === undefined ? "" : ` on server ${label}`}`,
  // As the vendor's key utility counts them: from 0 to the last.
  keyList: (keys) => {
    const last = String(Math.max(keys.length - 1, 0));
    return aws
      .keyList(keys)
      .map((line) => line.replace(/^(number of keys matched from start index 0::)\d+$/, `$1${last}`));
  },
};

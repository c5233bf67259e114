import type { RequestWording } from "../../command/wording.ts";
import { aws } from "../aws/aws.ts";

/** OCI Dedicated KMS, pages of syncUser, getCert and findAllKeys, and of getKeyInfo and storeFixedKey for a node that is not there. */
export const requests: Pick<RequestWording, "succeeded" | "failedOn" | "notConnected"> = {
  succeeded: (command, label) =>
    command === "syncUser"
      ? "User sync Success"
      : `${command} success${label === undefined ? "" : ` on server ${label}`}`,
  // The heading of findAllKeys has named the server already.
  failedOn: (command, label) => (command === "findAllKeys" ? [] : aws.failedOn(command, label)),
  notConnected: ({ id, label, reach }) =>
    reach === "never" ? `Server ${String(id)}(0.0.0.0) is not connected` : `Server ${label} is disconnected`,
};

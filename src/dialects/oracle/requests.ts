import type { RequestWording } from "../../command/wording.ts";

/** OCI Dedicated KMS, pages of syncUser and getCert, and of getKeyInfo and storeFixedKey for a node that is not there. */
export const requests: Pick<RequestWording, "succeeded" | "notConnected"> = {
  succeeded: (command, label) =>
    command === "syncUser"
      ? "User sync Success"
      : `${command} success${label === undefined ? "" : ` on server ${label}`}`,
  notConnected: ({ id, label, reach }) =>
    reach === "never" ? `Server ${String(id)}(0.0.0.0) is not connected` : `Server ${label} is disconnected`,
};

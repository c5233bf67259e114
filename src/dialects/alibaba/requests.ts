import type { RequestWording } from "../../command/wording.ts";

/** Alibaba Cloud HSM, page "getcert": every command succeeds in the same word. */
export const requests: Pick<RequestWording, "succeeded"> = {
  succeeded: (command, label) => `${command} success${label === undefined ? "" : ` on server ${label}`}`,
};

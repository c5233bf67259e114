import type { ShellWording } from "../../command/wording.ts";

/** OCI Dedicated KMS, pages of 2026-09-05: the start and its prompts. */
export const shell: Pick<ShellWording, "prompt"> = {
  prompt: "cloudmgmt>",
};

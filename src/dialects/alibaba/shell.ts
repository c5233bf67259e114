import type { ShellWording } from "../../command/wording.ts";

/** Alibaba Cloud HSM, pages of 2026-03-31: the start and its prompts. */
export const shell: Pick<ShellWording, "prompt"> = {
  prompt: "cloudmgmt>",
};

import type { ShellWording } from "../../command/wording.ts";

/** Azure Cloud HSM, onboarding guide of 2026-03-04: the start and its prompts. */
export const shell: Pick<ShellWording, "prompt"> = {
  prompt: "cloudmgmt>",
};

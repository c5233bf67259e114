import type { Outline } from "../outline.ts";
import { bashCompletion } from "./bash.ts";
import { fishCompletion } from "./fish.ts";
import { zshCompletion } from "./zsh.ts";

const scripts = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;

/** A script with which a shell completes the command lines of programs. */
export function completionFor(shell: keyof typeof scripts, programs: readonly Outline[]): string {
  return `# Printed by cloudhsm-sim completion ${shell}.\n${scripts[shell](programs)}`;
}

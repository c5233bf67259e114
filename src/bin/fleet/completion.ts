import { Argument } from "commander";
import { printAnswer } from "../command-line-answer.ts";
import { outlineOf } from "../outline.ts";
import type { Subcommand } from "./subcommand.ts";

const shells = ["bash", "zsh", "fish"] as const;

/** `cloudhsm-sim completion` */
export const completion: Subcommand = (program, chosen) => {
  program
    .command("completion")
    .summary("print a script with which a shell completes words")
    .description(
      "Prints a script with which bash, zsh or fish completes the commands and options of cloudhsm-sim, and of key_mgmt_util and " +
        'cloudhsm_mgmt_util by all their names. In bash: eval "$(cloudhsm-sim completion bash)"; in zsh: source <(cloudhsm-sim completion zsh), ' +
        "after compinit; in fish: cloudhsm-sim completion fish | source.",
    )
    .addArgument(new Argument("<shell>", "your shell").choices(shells))
    .action((shell: (typeof shells)[number]) => {
      chosen(async () => {
        const { completionFor } = await import("../completion/completion.ts");
        const { keyUtilityOutlines, shellOutlines } = await import("../shell-outlines.ts");
        const outlines = [outlineOf(program), ...shellOutlines(), ...keyUtilityOutlines()];
        return printAnswer({ status: 0, text: completionFor(shell, outlines).trimEnd() });
      });
    });
};

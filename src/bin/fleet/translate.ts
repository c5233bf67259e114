import { Option } from "commander";
import type { Tool } from "../../translation/translate.ts";
import { afterHelp, type Subcommand } from "./subcommand.ts";

const tools: readonly Tool[] = ["cloudhsm_mgmt_util", "key_mgmt_util"];

interface Options {
  readonly from?: Tool;
  readonly json?: true;
}

/** `cloudhsm-sim translate` */
export const translate: Subcommand = (program, chosen) => {
  program
    .command("translate")
    .summary("print a script beside the same for CloudHSM CLI")
    .description(
      "Prints a script of cloudhsm_mgmt_util or key_mgmt_util, or of a shell or expect that calls them, and below each line what takes " +
        "its place in cloudhsm-cli, the tool of client SDK 5; or why nothing does. It runs nothing, and prints no password.",
    )
    .argument("<script>", "a file; - is standard input")
    .addOption(new Option("--from <tool>", "whose script it is; found out when left out").choices(tools))
    .option("--json", "one JSON object")
    .addHelpText("after", afterHelp)
    .action((script: string, { from, json }: Options) => {
      chosen(async () => {
        const { printTranslation } = await import("../../app/fleet/translate.ts");
        return printTranslation({ script, from, json: json === true });
      });
    });
};

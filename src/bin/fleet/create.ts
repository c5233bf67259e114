import { Option } from "commander";
import { type DialectName, dialectNames } from "../../config/dialect-name.ts";
import { type Subcommand, afterHelp } from "./subcommand.ts";
import { wholeNumber } from "./values.ts";

interface Options {
  readonly dialect: DialectName;
  readonly hsms: number;
  readonly region?: string;
  readonly name?: string;
  readonly json?: true;
}

/** `cloudhsm-sim create` */
export const create: Subcommand = (program, chosen) => {
  program
    .command("create")
    .summary("write the configuration of a new cluster, to start from")
    .description(
      "Writes a YAML file that describes a cluster, with comments, and prints the line that opens the shell on it. The HSMs " +
        "are created by the shell's first start. A file that is there already is left as it is.",
    )
    .argument("<file>", "the YAML file to write")
    .addOption(
      new Option("--dialect <vendor>", "whose cluster it is: its nodes, their names, who activates it")
        .choices(dialectNames)
        .default("aws"),
    )
    .option("--hsms <number>", "how many HSMs the cluster has", wholeNumber(1, 1000), 3)
    .option("--region <region>", "where the cluster is")
    .option("--name <id>", "the id of the cluster; left out, one is drawn")
    .option("--json", "one JSON object")
    .addHelpText("after", afterHelp)
    .action((file: string, { dialect, hsms, region, name, json }: Options) => {
      chosen(async () => {
        const { createConfiguration } = await import("../../app/fleet/create.ts");
        return createConfiguration({ file, dialect, hsms, region, id: name, json: json === true });
      });
    });
};

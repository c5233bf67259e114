import {
  type HomeOptions,
  type Subcommand,
  requestOf,
  withConfigurationArgument,
  withHomeOptions,
} from "./subcommand.ts";

/** `cloudhsm-sim status` */
export const status: Subcommand = (program, chosen) => {
  const command = program
    .command("status")
    .summary("print which HSMs there are, what they hold, and who is logged in")
    .description(
      "Prints the HSMs of a home by cluster: their addresses, how many users and keys they hold, and who is logged in " +
        "from which shell. It changes nothing, and shells may be open meanwhile.",
    )
    .action((config: string | undefined, options: HomeOptions) => {
      chosen(async () => {
        const { printStatus } = await import("../../app/fleet/status.ts");
        return printStatus(requestOf(options, config));
      });
    });
  withHomeOptions(withConfigurationArgument(command));
};

import {
  type HomeOptions,
  type Subcommand,
  requestOf,
  withConfigurationArgument,
  withHomeOptions,
} from "./subcommand.ts";

interface Options extends HomeOptions {
  readonly watch?: true;
}

/** `cloudhsm-sim status` */
export const status: Subcommand = (program, chosen) => {
  const command = program
    .command("status")
    .summary("print which HSMs there are, what they hold, and who is logged in")
    .description(
      "Prints the HSMs of a home by cluster: their addresses, how many users and keys they hold, and who is logged in " +
        "from which shell. It changes nothing, and shells may be open meanwhile.",
    )
    .option(
      "--watch",
      "show it until Ctrl-C, as it is by then: anew each second at a terminal, else when it has changed",
    )
    .action((config: string | undefined, options: Options) => {
      chosen(async () => {
        const { printStatus } = await import("../../app/fleet/status.ts");
        return printStatus({ ...requestOf(options, config), watch: options.watch === true });
      });
    });
  withHomeOptions(withConfigurationArgument(command));
};

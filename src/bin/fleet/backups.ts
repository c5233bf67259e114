import { type HomeOptions, type Subcommand, requestOf, withHomeOptions } from "./subcommand.ts";

/** `cloudhsm-sim backup` */
export const backup: Subcommand = (program, chosen) => {
  const command = program
    .command("backup")
    .summary("keep a backup of a cluster")
    .description(
      "Keeps a backup of a cluster in the home: all that an HSM of it has now. Shells may be open meanwhile.",
    )
    .argument("<cluster>", "the id of the cluster")
    .action((cluster: string, options: HomeOptions) => {
      chosen(async () => {
        const { backUp } = await import("../../app/fleet/backups.ts");
        return backUp(requestOf(options), cluster);
      });
    });
  withHomeOptions(command);
};

/** `cloudhsm-sim backups` */
export const backups: Subcommand = (program, chosen) => {
  const command = program
    .command("backups")
    .summary("print which backups there are")
    .description("Prints the backups that a home keeps, the oldest first.")
    .action((options: HomeOptions) => {
      chosen(async () => {
        const { printBackups } = await import("../../app/fleet/backups.ts");
        return printBackups(requestOf(options));
      });
    });
  withHomeOptions(command);
};

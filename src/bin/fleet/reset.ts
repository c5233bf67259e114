import { type HomeOptions, type Subcommand, requestOf, withHomeOptions } from "./subcommand.ts";

interface Options extends HomeOptions {
  readonly yes?: true;
}

/** `cloudhsm-sim reset` */
export const reset: Subcommand = (program, chosen) => {
  const command = program
    .command("reset")
    .summary("delete all HSMs of a home, and all that is kept there")
    .description(
      "Deletes all HSMs of a home, with its backups, faults and what was stopped or destroyed, after a question. It is " +
        "refused, and deletes nothing, while a shell has any of it open.",
    )
    .option("--yes", "do not ask")
    .action((options: Options) => {
      chosen(async () => {
        const { resetAll } = await import("../../app/fleet/reset.ts");
        return resetAll({ ...requestOf(options), yes: options.yes === true });
      });
    });
  withHomeOptions(command);
};

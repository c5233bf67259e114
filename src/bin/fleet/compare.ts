import { type HomeOptions, type Subcommand, requestOf, withHomeOptions } from "./subcommand.ts";

/** `cloudhsm-sim compare` */
export const compare: Subcommand = (program, chosen) => {
  const command = program
    .command("compare")
    .summary("print what is out of step, and the lines that mend it")
    .description(
      "Compares the HSMs of each cluster and of its clones: users with their passwords, quorum keys, second factors and " +
        "login failures, keys with their material, owners, shares and attributes, minimums of quorum. Prints only what " +
        "differs, each with the lines for the shell that mend it, in an order that works. It changes nothing, tells nothing " +
        "of a password but whether it is the same, and shells may be open meanwhile.",
    )
    .argument("[cluster]", "the id of a cluster: only that one and its clones")
    .action((cluster: string | undefined, options: HomeOptions) => {
      chosen(async () => {
        const { printComparison } = await import("../../app/fleet/compare.ts");
        return printComparison({ ...requestOf(options), cluster });
      });
    });
  withHomeOptions(command);
};

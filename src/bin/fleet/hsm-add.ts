import { type HomeOptions, type Subcommand, requestOf, withHomeOptions } from "./subcommand.ts";
import { wholeNumber } from "./values.ts";

interface Options extends HomeOptions {
  readonly port?: number;
}

/** `cloudhsm-sim hsm add` */
export const hsmAdd: Subcommand = (group, chosen) => {
  const command = group
    .command("add")
    .summary("add an HSM to a cluster")
    .description(
      "Creates one more HSM of a cluster, as the service does: from a backup of an HSM that answers, so with the users, " +
        "passwords, keys and minimums that are there now. A YAML file that is given with --config lists it then, its comments " +
        "kept; a .cfg is never changed.",
    )
    .argument("<cluster>", "the id of the cluster")
    .argument("<hostname>", "where the new HSM is to answer")
    .option("--port <port>", "its port; left out, 2225", wholeNumber(1, 65_535))
    .action((cluster: string, hostname: string, options: Options) => {
      chosen(async () => {
        const { addHsmTo } = await import("../../app/fleet/hsm-add.ts");
        return addHsmTo({ ...requestOf(options), cluster, hostname, port: options.port });
      });
    });
  withHomeOptions(command);
};

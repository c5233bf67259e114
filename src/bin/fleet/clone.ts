import { type HomeOptions, type Subcommand, requestOf, withHomeOptions } from "./subcommand.ts";
import { wholeNumber } from "./values.ts";

interface Options extends HomeOptions {
  readonly port?: number;
  readonly region?: string;
}

const listing =
  "A YAML file that is given with --config lists the new cluster then, its comments kept; a .cfg is never changed.";

/** `cloudhsm-sim clone` */
export const clone: Subcommand = (program, chosen) => {
  const command = program
    .command("clone")
    .summary("make a clone of a cluster, in another region for instance")
    .description(
      "Creates a cluster from a backup of another one, as it is now: with its users, passwords, keys and minimums. Users and " +
        `keys can be copied between the two from then on. ${listing}`,
    )
    .argument("<cluster>", "the id of the cluster to clone")
    .argument("<hostname...>", "where the HSMs of the clone are to answer")
    .option("--region <region>", "where the clone is; left out, where the cluster is")
    .option("--port <port>", "the port of its HSMs; left out, 2225", wholeNumber(1, 65_535))
    .action((origin: string, hostnames: readonly string[], options: Options) => {
      chosen(async () => {
        const { cloneTo } = await import("../../app/fleet/clone.ts");
        return cloneTo({ ...requestOf(options), origin, hostnames, port: options.port, region: options.region });
      });
    });
  withHomeOptions(command);
};

/** `cloudhsm-sim restore` */
export const restore: Subcommand = (program, chosen) => {
  const command = program
    .command("restore")
    .summary("create a cluster from a backup")
    .description(
      `Creates a cluster from a backup that "cloudhsm-sim backup" took, as create-cluster --source-backup-id does. ${listing}`,
    )
    .argument("<backup>", "the id of the backup")
    .argument("<hostname...>", "where the HSMs of the cluster are to answer")
    .option("--region <region>", "where the cluster is; left out, where the backup was taken")
    .option("--port <port>", "the port of its HSMs; left out, 2225", wholeNumber(1, 65_535))
    .action((origin: string, hostnames: readonly string[], options: Options) => {
      chosen(async () => {
        const { restoreTo } = await import("../../app/fleet/clone.ts");
        return restoreTo({ ...requestOf(options), origin, hostnames, port: options.port, region: options.region });
      });
    });
  withHomeOptions(command);
};

import { Argument } from "commander";
import { e2eStates } from "../../config/configuration.ts";
import { type HomeOptions, type Subcommand, requestOf, withHomeOptions } from "./subcommand.ts";

/** `cloudhsm-sim e2e` */
export const e2e: Subcommand = (program, chosen) => {
  const command = program
    .command("e2e")
    .summary("have a cluster's owner certificate matter, or not")
    .description(
      "Says of a cluster that exists whether shells look for the certificate of its owner, as e2e: in a configuration does " +
        "before its first start. Checked, a shell that finds none, or another owner's, works in limited commands mode. Shells " +
        "that are connected stay as they are.",
    )
    .argument("<cluster>", "the id of the cluster")
    .addArgument(new Argument("<state>", "whether it matters").choices(e2eStates))
    .action((cluster: string, state: (typeof e2eStates)[number], options: HomeOptions) => {
      chosen(async () => {
        const { switchOwnerCheck } = await import("../../app/fleet/e2e.ts");
        return switchOwnerCheck(requestOf(options), cluster, state);
      });
    });
  withHomeOptions(command);
};

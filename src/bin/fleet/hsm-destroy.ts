import { type HomeOptions, type Subcommand, requestOf, withHomeOptions } from "./subcommand.ts";

const which = "its id, hostname, or hostname:port";

/** `cloudhsm-sim hsm destroy` */
export const hsmDestroy: Subcommand = (group, chosen) => {
  const command = group
    .command("destroy")
    .summary("destroy an HSM")
    .description(
      "Deletes an HSM with all that it has. No start of a shell creates it anew; one that still lists it says that it is " +
        "gone. It is refused while a shell has the HSM open.",
    )
    .argument("<hsm>", which)
    .action((word: string, options: HomeOptions) => {
      chosen(async () => {
        const { destroyNamed } = await import("../../app/fleet/hsm-destroy.ts");
        return destroyNamed(requestOf(options), word);
      });
    });
  withHomeOptions(command);
};

/** `cloudhsm-sim hsm replace` */
export const hsmReplace: Subcommand = (group, chosen) => {
  const command = group
    .command("replace")
    .summary("replace an HSM by a new one")
    .description(
      "Destroys an HSM, and creates a new one with another id at its address, from a backup of another HSM of its cluster " +
        "that is up. A YAML file that is given with --config has the new id then. It is refused while a shell has the HSM open.",
    )
    .argument("<hsm>", which)
    .action((word: string, options: HomeOptions) => {
      chosen(async () => {
        const { replaceNamed } = await import("../../app/fleet/hsm-destroy.ts");
        return replaceNamed(requestOf(options), word);
      });
    });
  withHomeOptions(command);
};

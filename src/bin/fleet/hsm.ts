import { hsmAdd } from "./hsm-add.ts";
import { hsmDestroy, hsmReplace } from "./hsm-destroy.ts";
import { type HomeOptions, type Subcommand, requestOf, withHomeOptions } from "./subcommand.ts";

/** `cloudhsm-sim hsm` */
export const hsm: Subcommand = (program, chosen) => {
  const group = program.command("hsm").summary("add, stop, start, replace and destroy HSMs").helpCommand(false);
  hsmAdd(group, chosen);
  const power = (name: string, to: "stopped" | "up", summary: string, description: string): void => {
    const command = group
      .command(name)
      .summary(summary)
      .description(description)
      .argument("<hsm>", "its id, hostname, or hostname:port")
      .action((word: string, options: HomeOptions) => {
        chosen(async () => {
          const { switchPower } = await import("../../app/fleet/power.ts");
          return switchPower(requestOf(options), word, to);
        });
      });
    withHomeOptions(command);
  };
  power(
    "stop",
    "stopped",
    "stop an HSM",
    "Stops an HSM: it keeps what it has and answers nobody, also those who have a shell open. Who is logged in there, is no more.",
  );
  power(
    "start",
    "up",
    "start an HSM that was stopped",
    "Starts an HSM that was stopped, with all that it had but its logins.",
  );
  hsmReplace(group, chosen);
  hsmDestroy(group, chosen);
};

import type { Command } from "commander";
import {
  type HomeOptions,
  type Subcommand,
  requestOf,
  withConfigurationArgument,
  withHomeOptions,
} from "./subcommand.ts";

interface Options extends HomeOptions {
  readonly hsm?: string;
}

/** `cloudhsm-sim sessions`, and `sessions end` */
export const sessions: Subcommand = (program, chosen) => {
  const list = program
    .command("sessions")
    .summary("print who is logged in where, or end a login")
    .description(
      "Prints who is logged in on which HSMs, from which shell and since when. A login has one id on all HSMs: end takes " +
        "it. Nothing is changed, and shells may be open meanwhile.",
    )
    .action((config: string | undefined, options: Options) => {
      chosen(async () => {
        const { printSessions } = await import("../../app/fleet/sessions.ts");
        return printSessions({ ...requestOf(options, config), hsm: options.hsm });
      });
    })
    .helpCommand(false);
  withHsmOption(withHomeOptions(withConfigurationArgument(list)));
  const end = list
    .command("end")
    .summary("end a login")
    .description(
      "Ends a login from outside its shell, on every HSM where that shell has it: the next request of the shell there is " +
        "refused, since nobody is logged in.",
    )
    .argument("<id>", "the id that sessions prints")
    .action((id: string, _own: Options, command: Command) => {
      // Those that both commands have are the other one's.
      const options = command.optsWithGlobals<Options>();
      chosen(async () => {
        const { endSession } = await import("../../app/fleet/sessions.ts");
        return endSession({ ...requestOf(options), hsm: options.hsm }, id);
      });
    });
  withHsmOption(withHomeOptions(end));
};

function withHsmOption(command: Command): Command {
  return command.option("--hsm <hsm>", "only on this HSM: its hostname, hostname:port or id");
}

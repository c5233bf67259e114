import type { Command } from "commander";
import type { FormRequest } from "../../app/fleet/requested-home.ts";
import { homeWords } from "../home-words.ts";
import { bundledNames } from "../../config/bundled-names.ts";

/** What a command line asks for; it returns the exit status. */
export type FleetCommand = () => Promise<number>;

/**
 * Declares one subcommand of `cloudhsm-sim`.
 *
 * @param chosen takes what its words ask for. What that is made of is loaded when it runs: no other subcommand waits for it
 */
export type Subcommand = (program: Command, chosen: (work: FleetCommand) => void) => void;

/** What every subcommand of a home takes. */
export interface HomeOptions {
  readonly config?: string;
  readonly home?: string;
  readonly json?: true;
}

/** What help says of the exit status. */
export const afterHelp = `
Exit status:
  0    done
  1    the answer is no: out of step, damaged, not there
  2    the command line or the configuration is wrong`;

const configuration = `a cluster's YAML file, a cloudhsm_mgmt_util.cfg, or one of ${bundledNames.join(", ")}`;

/** Adds what every subcommand of a home takes. */
export function withHomeOptions(command: Command): Command {
  return command
    .option("--json", "one JSON object")
    .option("--home <place>", `where the simulated HSMs are: ${homeWords}`)
    .option("--config <file>", configuration)
    .addHelpText("after", afterHelp);
}

/** Takes the configuration as a word of its own, too, as the shell does. */
export function withConfigurationArgument(command: Command): Command {
  return command.argument("[config]", `the same as --config: ${configuration}`);
}

/** @param config the configuration that was given as a word of its own */
export function requestOf({ config: option, home, json }: HomeOptions, config?: string): FormRequest {
  return { config: config ?? option, home, json: json === true };
}

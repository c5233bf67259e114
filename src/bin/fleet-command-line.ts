import { printAuditLogs } from "../app/audit-logs.ts";
import { printStatus } from "../app/status.ts";
import { bundledNames } from "../config/bundled-names.ts";
import type { CommandLineAnswer } from "./command-line-answer.ts";
import { parserOf } from "./parser.ts";
import { version } from "./version.ts";

interface Options {
  readonly hsm?: string;
  readonly json?: true;
  readonly home?: string;
}

const afterHelp = `
Exit status:
  0    all went well
  1    an HSM is damaged, or cannot be reached
  2    the command line or the configuration is wrong, or names no such HSM`;

/** What a command line asks for; it returns the exit status. */
export type FleetCommand = () => Promise<number>;

const configuration = `a cluster's YAML file, a cloudhsm_mgmt_util.cfg, or one of ${bundledNames.join(", ")}`;
const homeOption = ["--home <dir>", "the folder of the simulated HSMs"] as const;

/** Reads the words of the command line; returns help, the version or what is wrong where nothing is to be done. */
export function parseFleetCommandLine(words: readonly string[]): FleetCommand | CommandLineAnswer {
  let asked: FleetCommand | undefined;
  const { command: program, parse } = parserOf("cloudhsm-sim");
  program
    .description("Inspects the simulated HSMs of cloudhsm_mgmt_util from outside its shell.")
    .version(`cloudhsm-sim ${version()}`, "--version", "print the version")
    .helpCommand(false)
    .addHelpText("after", afterHelp);
  program
    .command("status")
    .summary("print which HSMs there are, what they hold, and who is logged in")
    .description(
      "Prints the HSMs of a home by cluster: their addresses, how many users and keys they hold, and who is logged in " +
        "from which shell. It changes nothing, and shells may be open meanwhile.",
    )
    .argument("[config]", configuration)
    .option("--json", "one JSON object")
    .option(...homeOption)
    .addHelpText("after", afterHelp)
    .action((config: string | undefined, { json, home }: Options) => {
      asked = () => printStatus({ config, json: json === true, home });
    });
  program
    .command("audit-log")
    .summary("print what the HSMs recorded")
    .description(
      "Prints the audit logs of the HSMs of a configuration, as the AWS CloudHSM User Guide shows them. It changes " +
        "nothing, and shells may be open meanwhile.",
    )
    .argument("[config]", configuration)
    .option("--hsm <hostname>", "only this HSM's log, without a heading")
    .option("--json", "one JSON object a line for each event")
    .option(...homeOption)
    .addHelpText("after", afterHelp)
    .action((config: string | undefined, { hsm, json, home }: Options) => {
      asked = () => printAuditLogs({ config, hostname: hsm, json: json === true, home });
    });
  const answer = parse(words) ?? asked;
  if (answer === undefined) throw new Error("a command line without a command was taken for one");
  return answer;
}

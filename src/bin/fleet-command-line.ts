import type { AuditLogRequest } from "../app/audit-logs.ts";
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

/** Reads the words of the command line; returns help, the version or what is wrong where nothing is to be done. */
export function parseFleetCommandLine(words: readonly string[]): AuditLogRequest | CommandLineAnswer {
  let request: AuditLogRequest | undefined;
  const { command: program, parse } = parserOf("cloudhsm-sim");
  program
    .description("Inspects the simulated HSMs of cloudhsm_mgmt_util from outside its shell.")
    .version(`cloudhsm-sim ${version()}`, "--version", "print the version")
    .helpCommand(false)
    .addHelpText("after", afterHelp);
  program
    .command("audit-log")
    .summary("print what the HSMs recorded")
    .description(
      "Prints the audit logs of the HSMs of a configuration, as the AWS CloudHSM User Guide shows them. It changes " +
        "nothing, and shells may be open meanwhile.",
    )
    .argument("[config]", `a cluster's YAML file, a cloudhsm_mgmt_util.cfg, or one of ${bundledNames.join(", ")}`)
    .option("--hsm <hostname>", "only this HSM's log, without a heading")
    .option("--json", "one JSON object a line for each event")
    .option("--home <dir>", "the folder of the simulated HSMs")
    .addHelpText("after", afterHelp)
    .action((config: string | undefined, { hsm, json, home }: Options) => {
      request = { config, hostname: hsm, json: json === true, home };
    });
  const answer = parse(words) ?? request;
  if (answer === undefined) throw new Error("a command line without a command was taken for one");
  return answer;
}

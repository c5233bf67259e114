import { Command, CommanderError } from "commander";
import type { AuditLogRequest } from "../app/audit-logs.ts";
import { bundledNames } from "../config/bundled-names.ts";
import type { CommandLineAnswer } from "./command-line-answer.ts";
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
  let text = "";
  const collect = (part: string): void => {
    text += part;
  };
  let request: AuditLogRequest | undefined;
  const program = new Command("cloudhsm-sim")
    .description("Looks at the simulated HSMs of cloudhsm_mgmt_util from outside its shell.")
    .version(`cloudhsm-sim ${version()}`, "--version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand(false)
    .addHelpText("after", afterHelp)
    .showHelpAfterError("(cloudhsm-sim --help shows what there is)")
    .configureOutput({
      writeOut: collect,
      writeErr: collect,
      outputError: (problem, write) => {
        write(problem.replace(/^error: /, "cloudhsm-sim: "));
      },
    })
    .exitOverride();
  program
    .command("audit-log")
    .summary("print what the HSMs recorded")
    .description(
      "Prints the audit logs of the HSMs of a configuration, as the AWS CloudHSM User Guide shows them. Shells may be " +
        "open meanwhile, and nothing is changed.",
    )
    .argument("[config]", `a cluster's YAML file, a cloudhsm_mgmt_util.cfg, or one of ${bundledNames.join(", ")}`)
    .option("--hsm <hostname>", "only this HSM's log, without a heading")
    .option("--json", "one JSON object a line for each event")
    .option("--home <dir>", "the folder of the simulated HSMs")
    .addHelpText("after", afterHelp)
    .action((config: string | undefined, { hsm, json, home }: Options) => {
      request = { config, hostname: hsm, json: json === true, home };
    });
  try {
    program.parse(words, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) return { status: error.exitCode === 0 ? 0 : 2, text: text.trimEnd() };
    throw error;
  }
  // Without a command, help was printed: that is all that there is to say.
  return request ?? { status: 2, text: text.trimEnd() };
}

import { Option } from "commander";
import type { KeyCommandLine } from "../app/key-shell.ts";
import { bundledNames } from "../config/bundled-names.ts";
import { type DialectName, dialectNames } from "../config/dialect-name.ts";
import type { CommandLineAnswer } from "./command-line-answer.ts";
import { homeWords } from "./home-words.ts";
import { type Parser, parserOf } from "./parser.ts";
import { version } from "./version.ts";

interface Options {
  readonly home?: string;
  readonly config?: string;
  readonly dialect?: DialectName;
}

const description =
  "A simulator of AWS CloudHSM's key_mgmt_util: the shell in which crypto users make and use keys, over the same HSMs as " +
  "cloudhsm_mgmt_util. Not made by AWS; not for real keys or passwords.";

/** What help says after the options. */
export const afterHelp = `
Without singlecmd, lines are read from a terminal or a pipe; type help at the
prompt. With it, one command is carried out, behind a login:

  key_mgmt_util singlecmd loginHSM -u CU -s <user> -p <password> findKey

Every user of the machine can read a password on a command line: -hpswd asks.

Exit status:
  0      the end of a session, or a single command that was done
  1      no HSM can be reached at the start, or a single command that was not
  2      the command line, the words of a single command or the configuration are
         wrong
  128+N  signal N ended the session`;

/** Declares the command line of the key utility. */
export function declareKeyUtility(): Parser {
  const parser = parserOf("key_mgmt_util");
  parser.command
    .description(description)
    .version(`key_mgmt_util ${version()} (a simulator, not the AWS tool)`, "--version", "print the version")
    .argument("[singlecmd...]", "singlecmd, a login and a command")
    .passThroughOptions()
    .option("--home <place>", `where the simulated HSMs are: ${homeWords}`)
    .option(
      "--config <file>",
      `a cluster's YAML file, a cloudhsm_client.cfg or cloudhsm_mgmt_util.cfg, or one that is included: ${bundledNames.join(", ")}`,
    )
    .addOption(
      new Option("--dialect <vendor>", "whose key utility it is, where the configuration does not say").choices(
        dialectNames,
      ),
    )
    .addHelpText("after", afterHelp);
  return parser;
}

/** Reads the words of the command line; returns help, the version or what is wrong where there is nothing to run. */
export function parseKeyCommandLine(words: readonly string[]): KeyCommandLine | CommandLineAnswer {
  const { command: program, parse } = declareKeyUtility();
  const answer = parse(words);
  if (answer !== undefined) return answer;
  const { home, config, dialect } = program.opts<Options>();
  const [first, ...single] = program.args;
  // One word that is no singlecmd is the configuration, as in a sibling's program.
  if (first === undefined) return { config, home, dialect, single: undefined };
  if (first === "singlecmd") return { config, home, dialect, single };
  if (single.length === 0) return { config: config ?? first, home, dialect, single: undefined };
  return { config: config ?? first, home, dialect, single: single[0] === "singlecmd" ? single.slice(1) : single };
}

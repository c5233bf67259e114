import { auditLog } from "./audit-log.ts";
import { backup, backups } from "./backups.ts";
import { clone, restore } from "./clone.ts";
import { copy } from "./copy.ts";
import type { CommandLineAnswer } from "../command-line-answer.ts";
import { compare } from "./compare.ts";
import { completion } from "./completion.ts";
import { create } from "./create.ts";
import { drill } from "./drill.ts";
import { e2e } from "./e2e.ts";
import { fault } from "./fault.ts";
import { hold } from "./hold.ts";
import { hsm } from "./hsm.ts";
import { install, uninstall } from "./install.ts";
import { type Parser, parserOf } from "../parser.ts";
import { reset } from "./reset.ts";
import { serve } from "./serve.ts";
import { sessions } from "./sessions.ts";
import { status } from "./status.ts";
import type { FleetCommand, Subcommand } from "./subcommand.ts";
import { translate } from "./translate.ts";
import { version } from "../version.ts";

/** In the order in which help lists them. */
const subcommands: readonly Subcommand[] = [
  status,
  compare,
  auditLog,
  sessions,
  hold,
  create,
  hsm,
  e2e,
  clone,
  backup,
  backups,
  restore,
  copy,
  reset,
  fault,
  drill,
  serve,
  translate,
  install,
  uninstall,
  completion,
];

/**
 * Declares the command line of the fleet's program.
 *
 * @param chosen takes what its words ask for
 */
export function declareFleet(chosen: (work: FleetCommand) => void): Parser {
  const parser = parserOf("cloudhsm-sim");
  parser.command
    .description("Looks after the simulated HSMs of cloudhsm_mgmt_util from outside its shell.")
    .version(`cloudhsm-sim ${version()}`, "--version", "print the version")
    .helpCommand(false);
  for (const declare of subcommands) declare(parser.command, chosen);
  return parser;
}

/** Reads the words of the command line; returns help, the version or what is wrong where nothing is to be done. */
export function parseFleetCommandLine(words: readonly string[]): FleetCommand | CommandLineAnswer {
  let asked: FleetCommand | undefined;
  const { parse } = declareFleet((work) => {
    asked = work;
  });
  const answer = parse(words) ?? asked;
  if (answer === undefined) throw new Error("a command line without a command was taken for one");
  return answer;
}

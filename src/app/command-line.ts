import type { DialectName } from "../config/dialect-name.ts";
import type { FailureAnswer } from "../command/questions.ts";
import type { Form } from "./process/explain.ts";

/** What was asked for on the command line of the process. */
export interface CommandLine {
  /** The configuration file; undefined is the default one. */
  readonly config: string | undefined;
  readonly home: string | undefined;
  /** Whose shell it is; undefined where the configuration says, or nobody. */
  readonly dialect: DialectName | undefined;
  /** Lines to carry out instead of standard input. */
  readonly commands: readonly string[];
  /** A file to read lines from instead of standard input. */
  readonly file: string | undefined;
  /** Whether standard output has the original's words, or a JSON object a line. */
  readonly output: Form;
  readonly bail: boolean;
  readonly echo: boolean;
  readonly summary: boolean;
  readonly yes: boolean;
  /** What R/I/A and R/B/I are answered; undefined asks. */
  readonly onFailure: FailureAnswer | undefined;
  /** Whether the HSMs of the configuration are deleted, and created anew. */
  readonly fresh: boolean;
  readonly color: boolean;
  /** Whether a person is told what helps, after a command that an HSM refused. */
  readonly hints: boolean;
}

import { shellLine } from "../../text/shell-line.ts";

/** What a launcher starts, and with what. All paths are absolute. */
export interface Launched {
  readonly node: string;
  readonly program: string;
  /** What it is given before all that the launcher is given. */
  readonly words: readonly string[];
  /** The folder of the HSMs, unless CLOUDHSM_HOME names another one. */
  readonly home: string;
  /** What is read where no configuration is given, unless CLOUDHSM_CONFIG names another file. */
  readonly configuration: string;
}

/** The text of a script that starts a program with whatever it is given, wherever it is called. */
export function launcherText({ node, program, words, home, configuration }: Launched): string {
  const preset = (variable: string, value: string): string =>
    `[ -n "$${variable}" ] || ${variable}=${shellLine([value])}\n`;
  return (
    "#!/bin/sh\n" +
    "# Written by cloudhsm-sim install; cloudhsm-sim uninstall removes it.\n" +
    preset("CLOUDHSM_HOME", home) +
    preset("CLOUDHSM_CONFIG", configuration) +
    "export CLOUDHSM_HOME CLOUDHSM_CONFIG\n" +
    `exec ${shellLine([node, program, ...words])} "$@"\n`
  );
}

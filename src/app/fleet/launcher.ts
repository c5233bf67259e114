import { shellLine } from "../../text/shell-line.ts";

/** What a launcher starts, and with what. All paths are absolute. */
export interface Launched {
  readonly node: string;
  readonly program: string;
  /** The folder of the HSMs, unless CLOUDHSM_HOME names another one. */
  readonly home: string;
  /** What is read where no configuration is given, unless CLOUDHSM_CONFIG names another file. */
  readonly configuration: string;
}

/** The text of a script that starts the shell with whatever it is given, wherever it is called. */
export function launcherText({ node, program, home, configuration }: Launched): string {
  const preset = (variable: string, value: string): string =>
    `[ -n "$${variable}" ] || ${variable}=${shellLine([value])}\n`;
  return (
    "#!/bin/sh\n" +
    "# Written by cloudhsm-sim install; cloudhsm-sim uninstall removes it.\n" +
    preset("CLOUDHSM_HOME", home) +
    preset("CLOUDHSM_CONFIG", configuration) +
    "export CLOUDHSM_HOME CLOUDHSM_CONFIG\n" +
    `exec ${shellLine([node, program])} "$@"\n`
  );
}

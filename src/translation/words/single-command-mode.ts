/** What is said of a line with a pipe or a file behind `>`. */
export const pipesAreTheShells = "| and > take single command mode: cloudhsm-cli before the line";

/** What is said of a line that a shell fills in. */
export const substitutionsAreTheShells = "$(...) takes single command mode: cloudhsm-cli before the line";

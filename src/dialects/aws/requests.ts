import type { RequestWording } from "../../command/wording.ts";

const steps = { extract: "ExtractMaskedObject", insert: "InsertMaskedObject" } as const;

/** The word where it is not `success`. */
const successOf: Readonly<Record<string, string>> = { getCert: "Success" };

/** The lines that all commands have, as the AWS CloudHSM User Guide's pages of commands show them. */
export const requests: RequestWording = {
  onNodes: (what, count) => `${what} on ${String(count)} nodes`,
  succeeded: (command, label) =>
    `${command} ${successOf[command] ?? "success"}${label === undefined ? "" : ` on server ${label}`}`,
  failed: (command, reason) => `${command} failed: ${reason}`,
  failedOn: (command, label) => [`${command} failed on server ${label}`],
  rolledBackOn: (command, label) => `${command} rolled back on server ${label}`,
  notRolledBackOn: (command, label) => `${command} not rolled back on server ${label}`,
  copyStep: (step, code) => `${steps[step]}: 0x${code.toString(16)} !`,
  notConnected: ({ id }) => `Server ${String(id)} is not connected`,
};

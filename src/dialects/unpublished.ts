import type { UnpublishedWording } from "../command/wording.ts";

/** Words where no vendor's are published: ours, the same in every shell. */
export const unpublished: UnpublishedWording = {
  unknownCommand: (word, proposal) =>
    `Unknown command: ${word}.${proposal === undefined ? "" : ` Did you mean ${proposal}?`}`,
  hiddenCommand: "Unknown command",
  ambiguousCommand: (word, names) => `${word} is ambiguous: ${names.join(", ")}`,
  notSimulated: (command) => `${command} is not simulated`,
  commandList: "Type help for the list of commands.",
  elsewhere: {
    global: "leave server mode first (exit)",
    server: "enter server mode first (server <server ID>)",
  },
  serverModeHeading: "In server mode (server <server ID>):",
  lineTooLong: (longest) => `Line too long: ${String(longest)} bytes at most`,
  hiddenMisfit: "wrong arguments",
  usage: (usage) => `Usage: ${usage}`,
  hint: (hint) => `Hint: ${hint}`,
  cancelled: (command) => `${command} cancelled`,
  inputEnded: (missing) => `Input ended where an answer was expected: add ${missing}.`,
  unexpected: (problem) => `unexpected error: ${problem}`,
  passwordsDiffer: "Passwords do not match",
  unreadableFile: "This file cannot be read: enter its name again",
  invalidServer: (id, last) =>
    `Invalid server ID ${String(id)}: this cluster has ${last === 0 ? "server 0 only" : `servers 0 to ${String(last)}`}`,
  sourceIsDestination: (id) => `server ${String(id)} is the source: name another server to copy to`,
  nothingToRollBack: (command) => `${command}: nothing to roll back`,
};

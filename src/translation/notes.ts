import type { TranslatedLine } from "./words/translated-line.ts";

const passwordShows =
  "--password of a single command shows in the list of processes: leave it out there, and answer the prompt";

/** What holds for all of some lines. */
export function notesOn(written: readonly TranslatedLine[]): readonly string[] {
  const all = written.flatMap((line) => line.lines);
  const has = (beginning: string): boolean => all.some((line) => line.startsWith(beginning));
  return [
    "type the lines into cloudhsm-cli interactive, or give each to cloudhsm-cli by itself, without login and logout, " +
      "with CLOUDHSM_ROLE and CLOUDHSM_PIN in the environment",
    "a single command has an exit status of its own; the old session ended with 0, whatever failed in it",
    'what waits for the prompt waits for "aws-cloudhsm > " now, with its blanks, and for no (y/n)?',
    ...(all.some((line) => line.includes(" --password ")) ? [passwordShows] : []),
    ...(has("quorum token-sign generate") ? ["tokens end with their login: quorum takes interactive mode"] : []),
  ];
}

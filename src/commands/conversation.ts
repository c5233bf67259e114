import type { Decision } from "../cluster/fan-out.ts";
import { Password } from "../hsm/password.ts";
import type { CommandContext } from "./command.ts";
import type { PasswordWord } from "./parameters.ts";

/** The prompts of a password that is typed unseen: once to log in, twice to set one. */
export type PasswordPrompts = readonly [first: string, again?: string];

/**
 * The password of a word, asked for unseen where the word is -hpswd. Undefined when there is none: input ended,
 * or the two entries differ, which is said.
 */
export async function readPassword(
  { output, questions }: CommandContext,
  word: PasswordWord,
  [first, again]: PasswordPrompts,
): Promise<Password | undefined> {
  if (word.kind === "typed") return new Password(word.text);
  const text = await questions.askHidden(first);
  if (text === undefined) return undefined;
  if (again === undefined) return new Password(text);
  const repeated = await questions.askHidden(again);
  if (repeated === undefined) return undefined;
  if (repeated === text) return new Password(text);
  output.print("Passwords do not match");
  return undefined;
}

/** Shows the CAUTION box and asks whether to go on; says that the command is cancelled when not. */
export async function confirm({ dialect, output, questions }: CommandContext, command: string): Promise<boolean> {
  output.print(...dialect.caution, "");
  for (;;) {
    const answer = await questions.ask("Do you want to continue(y/n)?");
    switch (answer?.trim().toLowerCase()) {
      case "y":
        return true;
      case "n":
      case undefined:
        output.print(`${command} cancelled`);
        return false;
      default:
        output.print("Invalid option, please type 'y' or 'n'", "");
    }
  }
}

/** A question about a server that failed: its prompt, its answers by their letter, and what the end of input means. */
export interface FailureQuestion {
  readonly prompt: string;
  readonly decisions: ReadonlyMap<string, Decision>;
  readonly atEnd: Decision;
}

/** After a failure of a command that cannot be undone. */
export const retryIgnoreAbort: FailureQuestion = {
  prompt: "Retry/Ignore/Abort?(R/I/A):",
  decisions: new Map([
    ["r", "retry"],
    ["i", "ignore"],
    ["a", "abort"],
  ]),
  atEnd: "abort",
};

/** After a failure of a command that can be undone on the servers before. */
export const retryRollBackIgnore: FailureQuestion = {
  prompt: "Retry/rollBack/Ignore?(R/B/I):",
  decisions: new Map([
    ["r", "retry"],
    ["b", "rollBack"],
    ["i", "ignore"],
  ]),
  atEnd: "ignore",
};

/** Asks until the answer is one of the question's. */
export async function decide(
  { output, questions }: CommandContext,
  { prompt, decisions, atEnd }: FailureQuestion,
): Promise<Decision> {
  for (;;) {
    output.print("");
    const answer = await questions.ask(prompt);
    if (answer === undefined) return atEnd;
    const decision = decisions.get(answer.trim().toLowerCase());
    if (decision !== undefined) return decision;
  }
}

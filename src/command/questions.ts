import type { Decision } from "../cluster/fan-out.ts";
import { Password } from "../hsm/password.ts";
import type { CommandContext } from "./command.ts";
import type { PasswordWord } from "./parameters.ts";

/** What a password is for: it is asked for once to log in, and twice to set it. */
export type PasswordUse = "logIn" | "create" | "change";

/**
 * The password of a word, asked for unseen where the word is -hpswd. Undefined where the two entries differ, which is
 * said.
 */
export async function readPassword(
  { dialect, output, questions }: CommandContext,
  word: PasswordWord,
  use: PasswordUse,
): Promise<Password | undefined> {
  if (word.kind === "typed") return new Password(word.text);
  const text = await questions.askHidden(use === "change" ? dialect.newPassword : dialect.password);
  if (use === "logIn") return new Password(text);
  const repeated = await questions.askHidden(use === "change" ? dialect.newPasswordAgain : dialect.passwordAgain);
  if (repeated === text) return new Password(text);
  output.print("Passwords do not match");
  return undefined;
}

/** Shows the CAUTION box and asks whether to go on; says that the command is cancelled when not. */
export async function confirm(context: CommandContext, command: string): Promise<boolean> {
  const { dialect, output, questions, yes } = context;
  output.print(...dialect.caution, "");
  if (yes) {
    output.print(`${dialect.goOn}y`);
    return true;
  }
  for (;;) {
    const answer = await questions.ask(dialect.goOn, "y, or --yes");
    switch (answer.trim().toLowerCase()) {
      case "y":
        return true;
      case "n":
        output.print(`${command} cancelled`);
        return false;
      default:
        output.print(dialect.invalidOption, "");
    }
  }
}

/** A question about a server that failed: its prompt, and its answers by their letter. */
interface FailureQuestion<Prompt extends "retryIgnoreAbort" | "retryRollBackIgnore"> {
  readonly prompt: Prompt;
  readonly decisions: ReadonlyMap<string, Decision>;
}

/** One after a failure of a command that cannot be undone. */
export type AbortQuestion = FailureQuestion<"retryIgnoreAbort">;

/** One after a failure of a command that can be undone on the servers before. */
export type RollBackQuestion = FailureQuestion<"retryRollBackIgnore">;

export const retryIgnoreAbort: AbortQuestion = {
  prompt: "retryIgnoreAbort",
  decisions: new Map([
    ["r", "retry"],
    ["i", "ignore"],
    ["a", "abort"],
  ]),
};

export const retryRollBackIgnore: RollBackQuestion = {
  prompt: "retryRollBackIgnore",
  decisions: new Map([
    ["r", "retry"],
    ["b", "rollBack"],
    ["i", "ignore"],
  ]),
};

/** Asks until the answer is one of the question's. */
export async function decide(
  { dialect, output, questions }: CommandContext,
  { prompt, decisions }: AbortQuestion | RollBackQuestion,
): Promise<Decision> {
  for (;;) {
    output.print("");
    const answer = await questions.ask(dialect[prompt], lettersOf(decisions));
    const decision = decisions.get(answer.trim().toLowerCase());
    if (decision !== undefined) return decision;
  }
}

/** `R, I or A`. */
function lettersOf(decisions: ReadonlyMap<string, Decision>): string {
  const letters = [...decisions.keys()].map((letter) => letter.toUpperCase());
  return `${letters.slice(0, -1).join(", ")} or ${letters.at(-1) ?? ""}`;
}

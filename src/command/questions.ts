import type { Decision } from "../cluster/ask-each.ts";
import { Password } from "../hsm/password.ts";
import { Cancelled } from "./cancelled.ts";
import type { CommandContext } from "./command.ts";
import type { PasswordWord } from "./parameters.ts";
import { Refused } from "./refused.ts";

/** What a password is for: it is asked for once to log in, and twice to set it. */
export type PasswordUse = "logIn" | "create" | "change";

/** The password of a word, asked for unseen where that is -hpswd. Throws {@link Refused} where two entries differ. */
export async function readPassword(
  { dialect, questions }: CommandContext,
  word: PasswordWord,
  use: PasswordUse,
): Promise<Password> {
  if (word.kind === "typed") return new Password(word.text);
  const text = await questions.askHidden(use === "change" ? dialect.newPassword : dialect.password);
  if (use === "logIn") return new Password(text);
  const repeated = await questions.askHidden(use === "change" ? dialect.newPasswordAgain : dialect.passwordAgain);
  if (repeated === text) return new Password(text);
  throw new Refused("Passwords do not match", { namesCommand: false });
}

/** Shows the CAUTION box and asks whether to go on. Throws {@link Cancelled} where not. */
export async function confirm({ dialect, output, questions, yes }: CommandContext): Promise<void> {
  output.print(...dialect.caution, "");
  if (yes) {
    output.print(`${dialect.goOn}y`);
    return;
  }
  for (;;) {
    const answer = await questions.ask(dialect.goOn, "y, or --yes");
    switch (answer.trim().toLowerCase()) {
      case "y":
        return;
      case "n":
        throw new Cancelled("declined");
      default:
        output.print(dialect.invalidOption, "");
    }
  }
}

/** What can be done about a server that failed, by letter; the questions go by their prompts. */
const decisions = {
  retryIgnoreAbort: new Map<string, Decision>([
    ["r", "retry"],
    ["i", "ignore"],
    ["a", "abort"],
  ]),
  retryRollBackIgnore: new Map<string, Decision>([
    ["r", "retry"],
    ["b", "rollBack"],
    ["i", "ignore"],
  ]),
};

/** Asks until the answer is one of the question's. */
export async function decide(
  { dialect, output, questions }: CommandContext,
  question: keyof typeof decisions,
): Promise<Decision> {
  const byLetter = decisions[question];
  for (;;) {
    output.print("");
    const answer = await questions.ask(dialect[question], lettersOf(byLetter));
    const decision = byLetter.get(answer.trim().toLowerCase());
    if (decision !== undefined) return decision;
  }
}

/** `R, I or A`. */
function lettersOf(byLetter: ReadonlyMap<string, Decision>): string {
  const letters = [...byLetter.keys()].map((letter) => letter.toUpperCase());
  return `${letters.slice(0, -1).join(", ")} or ${letters.at(-1) ?? ""}`;
}

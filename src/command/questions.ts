import type { Decision } from "../cluster/ask-each.ts";
import { type PasswordOffer, offerPassword } from "../hsm/password-offer.ts";
import { Cancelled } from "./cancelled.ts";
import type { CommandContext } from "./command.ts";
import type { PasswordWord } from "./parameters.ts";
import { Refused } from "./refused.ts";

/** What a password is for: it is asked for once to log in, and twice to set it. */
export type PasswordUse = "logIn" | "create" | "change";

/**
 * Returns the password; prompts for it without echo where the word is -hpswd. Throws {@link Refused} where two entries
 * differ.
 */
export async function readPassword(
  { dialect, questions }: CommandContext,
  word: PasswordWord,
  use: PasswordUse,
): Promise<PasswordOffer> {
  if (word.kind === "typed") return offerPassword(word.text);
  const text = await questions.askHidden(use === "change" ? dialect.newPassword : dialect.password);
  if (use === "logIn") return offerPassword(text);
  const repeated = await questions.askHidden(use === "change" ? dialect.newPasswordAgain : dialect.passwordAgain);
  if (repeated === text) return offerPassword(text);
  throw new Refused(dialect.passwordsDiffer, { namesCommand: false });
}

/** Shows the CAUTION box, and asks whether to go on, as the command is offered. Throws {@link Cancelled} where not. */
export async function caution(context: CommandContext): Promise<void> {
  const { cluster, command, dialect, offered, output, questions, yes } = context;
  if (offered.caution === undefined) return;
  output.print(...dialect.caution(command, cluster.mode), ...dialect.aboveQuestion);
  if (offered.caution === "shown") return;
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
        output.print(dialect.invalidOption, ...dialect.aboveQuestion);
    }
  }
}

/** What can be answered beforehand to both questions about a server that failed. */
export type FailureAnswer = "retry" | "ignore" | "abort" | "rollback";

/** How often `retry` is answered for one server, before it is as `abort`. */
const mostRetries = 3;

interface FailureQuestion {
  /** What can be done, by letter. */
  readonly byLetter: ReadonlyMap<string, Decision>;
  /** The letter for each answer that was given beforehand. */
  readonly letters: Readonly<Record<FailureAnswer, string>>;
  /** The letter where retrying does not help. */
  readonly last: string;
}

/** The questions about a server that failed, by their prompts. */
const failureQuestions = {
  retryIgnoreAbort: {
    byLetter: new Map<string, Decision>([
      ["r", "retry"],
      ["i", "ignore"],
      ["a", "abort"],
    ]),
    // Where nothing can be undone, whoever would have it undone has at least no more of it done.
    letters: { retry: "R", ignore: "I", abort: "A", rollback: "A" },
    last: "A",
  },
  retryRollBackIgnore: {
    byLetter: new Map<string, Decision>([
      ["r", "retry"],
      ["b", "rollBack"],
      ["i", "ignore"],
    ]),
    // There is no abort: what is done stays, and the other servers are asked.
    letters: { retry: "R", ignore: "I", abort: "I", rollback: "B" },
    last: "I",
  },
} as const satisfies Record<string, FailureQuestion>;

/**
 * Asks until the answer is one of the question's, unless it was given beforehand.
 *
 * @param retries how often this server has been retried
 */
export async function decide(
  { dialect, onFailure, output, questions }: CommandContext,
  question: keyof typeof failureQuestions,
  retries: number,
): Promise<Decision> {
  const { byLetter, letters, last } = failureQuestions[question];
  for (;;) {
    output.print(...dialect.aboveQuestion);
    const given = onFailure === "retry" && retries >= mostRetries ? last : onFailure && letters[onFailure];
    if (given !== undefined) output.print(`${dialect[question]}${given}`);
    const answer = given ?? (await questions.ask(dialect[question], lettersOf(byLetter)));
    const decision = byLetter.get(answer.trim().toLowerCase());
    if (decision !== undefined) return decision;
  }
}

/** `R, I or A`. */
function lettersOf(byLetter: ReadonlyMap<string, Decision>): string {
  const letters = [...byLetter.keys()].map((letter) => letter.toUpperCase());
  return `${letters.slice(0, -1).join(", ")} or ${letters.at(-1) ?? ""}`;
}

import { Cancelled } from "../command/cancelled.ts";
import type { Questions } from "../command/command.ts";
import type { LineReader } from "../terminal/line-reader.ts";

/**
 * Questions that are answered from the queue of input.
 *
 * @param answered called with each answer that may be seen, before anything comes of it
 */
export function questionsOf(reader: LineReader, answered: (answer: string) => void): Questions {
  const read = async (prompt: string, purpose: "question" | "password", wanted: string): Promise<string> => {
    const answer = await reader.read(prompt, purpose);
    switch (answer.kind) {
      case "line":
        if (purpose === "question") answered(answer.text);
        return answer.text;
      case "tooLong":
        return "";
      case "interrupted":
        throw new Cancelled("interrupted");
      case "end":
        throw new Cancelled("inputEnded", {
          missing: purpose === "question" ? `${reader.answerPrefix}${wanted}` : wanted,
        });
    }
  };
  return {
    ask: (prompt, wanted) => read(prompt, "question", wanted),
    askHidden: (prompt) => read(prompt, "password", "the password"),
    interrupted: () => reader.interrupted(),
  };
}

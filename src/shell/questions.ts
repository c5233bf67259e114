import { Cancelled } from "../commands/cancelled.ts";
import type { Questions } from "../commands/command.ts";
import type { LineReader, Purpose } from "./line-reader.ts";

/** Questions that are answered from the queue of input. */
export function questionsOf(reader: LineReader): Questions {
  const read = async (prompt: string, purpose: Purpose, wanted: string): Promise<string> => {
    const answer = await reader.read(prompt, purpose);
    switch (answer.kind) {
      case "line":
        return answer.text;
      case "tooLong":
        return "";
      case "interrupted":
        throw new Cancelled("interrupted");
      case "end":
        throw new Cancelled("inputEnded", { missing: wanted });
    }
  };
  return {
    ask: (prompt, wanted) => read(prompt, "question", wanted),
    askHidden: (prompt) => read(prompt, "password", "the password"),
    interrupted: () => reader.interrupted(),
  };
}

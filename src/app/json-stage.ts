import { isatty } from "node:tty";
import { jsonOf } from "../shell/json-form.ts";
import { openNothing, openStandardError } from "../terminal/standard-output.ts";
import { oneLine } from "../text/json.ts";
import { Writer } from "../terminal/writer.ts";
import type { Stage } from "./stage.ts";

/**
 * Standard output has a JSON object for each line that was carried out, and nothing else. Whoever types sees prompts,
 * and what is typed, on standard error.
 */
export function jsonStage(writer: Writer): Stage {
  const isPrompted = isatty(0) && isatty(2);
  return {
    output: { print: () => undefined, hint: () => undefined, columns: undefined },
    prompts: new Writer(isPrompted ? openStandardError() : openNothing(), () => undefined),
    carriedOut: (line) => {
      writer.write(`${oneLine(jsonOf(line))}\n`);
    },
    // Both outputs may be one terminal: an answer is there before the next prompt.
    caughtUp: () => (isPrompted ? writer.written() : writer.caughtUp()),
  };
}

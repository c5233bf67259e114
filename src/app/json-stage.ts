import { isatty } from "node:tty";
import { jsonOf } from "../shell/json-form.ts";
import { type Destination, openNothing, openStandardError } from "../terminal/standard-output.ts";
import { oneLine } from "../text/json.ts";
import { Writer } from "../terminal/writer.ts";
import type { Stage } from "./stage.ts";

/**
 * Standard output has a JSON object for each line that was carried out, and nothing else that a program could read:
 * whoever types sees prompts, and what is typed, on a terminal.
 */
export function jsonStage(writer: Writer): Stage {
  return {
    output: { print: () => undefined, hint: () => undefined, columns: undefined },
    // Two outputs at one terminal would overtake each other.
    prompts: isatty(0) && isatty(1) ? writer : new Writer(promptDestination(), () => undefined),
    carriedOut: (line) => {
      writer.write(`${oneLine(jsonOf(line))}\n`);
    },
  };
}

/** Where prompts go when standard output is a file or a pipe. */
function promptDestination(): Destination {
  return isatty(0) && isatty(2) ? openStandardError() : openNothing();
}

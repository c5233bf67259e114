import { isatty } from "node:tty";
import type { Output } from "../command/command.ts";
import { hintPainter, outputTo } from "../shell/output.ts";
import type { CarriedOut } from "../shell/shell-parts.ts";
import type { Writer } from "../terminal/writer.ts";

/** Where what a session says goes: its words, its prompts, and what came of each line. */
export interface Stage {
  readonly output: Output;
  /** Takes the prompts, and what is typed after them. */
  readonly prompts: Writer;
  readonly carriedOut: ((line: CarriedOut) => void) | undefined;
}

/** Everything goes to standard output, as the original prints it. */
export function textStage(writer: Writer, wantsColor: boolean): Stage {
  const color = wantsColor && (process.env["NO_COLOR"] ?? "") === "";
  return {
    output: outputTo(writer, hintPainter(isatty(1), color)),
    prompts: writer,
    carriedOut: undefined,
  };
}

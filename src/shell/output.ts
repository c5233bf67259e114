import type { Output } from "../command/command.ts";
import { printable } from "../text/printable.ts";
import type { Writer } from "../terminal/writer.ts";

/** Colours a line of ours. */
export type Painter = (line: string) => string;

/** Writes what commands say, line by line. `paint` is for hints only, never for the original's lines. */
export function outputTo(writer: Writer, paint: Painter): Output {
  return {
    print: (...lines) => {
      writer.write(lines.map((line) => `${printable(line)}\n`).join(""));
    },
    hint: (line) => {
      writer.write(`${paint(printable(line))}\n`);
    },
    get columns() {
      return writer.columns;
    },
  };
}

/**
 * Decides once whether hints are coloured: on a terminal that can, unless somebody does not want it. No start waits for
 * the colours: they are there before anybody could have typed what needs a hint.
 */
export function hintPainter(terminal: boolean, wanted: boolean): Painter {
  let paint: Painter = (line) => line;
  if (terminal && wanted) void import("chalk").then(({ default: chalk }) => (paint = chalk.cyan));
  return (line) => paint(line);
}

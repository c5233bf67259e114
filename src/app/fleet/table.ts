import Table from "cli-table3";
import { printable } from "../../text/printable.ts";
import type { Paint } from "./paint.ts";

/** A cell: its text, perhaps of several lines, and what it is coloured as. */
export type Cell = string | { readonly text: string; readonly as: keyof Paint };

/** No lines between cells: a column ends where its widest text does. */
const unruled = {
  ...{ top: "", "top-mid": "", "top-left": "", "top-right": "" },
  ...{ bottom: "", "bottom-mid": "", "bottom-left": "", "bottom-right": "" },
  ...{ left: "", "left-mid": "", mid: "", "mid-mid": "", right: "", "right-mid": "", middle: "" },
};

/** Words a table for a terminal, line by line. Cells may hold names from outside: they are made printable. */
export function tableLines(
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  paint: Paint,
): readonly string[] {
  const table = new Table({
    head: head.map(paint.heading),
    chars: unruled,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 2 },
  });
  for (const row of rows) table.push(row.map((cell) => painted(cell, paint)));
  return table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd());
}

/** Each line for itself: a table is put together of lines. */
function painted(cell: Cell, paint: Paint): string {
  const { text, as } = typeof cell === "string" ? { text: cell, as: undefined } : cell;
  const lines = text.split("\n").map(printable);
  return (as === undefined ? lines : lines.map(paint[as])).join("\n");
}

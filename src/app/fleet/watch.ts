import type { Writer } from "../../terminal/writer.ts";

/** What is shown at a moment. */
export interface Picture {
  readonly lines: readonly string[];
  /** The exit status that it would end with. */
  readonly status: number;
}

/** How a watch ends, and what it waits for. */
export interface Watch {
  readonly signal: AbortSignal;
  /** Waits until there may be something else to see, at most some seconds; ends when the signal is aborted. */
  readonly untilChanged: () => Promise<void>;
}

/** Prints a picture once, and returns its exit status. */
export function show(writer: Writer, { lines, status }: Picture): number {
  writer.write(lines.map((line) => `${line}\n`).join(""));
  return status;
}

/**
 * Shows what there is until it is told to end, and returns the exit status of the last picture. A terminal is drawn anew,
 * in place of what it showed; elsewhere each picture that differs from the last one is printed.
 */
export async function keepShowing(
  writer: Writer,
  { signal, untilChanged }: Watch,
  draw: () => Promise<Picture>,
): Promise<number> {
  let last: string | undefined;
  for (;;) {
    const picture = await draw();
    const text = picture.lines.join("\n");
    if (writer.movesCursor) {
      if (last === undefined) writer.write(clear);
      writer.write(redrawn(picture.lines, writer.rows));
    } else if (text !== last) show(writer, picture);
    last = text;
    await writer.caughtUp();
    await untilChanged();
    if (signal.aborted) return picture.status;
  }
}

const clear = "\u001b[2J";

/** Draws from the upper left corner: lines that are too long are cut by the terminal, those that it has no room for here. */
function redrawn(lines: readonly string[], rows = Infinity): string {
  const room = rows - 1;
  const more = lines.length - room;
  const shown = more > 0 ? [...lines.slice(0, room - 1), `... and ${String(more + 1)} more lines`] : lines;
  const body = shown.map((line) => `${line}\u001b[K\n`).join("");
  return `\u001b[H\u001b[?7l${body}\u001b[?7h\u001b[J`;
}

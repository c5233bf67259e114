import type { HangUp } from "./hang-up.ts";
import type { Terminal } from "../../terminal/terminal.ts";

/**
 * Does work that a signal or Ctrl-C may end, while no line is read yet; what else is typed is kept for the first line.
 *
 * @param work what ends at once when its signal aborts
 */
export async function interruptible<T>(
  terminal: Promise<Terminal> | undefined,
  hangUp: HangUp,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const taken = await terminal;
  taken?.watch(() => {
    hangUp.interrupt();
  });
  try {
    return await work(hangUp.signal);
  } finally {
    taken?.unwatch();
  }
}

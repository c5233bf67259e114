import { closeSync } from "node:fs";
import { isatty } from "node:tty";

/** Keeps the terminal from showing what is typed ahead. Returns what gives it back as it was found. */
export function silenceTerminal(): () => void {
  const terminals = [0, 1, 2].filter((descriptor) => isatty(descriptor));
  // As a process ends, Node resets its terminals and aborts where one is gone; a closed one it leaves alone.
  process.once("exit", () => {
    for (const descriptor of terminals.filter((each) => !isatty(each))) closeSync(descriptor);
  });
  if (!process.stdin.isTTY) return () => undefined;
  process.stdin.setRawMode(true);
  return () => {
    if (isatty(0)) process.stdin.setRawMode(false);
  };
}

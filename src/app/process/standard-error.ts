import { writeSync } from "node:fs";
import { isatty } from "node:tty";
import { printable } from "../../text/printable.ts";

/** The name of the program, before what it complains of. */
let program = "cloudhsm_mgmt_util";

/** Says which program this process runs, where it is not the shell. */
export function speakAs(name: string): void {
  program = name;
}

/** Tells a person at a terminal; a script's output stays the original's. */
export function notice(text: string): void {
  if (isatty(2)) complain(text);
}

/** Says what is wrong, after the name of the program. */
export function complain(text: string): void {
  tell(`${program}: ${text}`);
}

/** Writes a line to descriptor 2: loading process.stderr would slow every start. */
export function tell(line: string): void {
  try {
    writeSync(2, `${printable(line)}\n`);
  } catch {
    // Whoever cannot be told, cannot be told: what was begun goes on all the same.
  }
}

/** Draws on the line of the cursor, and leaves it there: for a bar that is drawn anew. */
export function draw(text: string): void {
  try {
    writeSync(2, text);
  } catch {
    // A bar that nobody sees is missed by nobody.
  }
}

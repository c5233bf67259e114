import { Interrupted } from "../../errors/interrupted.ts";
import { type LineSource, isTyped } from "../../terminal/open-reader.ts";
import { openStandardOutput } from "../../terminal/standard-output.ts";
import { Terminal } from "../../terminal/terminal.ts";
import { Writer } from "../../terminal/writer.ts";
import { type Form, explain, explainInterruption } from "./explain.ts";
import { HangUp } from "./hang-up.ts";
import { lostOutput } from "./lost-output.ts";

/** What the process of a shell has for its session. */
export interface ShellProcess {
  /** Standard output. */
  readonly writer: Writer;
  readonly hangUp: HangUp;
  /** The terminal at which commands are typed, which may still be being taken; undefined where none are. */
  readonly terminal: Promise<Terminal> | undefined;
}

/** How a session ended: `misused` where its words were wrong, or a file that they name. */
export type SessionOutcome = "done" | "failed" | "misused";

const statuses: Readonly<Record<SessionOutcome, number>> = { done: 0, failed: 1, misused: 2 };

/**
 * Runs a session in this process, and returns the exit status: that of a signal or of lost output where there was one,
 * 1 for a session that failed, 2 for one whose words were wrong, and that of {@link explain} for one that threw. All output is written by then, and the
 * terminal given back.
 */
export async function runShell(
  { output: form, ...source }: LineSource & { readonly output: Form },
  session: (process: ShellProcess) => Promise<SessionOutcome>,
): Promise<number> {
  // Whatever is written holds secrets, or may: files 0600, folders 0700.
  process.umask(0o077);
  const hangUp = new HangUp();
  const output = openStandardOutput();
  const writer = new Writer(output, (error) => {
    hangUp.happen(lostOutput(error, output.isTerminal));
  });
  // Taken while the configuration is read, for asking stty is slow. The `finally` below gives it back, whatever fails.
  const terminal = isTyped(source) ? Terminal.take() : undefined;
  try {
    const end = await session({ writer, hangUp, terminal });
    await writer.written();
    return hangUp.status ?? statuses[end];
  } catch (error) {
    await writer.written();
    if (!(error instanceof Interrupted)) return explain(error, form);
    const status = hangUp.status ?? 1;
    explainInterruption(error.message, status, form);
    hangUp.insist(0);
    return status;
  } finally {
    (await terminal)?.close();
    hangUp.insist();
  }
}

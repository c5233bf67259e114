import { trace } from "../app/process/trace.ts";

/** Ends the process with status 1 over an error that nothing in the program expects, and says which. */
export function endUnexpectedly(program: string, error: unknown): void {
  trace(error);
  const [reason = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
  // What is still open, as standard input, would keep a program waiting that nobody serves any more.
  process.stderr.write(`${program}: unexpected error: ${reason}\n`, () => {
    // eslint-disable-next-line no-restricted-properties -- nothing is left that could end in order
    process.exit(1);
  });
}

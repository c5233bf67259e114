import { toOutput } from "../process/to-output.ts";

/** Prints the lines that `work` gives, and returns the exit status: 0, or what its failure takes. */
export function printLines(work: () => Promise<readonly string[]>): Promise<number> {
  return toOutput(async ({ writer }) => {
    const lines = await work();
    writer.write(lines.map((line) => `${line}\n`).join(""));
    return 0;
  });
}

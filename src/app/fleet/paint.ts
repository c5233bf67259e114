/** How words are marked at a terminal; elsewhere they are as they are. */
export interface Paint {
  readonly wrong: (text: string) => string;
  readonly right: (text: string) => string;
  /** What is not as usual, and may be meant so. */
  readonly unusual: (text: string) => string;
  readonly heading: (text: string) => string;
}

const same = (text: string): string => text;
const plain: Paint = { wrong: same, right: same, unusual: same, heading: same };

/** Colours for a terminal, unless NO_COLOR is set; nothing for a pipe. */
export async function paintFor(isTerminal: boolean): Promise<Paint> {
  const isWanted = (process.env["NO_COLOR"] ?? "") === "" && process.env["TERM"] !== "dumb";
  if (!isTerminal || !isWanted) return plain;
  const { default: chalk } = await import("chalk");
  return {
    // What takes more than a text, as map gives it, would be written as well.
    wrong: (text) => chalk.red(text),
    right: (text) => chalk.green(text),
    unusual: (text) => chalk.yellow(text),
    heading: (text) => chalk.bold(text),
  };
}

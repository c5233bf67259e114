/** How words are marked at a terminal; elsewhere they are as they are. */
export interface Paint {
  readonly wrong: (text: string) => string;
  readonly right: (text: string) => string;
}

const plain: Paint = { wrong: (text) => text, right: (text) => text };

/** Colours for a terminal, unless NO_COLOR is set; nothing for a pipe. */
export async function paintFor(isTerminal: boolean): Promise<Paint> {
  const isWanted = (process.env["NO_COLOR"] ?? "") === "" && process.env["TERM"] !== "dumb";
  if (!isTerminal || !isWanted) return plain;
  const { default: chalk } = await import("chalk");
  return { wrong: chalk.red, right: chalk.green };
}

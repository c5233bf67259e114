import { expect, test } from "vitest";
import type { CommandContext } from "../../src/command/command.ts";
import { commands } from "../harness/offered-commands.ts";
import { aws } from "../../src/dialects/aws/aws.ts";
import { lines, runPiped, shipped, temporaryFolder } from "../harness/program.ts";

const explained = commands.map(({ name }) => `help ${name}`);

test("help fits a terminal of 80 columns; only a syntax line may be longer", async () => {
  const { stdout, status } = await runPiped(
    { words: [shipped("cluster.yaml")], home: temporaryFolder() },
    lines("help", ...explained, "server 0", "help", ...explained),
  );
  expect(status).toBe(0);
  // Nothing is echoed on a pipe: behind each prompt stands the first line of an answer, the syntax.
  const answers = stdout.split("\n").filter((line) => !/^(aws-cloudhsm|server0)>/.test(line));
  expect(answers.filter((line) => line === "Description")).toHaveLength(2 * commands.length);
  expect(answers.filter((line) => line.length > 79)).toEqual([]);
});

/** What help writes at a terminal so wide. */
async function written(
  words: readonly string[],
  mode: "global" | "server",
  columns: number,
): Promise<readonly string[]> {
  const lines: string[] = [];
  const output = { print: (...more: readonly string[]) => lines.push(...more), hint: () => undefined, columns };
  const find = (name: string) => commands.find((each) => each.name === name);
  const context = { cluster: { mode }, commands, dialect: aws, find, output } as unknown as CommandContext;
  const help = find("help");
  const reading = help?.read(words);
  expect(reading?.kind === "fit" && (await reading.run(context)).outcome).toBe("done");
  return lines;
}

const wordsOf = (lines: readonly string[]): readonly string[] => lines.join(" ").trim().split(/\s+/);

test.each([20, 40, 60])("at a terminal of %i columns, help breaks no word that fits", async (columns) => {
  for (const words of [[], ...commands.map(({ name }) => [name])]) {
    for (const mode of ["global", "server"] as const) {
      const narrow = await written(words, mode, columns);
      const wide = await written(words, mode, 80);
      expect(wordsOf(narrow)).toEqual(wordsOf(wide));
      // A word that is too long for the line has a line of its own.
      expect(narrow.filter((line) => line.length > columns && line.trim().includes(" "))).toEqual([]);
    }
  }
});

import { expect, test } from "vitest";
import { commands } from "../src/commands/table.ts";
import { lines, runPiped, shipped, temporaryFolder } from "./harness/program.ts";

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

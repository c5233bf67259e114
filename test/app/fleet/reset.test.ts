import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fileOf } from "../../harness/audit.ts";
import { environmentOf, lines, root, runPiped } from "../../harness/program.ts";
import { RunningCommand } from "../../harness/running-command.ts";
import { emptyHome } from "../../harness/three-hsms.ts";

test("at a terminal it names what it deletes, asks until it is told, and deletes nothing after an n", async () => {
  const start = emptyHome();
  await runPiped(start, lines("quit"));
  const reset = async (...answers: readonly string[]) => {
    const running = new RunningCommand({
      command: `'${process.execPath}' '${join(root, "dist", "cloudhsm-sim.js")}' reset`,
      folder: start.home,
      environment: environmentOf(start),
      place: "terminal",
    });
    for (const [asked, answer] of answers.entries()) {
      await running.wait((output) => output.split("(y/n)?").length === asked + 2);
      running.send(`${answer}\r`);
    }
    return { status: await running.end(), output: running.output };
  };
  const refused = await reset("what", "n");
  expect(refused).toMatchObject({ status: 1 });
  expect(refused.output.match(/\(y\/n\)\?/g)).toHaveLength(2);
  expect(refused.output).toContain("reset deletes 3 HSMs");
  expect(refused.output).toContain("h1:2225");
  expect(refused.output).toContain("reset cancelled: nothing was deleted");
  expect(existsSync(fileOf(start.home, "h1"))).toBe(true);
  expect(await reset("Y")).toMatchObject({ status: 0 });
  expect(existsSync(fileOf(start.home, "h1"))).toBe(false);
});

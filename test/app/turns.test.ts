import { readFile } from "node:fs";
import { expect, test } from "vitest";
import { Turns } from "../../src/app/process/turns.ts";

test("a turn that begins where the event loop has just looked for signals waits until it has looked again", async () => {
  const turns = new Turns();
  let seen = false;
  process.once("SIGWINCH", () => (seen = true));
  // What was read is told of in the phase of the loop in which it looks for signals.
  await new Promise<void>((resolve) => {
    readFile(import.meta.filename, () => {
      resolve();
    });
  });
  const begun = process.uptime();
  while (process.uptime() - begun < 0.05);
  process.kill(process.pid, "SIGWINCH");
  await turns.next();
  expect(seen).toBe(true);
});

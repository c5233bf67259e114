import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fileOf } from "../harness/audit.ts";
import { type Start, lines, runPiped, temporaryFolder } from "../harness/program.ts";
import { emptyHome } from "../harness/three-hsms.ts";

/** A session that is started as usual, and once more with CLOUDHSM_DEBUG=1. */
async function twice(start: Start, input: string) {
  const usual = await runPiped(start, input);
  const debugged = await runPiped({ ...start, environment: { ...start.environment, CLOUDHSM_DEBUG: "1" } }, input);
  expect({ ...debugged, stderr: "" }).toEqual({ ...usual, stderr: "" });
  return { usual: usual.stderr, debugged: debugged.stderr };
}

const stack = /^ {4}at .+$/m;

test("what ends the process is shown with its cause and its stack where somebody asks for it", async () => {
  const missing = join(temporaryFolder(), "missing.yaml");
  const { usual, debugged } = await twice({ words: [missing], home: temporaryFolder() }, "quit\n");
  expect(usual).not.toMatch(stack);
  expect(debugged).toMatch(stack);
  expect(debugged).toContain("ENOENT");
  expect(debugged.endsWith(usual)).toBe(true);
});

test("so is why a file cannot be written, and what is wrong with an HSM; no password is in it", async () => {
  const start = emptyHome();
  await runPiped(start, "quit\n");
  writeFileSync(fileOf(start.home, "h1"), "damaged", { flag: "r+" });
  const session = lines("loginHSM CO admin co12345", "getCert /proc/none/certificate 4", "y", "quit");
  const { usual, debugged } = await twice(start, session);
  expect(usual).not.toMatch(stack);
  expect(debugged).toMatch(stack);
  expect(debugged).not.toContain("co12345");
});

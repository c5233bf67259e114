import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { runPiped, temporaryFolder } from "../harness/program.ts";

/** Stands in a configuration where its complaint must point; the program never sees it. */
const here = "▶";

/** Starts the program on a configuration that is wrong, and holds the complaint against its place and its words. */
export async function expectRefused(name: string, marked: string, words: string): Promise<void> {
  const folder = temporaryFolder();
  const file = join(folder, name);
  writeFileSync(file, marked.replace(here, ""));
  const { status, stdout, stderr } = await runPiped({ words: [file], home: join(folder, "home") }, "quit\n");
  expect({ status, stdout, stderr }).toEqual({
    status: 2,
    stdout: "",
    stderr: `cloudhsm_mgmt_util: ${file}:${placeOf(marked)}: ${words}\n`,
  });
}

function placeOf(marked: string): string {
  const before = marked.slice(0, marked.indexOf(here)).split("\n");
  return `${String(before.length)}:${String((before.at(-1) ?? "").length + 1)}`;
}

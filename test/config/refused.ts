import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { runPiped, temporaryFolder } from "../harness/program.ts";

/** Stands in a configuration where its complaint must point; the program never sees it. */
const here = "▶";

/**
 * Starts the program on a configuration that is wrong, and holds its complaints against their places and their words.
 *
 * @param words one for each place; those that there are beyond that have none
 */
export async function expectRefused(name: string, marked: string, ...words: readonly string[]): Promise<void> {
  const folder = temporaryFolder();
  const file = join(folder, name);
  const parts = marked.split(here);
  writeFileSync(file, parts.join(""));
  const { status, stdout, stderr } = await runPiped({ words: [file], home: join(folder, "home") }, "quit\n");
  const places = parts.slice(1).map((_, p) => `:${placeAfter(parts.slice(0, p + 1).join(""))}`);
  expect({ status, stdout, stderr }).toEqual({
    status: 2,
    stdout: "",
    stderr: words.map((line, w) => `cloudhsm_mgmt_util: ${file}${places[w] ?? ""}: ${line}\n`).join(""),
  });
}

function placeAfter(text: string): string {
  const lines = text.split("\n");
  return `${String(lines.length)}:${String((lines.at(-1) ?? "").length + 1)}`;
}

import { copyFileSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import Database from "libsql";
import { expect, test } from "vitest";
import { fileOf } from "../harness/audit.ts";
import { lines, runPiped, temporaryFolder } from "../harness/program.ts";
import { emptyHome } from "../harness/three-hsms.ts";

const names = Array.from({ length: 30 }, (_, index) => `clerk${String(index)}`);

/** The hashes that an HSM keeps: read from a copy, as the file must be the shell's alone to end well. */
function hashesOf(file: string): readonly string[] {
  const copy = join(temporaryFolder(), "copy");
  copyFileSync(file, copy);
  const database = new Database(copy);
  const rows = database
    .prepare("SELECT json_extract(content, '$[3]') FROM record WHERE collection = 'password'")
    .raw()
    .all();
  database.close();
  return (rows as readonly (readonly [string])[]).map(([text]) => text);
}

test("nothing of a deleted user or of an old password stays in the files but what the audit log says", async () => {
  const start = emptyHome();
  const officer = ["loginHSM CO admin co12345", "server 0"];
  await runPiped(
    start,
    lines(...officer, ...names.flatMap((name) => [`createUser CU ${name} ${name}pw`, "y"]), "quit"),
  );
  const file = fileOf(start.home, "h0");
  const old = hashesOf(file);
  expect(old).toHaveLength(33);
  const gone = ["changePswd CU alice another12345", "y", ...names.map((name) => `deleteUser CU ${name}`)];
  await runPiped(start, lines(...officer, ...gone, "quit"));

  const kept = hashesOf(file);
  expect(kept).toHaveLength(3);
  const bytes = readdirSync(start.home, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.startsWith("h0_"))
    .map(({ name }) => readFileSync(join(start.home, name)));
  const found = (text: string): boolean => bytes.some((content) => content.includes(text));
  expect(kept.filter((hash) => !found(hash))).toEqual([]);
  expect(old.filter((hash) => found(hash) && !kept.includes(hash))).toEqual([]);
  // The two events of a user say its name, at its creation and at its end.
  const said = names.map((name) =>
    bytes.reduce((sum, content) => sum + content.toString("latin1").split(`"name":"${name}"`).length - 1, 0),
  );
  expect(said).toEqual(names.map(() => 2));
});

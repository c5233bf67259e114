import { readFileSync } from "node:fs";
import Database from "libsql";
import { expect, test } from "vitest";
import { fileOf } from "../harness/audit.ts";
import { lines, runPiped } from "../harness/program.ts";
import { emptyHome } from "../harness/three-hsms.ts";

const promotion = "UPDATE record SET content = replace(content, 'CU', 'CO') WHERE collection = 'user'";

/** What somebody may declare in the file of an HSM. */
const declarations = [
  `CREATE TRIGGER t AFTER INSERT ON record BEGIN ${promotion}; END`,
  `CREATE TRIGGER t BEFORE UPDATE ON record BEGIN ${promotion}; END`,
  "CREATE VIEW v AS SELECT * FROM record",
  "ALTER TABLE record RENAME TO kept; CREATE VIEW record AS SELECT collection, key, content FROM kept",
  "CREATE VIEW v AS SELECT 1; CREATE TRIGGER t INSTEAD OF INSERT ON v BEGIN SELECT 1; END",
  "CREATE TABLE photo (name)",
  "CREATE INDEX i ON record (content)",
  "ALTER TABLE record ADD COLUMN more",
  "ALTER TABLE record ADD COLUMN more GENERATED ALWAYS AS (hex(content)) VIRTUAL",
  "ALTER TABLE record RENAME COLUMN content TO value",
  "DROP TABLE record",
];

test("HSMs whose files declare what no HSM's file does are refused untouched, and the others answer", async () => {
  const servers = [...declarations, ""].map((_, index) => `{ id: hsm-${String(index)}, hostname: h${String(index)} }`);
  const start = emptyHome(`
clusters:
  - id: cluster-a
    passwordCost: 10
    users: [{ id: 1, type: CO, name: admin, password: co12345 }, { id: 2, type: CU, name: bob, password: bobby12345 }]
    hsms: [${servers.join(", ")}]
`);
  await runPiped(start, lines("quit"));
  const files = declarations.map((declaration, index) => {
    const path = fileOf(start.home, `h${String(index)}`);
    const database = new Database(path);
    database.exec(declaration);
    database.close();
    return { path, before: readFileSync(path) };
  });

  const typed = ["loginHSM CU bob wrong12345", "loginHSM CO admin co12345", "listUsers", "quit"];
  const { stdout, stderr, status } = await runPiped(start, lines(...typed));
  expect(status).toBe(0);
  const words = ({ path }: { readonly path: string }): string =>
    `cloudhsm_mgmt_util: ${path}: another program changed its schema: ` +
    "remove its -wal and -shm and put a backup of the file back, or delete all three, and the next start creates it anew";
  expect(stderr.trimEnd().split("\n").sort()).toEqual(files.map(words).sort());
  const whole = `${String(declarations.length)}(h${String(declarations.length)})`;
  expect(stdout.match(/.*\bsuccess on server .*/g)).toEqual([`loginHSM success on server ${whole}`]);
  expect(stdout).toContain(`Users on server ${whole}:\nNumber of users found:2\n`);
  for (const { path, before } of files) expect(readFileSync(path)).toEqual(before);
});

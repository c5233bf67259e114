import { copyFileSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { auditLog, fileOf } from "../harness/audit.ts";
import { lines, runPiped } from "../harness/program.ts";
import { emptyHome } from "../harness/three-hsms.ts";

const fixture = join(import.meta.dirname, "..", "fixtures", "older-version.hsm");

const cluster = `
clusters:
  - id: cluster-a
    passwordCost: 10
    users:
      - { id: 1, type: CO, name: admin, password: co12345 }
      - { id: 3, type: CU, name: alice, password: alice12345 }
    hsms: [{ id: hsm-a, hostname: h0 }]
`;

test.each([
  { left: "and its log, after a kill", ends: ["", "-wal"], users: ["admin", "alice", "bob", "dave"] },
  { left: "alone, after a clean end", ends: [""], users: ["admin", "alice", "bob"] },
])("an HSM's file that an older version left $left, is opened and changed", async ({ ends, users }) => {
  const start = emptyHome(cluster);
  mkdirSync(start.home);
  const file = fileOf(start.home, "h0");
  for (const end of ends) copyFileSync(`${fixture}${end}`, `${file}${end}`);

  const changed = await runPiped(
    start,
    lines(
      "loginHSM CU bob bob54321",
      "logoutHSM",
      "loginHSM CO admin co12345",
      "createUser CU eve eve12345",
      "y",
      "quit",
    ),
  );
  expect(changed.stdout.match(/(?:loginHSM|createUser) success/g)).toHaveLength(3);
  expect(namesOf((await runPiped(start, lines("listUsers", "quit"))).stdout)).toEqual([...users, "eve"]);
  expect(auditLog(start.home, "h0").filter(({ user }) => user === "carol")).toHaveLength(2);

  // What the older version wrote is a backup, too.
  rmSync(file);
  copyFileSync(fixture, file);
  expect(namesOf((await runPiped(start, lines("listUsers", "quit"))).stdout)).toEqual(["admin", "alice", "bob"]);
});

function namesOf(table: string): readonly string[] {
  return [...table.matchAll(/^\s+\d+\s+(?:CO|CU|AU|PCO)\s+(\w+)\s/gm)].flatMap(([, name]) => name ?? []);
}

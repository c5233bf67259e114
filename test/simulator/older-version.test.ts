import { copyFileSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { auditLog, fileOf } from "../harness/audit.ts";
import { wordEvent } from "../../src/simulator/audit-wording.ts";
import { AuditLog } from "../../src/simulator/audit-reader.ts";
import { SqliteHome } from "../../src/store/sqlite/sqlite-home.ts";
import { lines, runPiped } from "../harness/program.ts";
import { emptyHome } from "../harness/three-hsms.ts";

const fixtures = join(import.meta.dirname, "..", "fixtures");
const fixture = join(fixtures, "older-version.hsm");

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

const address = { hostname: "h0", port: 2225 };

/** The audit log as text, with an empty line between events. */
async function logOf(home: string): Promise<string> {
  const folder = new SqliteHome(home);
  try {
    const log = await AuditLog.open(folder.open(address), address);
    expect(log.isWhole).toBe(true);
    const events = [...(await log.read(10)), ...(await log.read(100))];
    expect(await log.read(10)).toEqual([]);
    return `${events.map(wordEvent).join("\n\n")}\n`;
  } finally {
    await folder.close();
  }
}

test.each([
  { left: "and its log", ends: ["", "-wal"], users: ["admin", "alice", "bob", "dave", "frank"], events: 19 },
  { left: "alone", ends: [""], users: ["admin", "alice", "bob", "dave"], events: 17 },
])("the audit log of a file of format 2, $left, reads as before, is not changed by it, and goes on", async (left) => {
  const start = emptyHome(cluster);
  mkdirSync(start.home);
  const file = fileOf(start.home, "h0");
  for (const end of left.ends) copyFileSync(join(fixtures, `format-2.hsm${end}`), `${file}${end}`);
  const all = readFileSync(join(fixtures, "format-2.txt"), "utf8").split("\n\n");
  const before = `${all.slice(0, left.events).join("\n\n").trimEnd()}\n`;

  expect(await logOf(start.home)).toBe(before);
  expect(formatOf(file)).toBe(2);
  const changed = await runPiped(
    start,
    lines("loginHSM CU alice alice12345", "listUsers", "setAttribute 7 3 back", "y", "quit"),
  );
  expect(changed).toMatchObject({ status: 0, stdout: expect.stringContaining("setAttribute success") as string });
  expect(namesOf(changed.stdout)).toEqual(left.users);
  expect(formatOf(file)).toBe(3);
  const after = await logOf(start.home);
  expect(after.slice(0, before.length)).toBe(before);
  const opcodes = [...after.slice(before.length).matchAll(/^Opcode : (\w+)/gm)].map(([, opcode]) => opcode);
  expect(opcodes.slice(-3)).toEqual(["CN_LOGIN", "CN_MODIFY_OBJECT", "CN_APP_FINALIZE"]);
});

/** The format that the head of a file tells. */
function formatOf(file: string): number {
  return readFileSync(file).readUInt8(71);
}

function namesOf(table: string): readonly string[] {
  return [...table.matchAll(/^\s+\d+\s+(?:CO|CU|AU|PCO)\s+(\w+)\s/gm)].flatMap(([, name]) => name ?? []);
}

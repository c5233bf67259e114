import { writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "libsql";
import { describe, expect, test } from "vitest";
import { aws } from "../../src/simulator/models/aws.ts";
import { readYaml } from "../../src/config/yaml-file.ts";
import { editsOf } from "../../src/fleet/creation-plan.ts";
import { SqliteHome } from "../../src/store/sqlite/sqlite-home.ts";
import { fileOf } from "../harness/audit.ts";
import { createdHome } from "../harness/created-home.ts";
import { lines, runPiped, temporaryFolder } from "../harness/program.ts";
import { Terminal } from "../harness/terminal.ts";

const text = `clusters:
  - id: c
    passwordCost: 10
    users:
      - { id: 1, type: CO, name: admin, password: co12345 }
      - { id: 2, type: CU, name: bob, password: bob12345 }
    keys:
      - { handle: 8, type: AES, size: 256, label: payments, owner: bob }
      - { handle: 9, type: AES, size: 256, owner: bob }
    hsms:
      - { id: hsm-a, hostname: h0 }
      - id: hsm-b
        hostname: h1
        users:
          - { id: 3, type: CU, name: carol, password: carol12345 }
        keys:
          - { handle: 10, type: AES, size: 256, owner: carol }
  - id: d
    cloneOf: c
    hsms: [{ id: hsm-c, hostname: h2 }]
`;

/** A home with what the text says. */
async function created(): Promise<{ readonly folder: string; readonly home: SqliteHome }> {
  const folder = join(temporaryFolder(), "home");
  return { folder, home: await createdHome(folder, text) };
}

/** What is told of a home when its configuration says this. */
async function told(home: SqliteHome, edited: string): Promise<readonly string[]> {
  return editsOf(await readYaml("cluster.yaml", edited, () => aws.limits).clusters(), home);
}

const ofBoth = "changed since hsm-a, hsm-b were created; they keep their own";
const ofOne = (id: string): string => `changed since ${id} was created; it keeps its own`;
const end = "(--fresh starts over)";

describe("an edit that changes nothing on HSMs that exist is told of, with its line", () => {
  test.each([
    [
      "a user added",
      "name: bob, password: bob12345 }",
      "name: bob, password: bob12345 }\n      - { id: 9, type: CU, name: eve, password: eve12345 }",
      [`cluster.yaml:5:7: users: ${ofBoth} users ${end}`],
    ],
    ["a user taken away", / {6}- \{ id: 1.*\n/, "", [`cluster.yaml:5:7: users: ${ofBoth} users ${end}`]],
    ["another name", "name: admin", "name: boss", [`cluster.yaml:5:7: users: ${ofBoth} users ${end}`]],
    ["another type", "type: CO", "type: CU", [`cluster.yaml:5:7: users: ${ofBoth} users ${end}`]],
    ["another id", "id: 1,", "id: 7,", [`cluster.yaml:5:7: users: ${ofBoth} users ${end}`]],
    [
      "a user of one HSM",
      "carol12345 }",
      "carol12345 }\n          - { id: 4, type: CU, name: dave, password: dave12345 }",
      [`cluster.yaml:15:11: users: ${ofOne("hsm-b")} users ${end}`],
    ],
    ["a label", "payments", "invoices", [`cluster.yaml:8:7: keys: ${ofBoth} keys ${end}`]],
    [
      "another size",
      "handle: 9, type: AES, size: 256",
      "handle: 9, type: AES, size: 128",
      [`cluster.yaml:8:7: keys: ${ofBoth} keys ${end}`],
    ],
    [
      "an attribute",
      "owner: bob }\n    hsms",
      "owner: bob, extractable: false }\n    hsms",
      [`cluster.yaml:8:7: keys: ${ofBoth} keys ${end}`],
    ],
    ["a key of one HSM", "handle: 10", "handle: 11", [`cluster.yaml:17:11: keys: ${ofOne("hsm-b")} keys ${end}`]],
    [
      "keys of a clone",
      "cloneOf: c",
      "cloneOf: c\n    keys: [{ handle: 20, type: AES, size: 256, owner: bob }]",
      [`cluster.yaml:20:11: keys: ${ofOne("hsm-c")} keys ${end}`],
    ],
    [
      "a wrong password more",
      "password: bob12345",
      "password: bob12345, loginFailures: 1",
      [`cluster.yaml:5:7: users: ${ofBoth} users ${end}`],
    ],
    [
      "minimums",
      "cloneOf: c",
      "cloneOf: c\n    minimums: { USER_MGMT: 2 }",
      [`cluster.yaml:20:15: minimums: ${ofOne("hsm-c")} minimums ${end}`],
    ],
    [
      "minimums of one HSM",
      "hostname: h2",
      "hostname: h2, minimums: { MISC_CO: 2 }",
      [`cluster.yaml:20:49: minimums: ${ofOne("hsm-c")} minimums ${end}`],
    ],
    [
      "a region",
      "passwordCost: 10",
      "passwordCost: 10\n    region: eu",
      [`cluster.yaml:4:13: region: ${ofBoth} region ${end}`],
    ],
    [
      "users of an HSM that had none",
      "hostname: h0 }",
      "hostname: h0, users: [{ id: 8, type: CU, name: eve, password: eve12345 }] }",
      [`cluster.yaml:11:43: users: ${ofOne("hsm-a")} users ${end}`],
    ],
  ])("%s", async (_, from, to, expected) => {
    const edited = text.replace(from, to);
    expect(edited).not.toBe(text);
    const { home } = await created();
    expect(await told(home, edited)).toEqual(expected);
    await home.close();
  });

  test("nothing is told of what is not edited, of another order, of passwords and of what no HSM says", async () => {
    const { folder, home } = await created();
    const [, one = "", two = ""] = /(.*name: admin.*\n)(.*name: bob.*\n)/.exec(text) ?? [];
    for (const same of [
      text,
      `# A comment.\n${text}`,
      text.replace(one + two, two + one),
      text.replace("co12345", "co54321"),
    ]) {
      expect(await told(home, same)).toEqual([]);
    }
    const moved = text.replace("name: admin", "name: boss").replace("h0", "h8").replace("h1", "h9");
    expect(await told(home, moved)).toEqual([]);
    await home.close();
    // As an older version made them.
    for (const host of ["h0", "h1"]) {
      const database = new Database(fileOf(folder, host));
      database.exec("DELETE FROM record WHERE collection = 'creationPlan'");
      database.close();
    }
    const later = new SqliteHome(folder);
    expect(await told(later, text.replace("name: admin", "name: boss"))).toEqual([]);
    await later.close();
  });
});

test("a terminal is told once, before the first prompt, and a pipe is not, nor does it use the telling up", async () => {
  const folder = temporaryFolder();
  const config = join(folder, "cluster.yaml");
  const start = { words: [config], home: join(folder, "home") };
  writeFileSync(config, text);
  expect(await runPiped(start, lines("quit"))).toMatchObject({ status: 0 });
  writeFileSync(config, text.replace("name: admin", "name: boss"));
  const atTerminal = async (more: readonly string[] = []): Promise<string> => {
    const terminal = new Terminal({ ...start, words: [...more, config] }, { cols: 250 });
    const shown = await terminal.expect("aws-cloudhsm>");
    terminal.send("quit\r");
    expect(await terminal.end()).toBe(0);
    return shown;
  };
  for (const time of ["first", "second"]) {
    expect({ time, ...(await runPiped(start, lines("quit"))) }).toMatchObject({ status: 0, stderr: "" });
  }
  expect(await atTerminal()).toContain(
    `cloudhsm_mgmt_util: ${config}:5:7: users: changed since hsm-a, hsm-b were created; they keep their own users (--fresh starts over)\r\n`,
  );
  expect(await atTerminal()).not.toContain("changed since");
  expect(await atTerminal(["--fresh", "--yes"])).not.toContain("changed since");
  const { stdout } = await runPiped(start, lines("loginHSM CO boss co12345", "quit"));
  expect(stdout).toContain("loginHSM success on server 0(h0)");
});

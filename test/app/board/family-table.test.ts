import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { tableOf } from "../../../src/app/board/family-table.ts";
import type { Cell, Row } from "../../../src/endpoint/board/snapshot.ts";
import { compareSeen, lastSetIn, seeHsms } from "../../../src/fleet/compare/compare-home.ts";
import { familiesOf } from "../../../src/fleet/compare/relative.ts";
import { readComparable } from "../../../src/simulator/comparable-reader.ts";
import { minimums } from "../../../src/simulator/records/records.ts";
import { RehearsedHome } from "../../harness/rehearsed-home.ts";

const uneven = `
clusters:
  - id: cluster-a
    passwordCost: 10
    users:
      - { id: 1, type: CO, name: admin, password: co12345 }
      - { id: 3, type: CU, name: alice, password: alice12345 }
      - { id: 5, type: CU, name: carl, password: carl12345, loginFailures: 5 }
    keys:
      - { handle: 9, type: AES, size: 256, label: shared, owner: alice }
    hsms:
      - { id: hsm-a, hostname: h0 }
      - id: hsm-b
        hostname: h1
        users:
          - { id: 3, type: CU, name: alice, password: other12345 }
          - { id: 6, type: CU, name: dora, password: dora12345 }
        keys:
          - { handle: 12, type: AES, size: 128, label: alone, owner: alice }
      - { id: hsm-c, hostname: h2, users: [{ id: 7, type: CU, name: dora, password: dora12345 }] }
`;

async function tableIn(yaml: string) {
  return tableOfHome(await RehearsedHome.of(yaml));
}

async function tableOfHome({ home, hosts }: RehearsedHome) {
  const secret = randomBytes(32);
  const servers = hosts.map((hostname) => ({ hostname, port: 2225, name: hostname }));
  const seen = await seeHsms(home, servers, (address) =>
    readComparable(home.open(address), address, home.presence, secret),
  );
  const { families } = await compareSeen(seen, lastSetIn(home));
  const [[family], [compared]] = [familiesOf(seen.relatives), families];
  if (family === undefined || compared === undefined) throw new Error("there is no family");
  return tableOf(family, compared, [], "cluster.yaml");
}

const even = { isLocked: false, isLoggedIn: false };

function rowNamed(rows: readonly Row[], name: string): Row {
  const found = rows.find((row) => row.name === name);
  if (found === undefined) throw new Error(`there is no row ${name}`);
  return found;
}

test("a cell says what is missing, what is other, and who is locked", async () => {
  const { table, rows } = await tableIn(uneven);
  const cells = (name: string): Readonly<Record<string, Cell>> => rowNamed(rows.users, name).cells;
  expect(cells("admin")).toEqual({});
  expect(cells("alice")).toEqual({ "hsm-b": { state: "different", differs: ["password"], ...even } });
  const locked = { state: "in step", differs: [], isLocked: true, isLoggedIn: false };
  expect(cells("carl")).toEqual({ "hsm-a": locked, "hsm-b": locked, "hsm-c": locked });
  expect(cells("dora")).toEqual({
    "hsm-a": { state: "missing", differs: [], ...even },
    "hsm-c": { state: "different", differs: ["id"], ...even },
  });
  expect(rowNamed(rows.keys, "key 12")).toMatchObject({
    note: "alone",
    isInStep: false,
    cells: { "hsm-a": { state: "missing" }, "hsm-c": { state: "missing" } },
  });
  expect(rowNamed(rows.keys, "key 9")).toMatchObject({ note: "shared", isInStep: true, cells: {} });
  expect(table).toMatchObject({
    clusters: ["cluster-a"],
    outOfStep: 3,
    logins: ["loginHSM CO admin -hpswd", expect.any(String)],
  });
});

test("a row tells what differs and what mends it in the words of compare", async () => {
  const { rows } = await tableIn(uneven);
  const { detail } = rowNamed(rows.keys, "key 12");
  expect(detail).toEqual({
    differences: ["there on server 1(h1); missing on server 0(h0), server 2(h2)"],
    mendings: [{ before: [], lines: ["server 1", "syncKey 12 0", "syncKey 12 2", "exit"], obstacles: [] }],
  });
  expect(rowNamed(rows.users, "admin").detail).toBeUndefined();
});

test("of many rows those out of step come first, then some of the others; all are there for the asking", async () => {
  const users = Array.from({ length: 90 }, (_, at) => ({
    ...{ id: at + 1, type: at === 0 ? "CO" : "CU", name: `user${String(at + 1)}`, password: "password1" },
    ...(at === 88 ? { loginFailures: 5 } : {}),
  }));
  const more = [{ id: 90, type: "CU", name: "user90", password: "another12" }];
  const cluster = {
    ...{ id: "cluster-a", passwordCost: 10, users },
    hsms: [
      { id: "hsm-a", hostname: "h0" },
      { id: "hsm-b", hostname: "h1", users: more },
    ],
  };
  const { table, rows } = await tableIn(`clusters:\n  - ${JSON.stringify(cluster)}\n`);
  const [shown] = table.rows;
  expect(shown).toMatchObject({ kind: "users", total: 90, outOfStep: 1 });
  expect(shown?.first.length).toBe(61);
  expect(shown?.first[0]?.name).toBe("user90");
  // Who is locked is among them, however late.
  expect(shown?.first.at(-1)?.name).toBe("user89");
  expect(rows.users.length).toBe(90);
});

test("a quorum says first how many officers it takes, for long names leave little room", async () => {
  const rehearsed = await RehearsedHome.of(uneven);
  await rehearsed.store("h1").change((transaction) => minimums.put(transaction, "USER_MGMT", 2));
  const { table, rows } = await tableOfHome(rehearsed);
  expect(rowNamed(rows.minimums, "USER_MGMT")).toMatchObject({
    note: "2 officers, service 3",
    cells: { "hsm-a": { state: "different", differs: ["officers"] }, "hsm-c": { state: "different" } },
  });
  expect(table.rows[2]).toMatchObject({ kind: "minimums", total: 1, outOfStep: 1 });
});

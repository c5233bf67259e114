import { expect, test } from "vitest";
import { type ShownStatus, statusAsJson, statusAsText } from "../../../src/app/fleet/status-forms.ts";
import { statusAsTable } from "../../../src/app/fleet/status-table.ts";
import type { PresentHsm } from "../../../src/fleet/status.ts";
import { MemoryHome } from "../../../src/store/memory/memory-home.ts";
import { MemoryPlace } from "../../../src/store/memory/memory-place.ts";

const hsm: PresentHsm = {
  ...{ hostname: "h0", port: 2225, hsmId: "hsm-a", region: "eu-west-1", users: 1, tokenKeys: 2, state: "up" },
  logins: [
    { session: 1, userId: 1, type: "CO", name: "eve\u001b[2J", shell: "0123456789abcdef", since: 0 },
    { session: 2, userId: 2, type: "CU", name: "bob", shell: "fedcba9876543210", since: undefined },
  ],
};

const status: ShownStatus = {
  clusters: [
    {
      id: "cluster-a",
      clones: ["cluster-b"],
      hsms: [hsm, { ...hsm, hostname: "h1", region: undefined, state: "stopped", logins: [] }],
    },
  ],
  unusable: [],
  destroyed: [{ hsmId: "hsm-c", state: "destroyed", clusterId: "cluster-a", hostname: "h2", port: 2225, since: 0 }],
  missing: [{ hostname: "h9", port: 1 }],
  faults: [
    {
      ...{ id: 3, kind: "drop", hsms: { kind: "one", hostname: "H1", port: 2225 } },
      ...{ requests: { kind: "any" }, from: 1, seen: 0 },
    },
    { ...{ id: 4, kind: "delay", hsms: { kind: "all" } }, ...{ requests: { kind: "any" }, from: 1, seen: 0 } },
  ],
};

const home = new MemoryHome(new MemoryPlace());

test("as text, the status names regions and makes names printable", () => {
  expect(statusAsText(status, home)).toEqual([
    "cluster-a, 2 HSMs, a clone of cluster-b",
    "  h0:2225  hsm-a  1 user, 2 keys, in eu-west-1, fault 4 (delay)",
    "    eve?[2J (CO) is logged in from shell 01234567",
    "    bob (CU) is logged in from shell fedcba98",
    "  h1:2225  hsm-a  1 user, 2 keys, stopped, faults 3 (drop), 4 (delay)",
    "h2:2225: hsm-c of cluster-a is destroyed",
    "h9:1: not created yet",
  ]);
});

test("as a table, it has a column of regions where there are any, and a line for each login", () => {
  const paint = { wrong: String, right: String, unusual: (text: string) => `!${text}`, heading: String };
  expect(statusAsTable(status, home, paint)).toEqual([
    "cluster-a, 2 HSMs, a clone of cluster-b",
    "region     HSM    address  state     users  keys  faults   logged in",
    "eu-west-1  hsm-a  h0:2225  up        1      2     4 delay  eve?[2J (CO), shell 01234567",
    "                                                           bob (CU), shell fedcba98",
    "           hsm-a  h1:2225  !stopped  1      2     3 drop",
    "                                                  4 delay",
    "",
    "h2:2225: hsm-c of cluster-a is destroyed",
    "",
    "!h9:1: not created yet",
  ]);
});

test("in JSON, each HSM has its state and its faults", () => {
  expect(JSON.parse(statusAsJson(status, home))).toMatchObject({
    clusters: [
      {
        hsms: [
          { state: "up", faults: [{ id: 4, kind: "delay" }] },
          { state: "stopped", faults: [{ id: 3 }, { id: 4 }] },
        ],
      },
    ],
    destroyed: [{ hsmId: "hsm-c", hostname: "h2", clusterId: "cluster-a" }],
  });
});

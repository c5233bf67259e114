import { expect, test } from "vitest";
import { statusAsText } from "../../../src/app/fleet/status-forms.ts";
import { statusAsTable } from "../../../src/app/fleet/status-table.ts";
import type { FleetStatus, PresentHsm } from "../../../src/fleet/status.ts";
import { MemoryHome } from "../../../src/store/memory/memory-home.ts";
import { MemoryPlace } from "../../../src/store/memory/memory-place.ts";

const hsm: PresentHsm = {
  ...{ hostname: "h0", port: 2225, hsmId: "hsm-a", region: "eu-west-1", users: 1, tokenKeys: 2 },
  logins: [
    { session: 1, userId: 1, type: "CO", name: "eve\u001b[2J", shell: "0123456789abcdef", since: 0 },
    { session: 2, userId: 2, type: "CU", name: "bob", shell: "fedcba9876543210", since: undefined },
  ],
};

const status: FleetStatus = {
  clusters: [{ id: "cluster-a", clones: ["cluster-b"], hsms: [hsm, { ...hsm, region: undefined, logins: [] }] }],
  unusable: [],
  missing: [{ hostname: "h9", port: 1 }],
};

const home = new MemoryHome(new MemoryPlace());

test("as text, the status names regions and makes names printable", () => {
  expect(statusAsText(status, home)).toEqual([
    "cluster-a, 2 HSMs, a clone of cluster-b",
    "  h0:2225  hsm-a  1 user, 2 keys, in eu-west-1",
    "    eve?[2J (CO) is logged in from shell 01234567",
    "    bob (CU) is logged in from shell fedcba98",
    "  h0:2225  hsm-a  1 user, 2 keys",
    "h9:1: not created yet",
  ]);
});

test("as a table, it has a column of regions where there are any, and a line for each login", () => {
  const paint = { wrong: String, right: String, unusual: (text: string) => `!${text}`, heading: String };
  expect(statusAsTable(status, home, paint)).toEqual([
    "cluster-a, 2 HSMs, a clone of cluster-b",
    "region     HSM    address  state  users  keys  logged in",
    "eu-west-1  hsm-a  h0:2225  up     1      2     eve?[2J (CO), shell 01234567",
    "                                               bob (CU), shell fedcba98",
    "           hsm-a  h0:2225  up     1      2",
    "",
    "!h9:1: not created yet",
  ]);
});

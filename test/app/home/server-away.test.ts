import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runFleet } from "../../harness/fleet-program.ts";
import { lines, runPiped, shipped, temporaryFolder } from "../../harness/program.ts";

/** Nobody listens at the first port. */
const away = "postgres://team@127.0.0.1:1/postgres?schema=drill";
const mends = `${away}: connect ECONNREFUSED 127.0.0.1:1: start the server, or correct the host and port (the address, PGHOST, PGPORT)\n`;

test("a shell whose home's server is away says so in one line, and connects to nothing", async () => {
  const home = temporaryFolder();
  const words = ["--home", away, shipped("cluster.yaml")];
  expect(await runPiped({ words, home }, lines("listUsers"))).toMatchObject({
    status: 1,
    stdout: "",
    stderr: `cloudhsm_mgmt_util: ${mends}`,
  });
});

test.each([
  [["status", "--watch"]],
  [["audit-log", "--follow"]],
  [["hold", "CO", "admin"]],
  [["serve", "--port", "0"]],
  [["fault", "list"]],
  [["reset", "--yes"]],
])("cloudhsm-sim %j says the same, and does not wait", (words) => {
  const { status, stdout, stderr } = runFleet(away, words, "co12345\n");
  expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: "", stderr: `cloudhsm-sim: ${mends}` });
});

test("so do those that name a home besides, and leave nothing behind", () => {
  const folder = temporaryFolder();
  for (const words of [
    ["copy", away, join(folder, "to")],
    ["drill", "start", "officer-on-one-hsm", "--dir", join(folder, "drill"), "--home", away],
    ["install", "--prefix", join(folder, "prefix"), "--home", away],
  ]) {
    const { status, stdout, stderr } = runFleet(folder, words);
    expect({ words, status, stdout, stderr }).toEqual({
      words,
      status: 1,
      stdout: "",
      stderr: `cloudhsm-sim: ${mends}`,
    });
    expect(readdirSync(folder)).toEqual([]);
  }
});

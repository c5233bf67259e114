import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findHsm } from "../../src/fleet/find-hsm.ts";
import { SqliteHome } from "../../src/store/sqlite/sqlite-home.ts";
import { temporaryFolder } from "../harness/program.ts";

test("an HSM that is there, and cannot be used, is not said to be missing", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "h0_2225.hsm"), "no HSM any more");
  const home = new SqliteHome(folder);
  await expect(findHsm(home, "h0")).rejects.toThrow("h0:2225 cannot be used: cloudhsm-sim status says why");
  await expect(findHsm(home, "h1")).rejects.toThrow("no HSM is called h1: there are h0:2225");
  await home.close();
});

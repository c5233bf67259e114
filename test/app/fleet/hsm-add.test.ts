import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runFleet } from "../../harness/fleet-program.ts";
import { lines, runPiped, shipped } from "../../harness/program.ts";
import { emptyHome } from "../../harness/three-hsms.ts";

test("an HSM is added beside a shell's users, listed in the YAML file, and never in a .cfg", async () => {
  const start = emptyHome();
  const [config = ""] = start.words;
  await runPiped(start, lines("loginHSM CO admin co12345", "createUser CU bob bob12345", "y", "quit"));
  const before = readFileSync(config, "utf8");
  const added = runFleet(start.home, ["hsm", "add", "cluster-a", "h3", "--config", config]);
  expect(added).toMatchObject({ status: 0, stderr: "" });
  expect(added.stdout).toMatch(
    /^hsm-\w{11} at h3:2225 is in cluster-a now, with 4 users and 0 keys of hsm-a\n.* lists it\n$/,
  );
  const after = readFileSync(config, "utf8");
  expect(after.replace(/, \{ id: hsm-\w{11}, hostname: "h3" \}/, "")).toBe(before);
  const session = await runPiped(start, lines("loginHSM CU bob bob12345", "quit"));
  expect(session.stdout).toContain("loginHSM success on server 3(h3)");

  const cfg = join(start.home, "servers.cfg");
  writeFileSync(cfg, readFileSync(shipped("cloudhsm_mgmt_util.cfg")));
  const kept = readFileSync(cfg);
  const stale = runFleet(start.home, ["hsm", "add", "cluster-a", "h4", "--config", cfg, "--json"]);
  expect(JSON.parse(stale.stdout)).toMatchObject({ clusterId: "cluster-a", hsm: { hostname: "h4" }, users: 4 });
  expect(stale.stderr).toContain("is stale now");
  expect(readFileSync(cfg)).toEqual(kept);
  expect(runFleet(start.home, ["hsm", "add", "cluster-b", "h5"])).toMatchObject({ status: 1, stdout: "" });
  expect(runFleet(start.home, ["hsm", "add", "cluster-a", "h5:1"])).toMatchObject({ status: 2, stdout: "" });
});

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fileOf } from "../../harness/audit.ts";
import { runFleet } from "../../harness/fleet-program.ts";
import { lines, runPiped } from "../../harness/program.ts";
import { emptyHome } from "../../harness/three-hsms.ts";

test("a backup is kept, a cluster restored from it and listed, and a reset deletes all", async () => {
  const start = emptyHome();
  const [config = ""] = start.words;
  await runPiped(start, lines("loginHSM CO admin co12345", "quit"));
  const { id, clusterId } = JSON.parse(runFleet(start.home, ["backup", "cluster-a", "--json"]).stdout) as {
    readonly id: string;
    readonly clusterId: string;
  };
  expect(clusterId).toBe("cluster-a");
  expect(runFleet(start.home, ["backups"]).stdout).toMatch(
    new RegExp(`^${id}  \\d{4}-.*Z  hsm-a  cluster-a  3 users and 0 keys\\n$`),
  );
  const restored = runFleet(start.home, ["restore", id, "h5", "h6", "--region", "eu-west-1", "--config", config]);
  expect(restored).toMatchObject({ status: 0, stderr: "" });
  expect(restored.stdout).toMatch(/^cluster-[a-z2-7]{11} in eu-west-1 is a clone of cluster-a now/);
  expect(readFileSync(config, "utf8")).toContain("cloneOf: cluster-a");
  const session = await runPiped(start, lines("loginHSM CO admin co12345", "quit"));
  expect(session.stdout).toContain("loginHSM success on server 4(h6)");

  const asked = runFleet(start.home, ["reset"]);
  expect(asked).toMatchObject({ status: 2, stdout: "", stderr: expect.stringContaining("add --yes") as string });
  expect(existsSync(fileOf(start.home, "h6"))).toBe(true);
  const { deleted } = JSON.parse(runFleet(start.home, ["reset", "--yes", "--json"]).stdout) as { deleted: unknown[] };
  expect(deleted).toHaveLength(5);
  expect(existsSync(fileOf(start.home, "h6"))).toBe(false);
  expect(existsSync(join(start.home, "fleet.records"))).toBe(false);
});

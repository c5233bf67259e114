import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fileOf } from "../harness/audit.ts";
import { type Start, lines, runPiped, temporaryFolder } from "../harness/program.ts";

const cluster = `
clusters:
  - id: cluster-a
    passwordCost: 10
    users:
      - { id: 1, type: CO, name: admin, password: co12345 }
      - { id: 2, type: CO, name: officer1, password: officer12345 }
      - { id: 3, type: CO, name: officer2, password: officer12345 }
    hsms: [{ id: hsm-a, hostname: h0 }, { id: hsm-b, hostname: h1 }]
`;

/** A cluster that has lived: a user more, another password, minimums of quorum; then the file of hsm-b is gone. */
async function bereaved(): Promise<Start> {
  const folder = temporaryFolder();
  const config = join(folder, "cluster.yaml");
  writeFileSync(config, cluster);
  const start = { words: [config], home: join(folder, "home") };
  const life = [
    "loginHSM CO admin co12345",
    "createUser CU alice alice12345",
    "y",
    "changePswd CO officer1 fresh12345",
    "y",
  ];
  const minimums = ["setMValue 3 2", "y", "setMValue 4 2", "y"];
  expect(await runPiped(start, lines(...life, ...minimums, "quit"))).toMatchObject({ status: 0, stderr: "" });
  for (const end of ["", "-wal", "-shm"]) rmSync(`${fileOf(start.home, "h1")}${end}`, { force: true });
  return start;
}

test("an HSM that is made anew in a living cluster is told of loudly, with what it lacks", async () => {
  const { stderr, status } = await runPiped(await bereaved(), lines("quit"));
  expect(status).toBe(0);
  expect(stderr).toMatch(/WARNING: hsm-b at h1:2225 had no file and was created anew.* hsm-a .*since \d{4}-\d\d-\d\dT/);
  expect(stderr).toContain("alice");
  expect(stderr).toContain("officer1");
  expect(stderr).not.toMatch(/alice12345|fresh12345|officer12345/);
});

test("it takes the minimums of the cluster, so that no officer alone brings users back by way of it", async () => {
  const start = await bereaved();
  const asked = ["loginHSM CO admin co12345", "getMValue 3", "getMValue 4", "server 1", "syncUser 2 0", "exit"];
  const { stdout } = await runPiped(start, lines(...asked, "quit"));
  expect(stdout.match(/on server 1 : \[2\]/g)).toHaveLength(2);
  expect(stdout).toContain("syncUser failed: RET_MXN_AUTH_FAILED");
  const { stdout: after } = await runPiped(start, lines("server 0", "loginHSM CO officer1 fresh12345", "quit"));
  expect(after).toContain("loginHSM success");
});

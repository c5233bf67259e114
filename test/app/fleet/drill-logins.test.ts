import { spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { environmentOf, root, temporaryFolder } from "../../harness/program.ts";
import { withoutProgress } from "../../harness/progress-lines.ts";

const sim = join(root, "dist", "cloudhsm-sim.js");

const yaml = (loginFailures: number) => `title: A drill
story: once
clusters:
  - id: cluster-a
    passwordCost: 10
    users:
      - { id: 1, type: CO, name: admin, password: co12345 }
      - { id: 2, type: CU, name: alice, password: alice12345, loginFailures: ${String(loginFailures)} }
    hsms: [{ id: hsm-a, hostname: h0 }, { id: hsm-b, hostname: h1 }]
logins: [{ type: CU, name: Alice, password: alice12345 }]
goals: [{ inStep: all }]
`;

/** Runs `cloudhsm-sim` in a folder. */
function run(folder: string, ...words: readonly string[]) {
  const finished = spawnSync(process.execPath, [sim, ...words], {
    cwd: folder,
    env: environmentOf({ words: [], home: join(folder, "home") }),
    encoding: "utf8",
  });
  return { ...finished, stderr: withoutProgress(finished.stderr) };
}

/** The only login of the drill in a folder. */
function loginOf(folder: string) {
  const where = ["--home", "drill/hsms", "--config", "drill/cloudhsm_mgmt_util.cfg"];
  const { sessions } = JSON.parse(run(folder, "sessions", "--json", ...where).stdout) as {
    readonly sessions: readonly { readonly id: string; readonly name: string; readonly hsms: readonly unknown[] }[];
  };
  expect(sessions).toMatchObject([{ name: "alice", hsms: [{ hostname: "h0" }, { hostname: "h1" }] }]);
  return sessions[0]?.id;
}

test("a login of the drill is held from its start on, anew from its reset on, and ends with the folder", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "our.yaml"), yaml(0));
  const started = run(folder, "drill", "start", "our.yaml");
  expect(started).toMatchObject({ status: 0, stderr: "" });
  expect(started.stdout).toContain("\nlogged in:  Alice (CU), by processes of the drill\n");
  const first = loginOf(folder);

  const begun = run(folder, "drill", "reset", "--json");
  expect(begun).toMatchObject({ status: 0, stderr: "" });
  expect(JSON.parse(begun.stdout)).toMatchObject({ logins: [{ type: "CU", name: "Alice" }] });
  expect(loginOf(folder)).not.toBe(first);

  rmSync(join(folder, "drill"), { recursive: true });
  await vi.waitFor(
    () => {
      const { stdout } = spawnSync("ps", ["-eo", "args"], { encoding: "utf8" });
      expect(stdout).toContain("ps -eo args");
      expect(stdout).not.toContain(join(folder, "drill", "hsms"));
    },
    { timeout: 30_000, interval: 100 },
  );
}, 60_000);

test("who cannot log in keeps the drill from its start: status 1, and what to correct", () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "our.yaml"), yaml(5));
  const started = run(folder, "drill", "start", "our.yaml");
  expect(started).toMatchObject({ status: 1, stdout: "" });
  expect(started.stderr).toContain("Alice (CU) did not get logged in on all HSMs: correct the users, logins or faults");
});

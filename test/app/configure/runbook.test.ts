import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runFleet } from "../../harness/fleet-program.ts";
import { environmentOf, temporaryFolder } from "../../harness/program.ts";
import { emptyHome } from "../../harness/three-hsms.ts";

test("a runbook configures at the fixed paths before it calls the shell; its list is stale when an HSM was added", () => {
  const { words, home } = emptyHome();
  const prefix = join(temporaryFolder(), "opt", "cloudhsm");
  expect(runFleet(home, ["install", "--prefix", prefix, "--config", words[0] ?? ""])).toMatchObject({ status: 0 });
  const updated =
    `Updating server config in ${prefix}/etc/cloudhsm_client.cfg\n` +
    `Updating server config in ${prefix}/etc/cloudhsm_mgmt_util.cfg\n`;
  const env = environmentOf({ words: [], home });
  delete env["CLOUDHSM_HOME"];
  const folder = temporaryFolder();
  const sh = (script: string) => {
    const file = join(folder, "script.sh");
    writeFileSync(file, `cloudhsm=${prefix}\n${script}`);
    const { status, stdout, stderr } = spawnSync("/bin/sh", ["-eu", file], { cwd: folder, env, encoding: "utf8" });
    return { status, stdout, stderr };
  };
  const onboard = `
"$cloudhsm/bin/configure" --cmu h1
"$cloudhsm/bin/cloudhsm_mgmt_util" "$cloudhsm/etc/cloudhsm_mgmt_util.cfg" <<EOF
loginHSM CO admin co12345
createUser CU $name user12345
y
quit
EOF
`;
  const first = sh(`name=bob\n${onboard}`);
  expect(first).toMatchObject({ status: 0, stderr: "" });
  expect(first.stdout.startsWith(updated)).toBe(true);
  expect(first.stdout).toContain("createUser success on server 2(h2)");

  expect(runFleet(home, ["hsm", "add", "cluster-a", "h3"])).toMatchObject({ status: 0 });
  const shell = `"$cloudhsm/bin/cloudhsm_mgmt_util" "$cloudhsm/etc/cloudhsm_mgmt_util.cfg" </dev/null\n`;
  const stale = sh(shell);
  expect(stale.stdout).not.toContain("'h3'");
  const again = sh(`name=carol\n${onboard}`);
  expect(again.stdout).toContain("createUser success on server 3(h3)");

  // With -a, users would be created on one HSM only.
  const alone = sh(`"$cloudhsm/bin/configure" -a h1\n${shell}`);
  expect(alone.stdout.startsWith(updated)).toBe(true);
  expect(alone.stdout.match(/^Connected to server/gm)).toHaveLength(1);
  const unknown = sh(`"$cloudhsm/bin/configure" --cmu 10.7.7.7\n`);
  expect(unknown).toMatchObject({ status: 1, stdout: "" });
  expect(unknown.stderr).toMatch(/^configure: no HSM is called 10\.7\.7\.7: there are h0:2225, /);
  expect(sh(`"$cloudhsm/bin/configure"\n`)).toMatchObject({ status: 2, stdout: "" });
}, 60_000);

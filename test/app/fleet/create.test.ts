import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runFleet } from "../../harness/fleet-program.ts";
import { lines, runPiped, temporaryFolder } from "../../harness/program.ts";

test("it writes a configuration for its owner only, which the shell opens, and never replaces one", async () => {
  const home = temporaryFolder();
  const file = join(home, "my cluster.yaml");
  const { status, stdout, stderr } = runFleet(home, ["create", file, "--hsms", "2", "--region", "eu-west-1"]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(/ describes cluster-[a-z2-7]{11}: 10\.\d+\.1\.\d+, 10\.\d+\.2\.\d+\n/);
  expect(stdout).toContain(`\ncloudhsm_mgmt_util '${file}'\n`);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const session = await runPiped({ words: [file], home }, lines("loginHSM CO admin co12345", "quit"));
  expect(session.stdout.match(/loginHSM success/g)).toHaveLength(2);
  const before = readFileSync(file);
  expect(runFleet(home, ["create", file])).toEqual({
    status: 1,
    stdout: "",
    stderr: `cloudhsm-sim: ${file} is there already, and is left as it is: give another name\n`,
  });
  expect(readFileSync(file)).toEqual(before);
});

test("it makes one of another vendor, which that vendor's shell opens for the activation", async () => {
  const home = temporaryFolder();
  const file = join(home, "azure.yaml");
  const { status, stdout } = runFleet(home, ["create", file, "--dialect", "azure", "--json"]);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    dialect: "azure",
    shell: ["azcloudhsm_mgmt_util", file],
    hsms: [1, 2, 3].map((node) => ({
      hostname: expect.stringMatching(`^hsm${String(node)}\\.chsm-[a-z2-7]{11}\\.cloudhsm\\.azure\\.net$`) as string,
      address: expect.stringMatching(`^10\\.\\d+\\.2\\.${String(3 + node)}$`) as string,
    })),
  });
  const session = await runPiped({ words: [file], home }, lines("loginHSM PRECO admin tenantadmin", "quit"));
  expect(session.stdout.match(/loginHSM success on server/g)).toHaveLength(3);
});

test("what no cluster can be is refused, with status 2", () => {
  const home = temporaryFolder();
  const refused = (...words: readonly string[]) => runFleet(home, ["create", join(home, "new.yaml"), ...words]);
  expect(refused("--hsms", "29")).toMatchObject({ status: 2, stderr: expect.stringContaining("1 to 28") as string });
  expect(refused("--dialect", "azure", "--hsms", "2").stderr).toContain("--hsms must be 3: a cluster of azure");
  expect(refused("--dialect", "oracle", "--hsms", "5").stderr).toContain("1 to 4");
  expect(refused("--hsms", "two")).toMatchObject({ status: 2 });
  expect(refused("--name", "a b", "--hsms", "1").stderr).toContain("--name must be 1 to 64 letters");
});

import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isMissing } from "../harness/debian.ts";
import { root, shipped, temporaryFolder } from "../harness/program.ts";
import { runScript } from "./run-script.ts";

const start = (configuration: string) => ({ words: [configuration], home: temporaryFolder() });

describe.skipIf(isMissing("expect"))("expect", () => {
  test.each([
    ["activate.exp", "new-cluster.yaml"],
    ["create_user.exp", "cluster.yaml"],
  ])("%s", async (script, configuration) => {
    const { status, stderr } = await runScript(script, start(shipped(configuration)));
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });
});

describe.skipIf(isMissing("pexpect"))("pexpect", () => {
  test("users.py", async () => {
    const configuration = join(root, "test", "sessions", "configurations", "one-hsm.yaml");
    const { status, stdout, stderr } = await runScript("users.py", start(configuration));
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const admin = ["1", "CO", "admin", "NO", "0", "NO"];
    const appliance = ["2", "AU", "app_user", "NO", "0", "NO"];
    expect(JSON.parse(stdout)).toEqual([
      [["1", "PRECO", "admin", "NO", "0", "NO"], appliance],
      [admin, appliance, ["3", "CU", "dave", "NO", "0", "NO"]],
      [admin, appliance],
    ]);
  });
});

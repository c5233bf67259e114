import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isMissing } from "../harness/debian.ts";
import { keyProgram, root, shipped, temporaryFolder } from "../harness/program.ts";
import { runScript, runScriptOn } from "./run-script.ts";

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

/** Crypto users on three HSMs. */
const keyMakers = join(root, "test", "sessions", "configurations", "key-makers.yaml");

test.skipIf(isMissing("expect"))("expect drives the key shell: keys.exp", async () => {
  const { status, stderr } = await runScriptOn(keyProgram, "keys.exp", start(keyMakers));
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});

test.skipIf(isMissing("pexpect", "openssl"))("pexpect drives the key shell: keys.py", async () => {
  const folder = temporaryFolder();
  const { status, stdout, stderr } = await runScriptOn(keyProgram, "keys.py", start(keyMakers), folder);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const users = [["3", "3", "CU", "alice", "NO", "0", "NO"]];
  expect(JSON.parse(stdout)).toEqual({
    handles: ["6", "7"],
    // One for the whole, and one for each node; of a signature the whole alone.
    counts: { login: 4, sign: 1, verify: 1 },
    exported: true,
    users,
  });
  const files = ["-verify", join(folder, "public.pem"), "-signature", join(folder, "signature")];
  const said = execFileSync("openssl", ["dgst", "-sha256", ...files, join(folder, "message")], { encoding: "utf8" });
  expect(said).toBe("Verified OK\n");
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

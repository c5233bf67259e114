import { type ExecFileSyncOptionsWithStringEncoding, execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { environmentOf, root, temporaryFolder } from "../harness/program.ts";

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly [key: string]: unknown;
}

const npm = process.platform === "win32" ? "npm.cmd" : "npm";

test("the tarball, installed in an empty folder, runs the shell", () => {
  const folder = temporaryFolder();
  const options: ExecFileSyncOptionsWithStringEncoding = { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] };
  // dist/ is as fresh as the tests themselves: nothing is built a second time.
  execFileSync(npm, ["pack", "--ignore-scripts", "--pack-destination", folder], { cwd: root, ...options });
  const [tarball] = readdirSync(folder);
  expect(tarball).toMatch(/^cloudhsm-mgmt-util-.*\.tgz$/);

  const place = join(folder, "empty");
  mkdirSync(place);
  writeFileSync(join(place, "package.json"), "{}");
  const install = ["install", "--prefer-offline", "--no-audit", "--no-fund", join(folder, tarball ?? "")];
  execFileSync(npm, install, { cwd: place, ...options });

  const shell = join(place, "node_modules", ".bin", "cloudhsm_mgmt_util");
  const env = environmentOf({ words: [], home: join(folder, "home") });
  const input = "loginHSM CO admin co12345\nserver 0\nsyncUser 6 1\nexit\nquit\n";
  const config = join(place, "node_modules", "cloudhsm-mgmt-util", "config", "cluster.yaml");
  const answer = execFileSync(shell, [config], { cwd: place, env, input, encoding: "utf8" });
  expect(answer).toContain("InsertMaskedObject: 0x0 !\nsyncUser success\n");

  const sim = join(place, "node_modules", ".bin", "cloudhsm-sim");
  const log = execFileSync(sim, ["audit-log", "--hsm", "10.0.2.9", config], { cwd: place, env, encoding: "utf8" });
  expect(log).toContain("Opcode : CN_EXTRACT_MASKED_OBJECT_USER (0xf0)\n");

  const installed = join(place, "node_modules", "cloudhsm-mgmt-util");
  expect(readdirSync(installed).sort()).toEqual([
    "LICENSE",
    "README.md",
    "config",
    "dist",
    "docs",
    "drills",
    "man",
    "package.json",
    "schema",
  ]);
  expect(readdirSync(join(installed, "man")).sort()).toEqual([
    "azcloudhsm_mgmt_util.1",
    "azcloudhsm_util.1",
    "cloudhsm-sim.1",
    "cloudhsm_mgmt_util.1",
    "hsm_mgmt_tool.1",
    "key_mgmt_tool.1",
    "key_mgmt_util.1",
    "user_mgmt_util.1",
  ]);
  const bundled = readdirSync(join(installed, "dist")).filter((name) => !/^[\da-f]{16}$/.test(name));
  expect(bundled.sort()).toEqual([
    "THIRD-PARTY-LICENSES",
    "cloudhsm-sim.js",
    "configure.js",
    "key-mgmt-util.js",
    "main.js",
    "package.json",
  ]);
  const manifest = JSON.parse(readFileSync(join(installed, "package.json"), "utf8")) as Manifest;
  expect(Object.keys(manifest.dependencies)).toEqual(["libsql"]);
  expect(manifest).toMatchObject({
    license: "MIT",
    type: "module",
    bin: {
      azcloudhsm_mgmt_util: "dist/main.js",
      azcloudhsm_util: "dist/key-mgmt-util.js",
      "cloudhsm-sim": "dist/cloudhsm-sim.js",
      cloudhsm_mgmt_util: "dist/main.js",
      hsm_mgmt_tool: "dist/main.js",
      key_mgmt_tool: "dist/key-mgmt-util.js",
      key_mgmt_util: "dist/key-mgmt-util.js",
      user_mgmt_util: "dist/main.js",
    },
  });
});

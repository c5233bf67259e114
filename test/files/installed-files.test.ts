import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type InstalledFile, installFiles, uninstallFiles } from "../../src/files/installed-files.ts";
import { temporaryFolder } from "../harness/program.ts";

const launcher: InstalledFile = { path: "bin/cloudhsm_mgmt_util", text: "launch\n", isProgram: true };
const cfg: InstalledFile = { path: "etc/cloudhsm_mgmt_util.cfg", text: "{}", isProgram: false };
const manifest = "etc/.cloudhsm-sim.json";

const modeOf = (path: string): number => statSync(path).mode & 0o777;

test("what is installed is there for everybody, and is gone afterwards with the folders that were made for it", async () => {
  const prefix = join(temporaryFolder(), "opt", "cloudhsm");
  expect(await installFiles(prefix, [launcher, cfg])).toEqual([join(prefix, launcher.path), join(prefix, cfg.path)]);
  expect(readFileSync(join(prefix, cfg.path), "utf8")).toBe("{}");
  expect([launcher, cfg].map(({ path }) => modeOf(join(prefix, path)))).toEqual([0o755, 0o644]);
  expect(["", "bin", "etc"].map((name) => modeOf(join(prefix, name)))).toEqual([0o755, 0o755, 0o755]);
  expect(readdirSync(join(prefix, "etc")).sort()).toEqual([".cloudhsm-sim.json", "cloudhsm_mgmt_util.cfg"]);
  expect(await uninstallFiles(prefix)).toEqual([join(prefix, launcher.path), join(prefix, cfg.path)]);
  expect(existsSync(prefix)).toBe(false);
  await expect(uninstallFiles(prefix)).rejects.toThrow(`nothing is installed in ${prefix}`);
});

test("a file of somebody else's is left as it is, and nothing is written then", async () => {
  const prefix = temporaryFolder();
  mkdirSync(join(prefix, "etc"));
  writeFileSync(join(prefix, cfg.path), "theirs");
  await expect(installFiles(prefix, [launcher, cfg])).rejects.toThrow(
    `${join(prefix, cfg.path)}: there already, and not from this program`,
  );
  expect(readdirSync(prefix)).toEqual(["etc"]);
  expect(readFileSync(join(prefix, cfg.path), "utf8")).toBe("theirs");
});

test("what was installed before is replaced; what others put beside it stays, and so do folders that were there", async () => {
  const prefix = temporaryFolder();
  mkdirSync(join(prefix, "bin"));
  await installFiles(prefix, [launcher, cfg]);
  writeFileSync(join(prefix, "etc", "client.crt"), "theirs");
  await installFiles(prefix, [launcher, { ...cfg, text: "newer" }]);
  expect(readFileSync(join(prefix, cfg.path), "utf8")).toBe("newer");
  rmSync(join(prefix, launcher.path));
  expect(await uninstallFiles(prefix)).toEqual([join(prefix, cfg.path)]);
  expect(readdirSync(prefix).sort()).toEqual(["bin", "etc"]);
  expect(readdirSync(join(prefix, "etc"))).toEqual(["client.crt"]);
});

test.each([
  ["another file", { files: ["../precious"], folders: [] }],
  ["another folder", { files: [], folders: ["../.."] }],
  ["nothing that is known", { files: 1 }],
  ["null", null],
])("a manifest that names %s removes nothing", async (_, content) => {
  const prefix = join(temporaryFolder(), "prefix");
  mkdirSync(join(prefix, "etc"), { recursive: true });
  writeFileSync(join(prefix, "..", "precious"), "");
  writeFileSync(join(prefix, manifest), JSON.stringify(content));
  for (const work of [() => uninstallFiles(prefix), () => installFiles(prefix, [cfg])]) {
    await expect(work()).rejects.toThrow("is not as this program writes it");
  }
  expect(existsSync(join(prefix, "..", "precious"))).toBe(true);
});

test("an installation that did not come to its end can be repeated", async () => {
  const prefix = temporaryFolder();
  mkdirSync(join(prefix, "bin"));
  // A folder in the place of the launcher cannot be replaced by it.
  await installFiles(prefix, [cfg]);
  const blocked = join(prefix, launcher.path, "..", "cloudhsm_mgmt_util");
  writeFileSync(
    join(prefix, manifest),
    readFileSync(join(prefix, manifest), "utf8").replace('"etc/', '"bin/cloudhsm_mgmt_util", "etc/'),
  );
  mkdirSync(blocked);
  writeFileSync(join(blocked, "inside"), "");
  await expect(installFiles(prefix, [launcher, cfg])).rejects.toThrow(`${prefix} cannot be changed: `);
  expect(readdirSync(join(prefix, "bin"))).toEqual(["cloudhsm_mgmt_util"]);
  rmSync(blocked, { recursive: true });
  await installFiles(prefix, [launcher, cfg]);
  expect(readFileSync(join(prefix, launcher.path), "utf8")).toBe("launch\n");
});

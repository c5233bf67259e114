import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readConfigurationFile, writeConfigurationFiles } from "../../../src/app/configure/configuration-files.ts";
import { temporaryFolder } from "../../harness/program.ts";

const name = "cloudhsm_mgmt_util.cfg";

test("a new file is for everybody to read; one that is there keeps its mode, and stays where a link leads", async () => {
  const etc = temporaryFolder();
  const file = await readConfigurationFile(etc, name);
  await writeConfigurationFiles(etc, [{ file, content: { b: 1, a: [] } }]);
  const path = join(etc, name);
  expect(readFileSync(path, "utf8")).toBe('{\n    "a": [],\n    "b": 1\n}');
  expect(statSync(path).mode & 0o777).toBe(0o644);
  chmodSync(path, 0o640);
  const link = join(etc, "link.cfg");
  symlinkSync(path, link);
  await writeConfigurationFiles(etc, [{ file: await readConfigurationFile(etc, "link.cfg"), content: { c: 2 } }]);
  expect(readFileSync(path, "utf8")).toBe('{\n    "c": 2\n}');
  expect(statSync(path).mode & 0o777).toBe(0o640);
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readdirSync(etc).sort()).toEqual([name, "link.cfg"]);
});

test("two that write the same do not get in each other's way, and a link that leads nowhere leads to the file then", async () => {
  const etc = temporaryFolder();
  const path = join(etc, name);
  writeFileSync(path, "{}");
  const file = await readConfigurationFile(etc, name);
  const edits = [{ file, content: { a: 1 } }];
  await writeConfigurationFiles(etc, edits);
  expect(await writeConfigurationFiles(etc, edits)).toEqual([`Updating server config in ${path}`]);
  const target = join(etc, "target.cfg");
  symlinkSync(target, join(etc, "link.cfg"));
  await writeConfigurationFiles(etc, [{ file: await readConfigurationFile(etc, "link.cfg"), content: { c: 2 } }]);
  expect(readFileSync(target, "utf8")).toBe('{\n    "c": 2\n}');
  expect(lstatSync(join(etc, "link.cfg")).isSymbolicLink()).toBe(true);
});

test("what somebody wrote meanwhile stays, and so does what is no JSON or cannot be read", async () => {
  const etc = temporaryFolder();
  const path = join(etc, name);
  writeFileSync(path, "{}");
  const file = await readConfigurationFile(etc, name);
  writeFileSync(path, "# theirs");
  await expect(writeConfigurationFiles(etc, [{ file, content: { a: 1 } }])).rejects.toThrow(
    "somebody edited it meanwhile",
  );
  await expect(readConfigurationFile(etc, name)).rejects.toThrow(`${path} is not a JSON object: mend it, or remove it`);
  expect(readFileSync(path, "utf8")).toBe("# theirs");
  expect(readdirSync(etc)).toEqual([name]);
  mkdirSync(join(etc, "folder.cfg"));
  await expect(readConfigurationFile(etc, "folder.cfg")).rejects.toThrow("folder.cfg cannot be read: ");
  const nowhere = join(etc, "none");
  const absent = await readConfigurationFile(nowhere, name);
  await expect(writeConfigurationFiles(nowhere, [{ file: absent, content: {} }])).rejects.toThrow(
    /none cannot be changed: /,
  );
});

import { chmodSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bundledNames } from "../../src/config/bundled-names.ts";
import { root, runPiped, temporaryFolder } from "../harness/program.ts";

const cluster = "clusters:\n  - id: c\n    hsms:\n      - { id: hsm-a, hostname: 10.9.0.1 }\n";

const denied = ": permission denied: make the file, and the folders above it, readable for this user";

async function open(file: string, home = temporaryFolder()) {
  const { status, stdout, stderr } = await runPiped({ words: [file], home }, "quit\n");
  return { status, stdout, stderr };
}

function refused(file: string, words: string) {
  return { status: 2, stdout: "", stderr: `cloudhsm_mgmt_util: ${file}${words}\n` };
}

test("a missing file, a folder and a file without end", async () => {
  const folder = temporaryFolder();
  const missing = join(folder, "none.yaml");
  expect(await open(missing)).toEqual(
    refused(
      missing,
      ": no such file: give the path of a YAML or .cfg configuration, or one of " + bundledNames.join(", "),
    ),
  );
  expect(await open(folder)).toEqual(refused(folder, ": is a folder: give the path of a file in it"));
  expect(await open("/dev/zero")).toEqual(refused("/dev/zero", ": is a device: give the path of a file"));
});

test("what comes with the program has names, and a file of that name is meant first", async () => {
  const yaml = readdirSync(join(root, "config")).filter((name) => name.endsWith(".yaml"));
  expect(bundledNames.map((name) => `${name}.yaml`).sort()).toEqual(yaml.sort());
  const folder = temporaryFolder();
  const start = async () => {
    const { stdout } = await runPiped({ words: ["new-cluster"], home: join(folder, "home"), folder }, "quit\n");
    return stdout;
  };
  expect(await start()).toContain("E2E enabled on server 0(10.2.1.14)\n");
  writeFileSync(join(folder, "new-cluster"), cluster);
  expect(await start()).toContain("E2E enabled on server 0(10.9.0.1)\n");
});

test("a path that leads nowhere", async () => {
  const folder = temporaryFolder();
  const plain = join(folder, "plain.yaml");
  writeFileSync(plain, cluster);
  const below = join(plain, "below.yaml");
  const circle = join(folder, "circle.yaml");
  symlinkSync(circle, circle);
  const long = join(folder, "x".repeat(256));
  const longPath = `${folder}/${"x/".repeat(2100)}c.yaml`;
  const noFile = ": no such file (a part of the path is a file, not a folder): give the path of a configuration";
  expect(await open(below)).toEqual(refused(below, noFile));
  expect(await open(circle)).toEqual(refused(circle, ": the links of the path form a loop: give the path of a file"));
  for (const path of [long, longPath]) {
    expect(await open(path)).toEqual(refused(path, ": the path is too long: give a shorter one"));
  }
});

test.skipIf(process.getuid?.() === 0)("a file that this user may not read", async () => {
  const file = join(temporaryFolder(), "locked.yaml");
  writeFileSync(file, cluster);
  chmodSync(file, 0o000);
  expect(await open(file)).toEqual(refused(file, denied));
});

test.skipIf(process.getuid?.() === 0)("a folder that this user may not enter", async () => {
  const folder = join(temporaryFolder(), "closed");
  mkdirSync(folder);
  chmodSync(folder, 0o000);
  const file = join(folder, "c.yaml");
  const answer = await open(file);
  chmodSync(folder, 0o700);
  expect(answer).toEqual(refused(file, denied));
});

test("a file that is not UTF-8", async () => {
  const file = join(temporaryFolder(), "latin1.yaml");
  writeFileSync(file, Buffer.from(`# ok\n# caf\u00e9\n${cluster}`, "latin1"));
  expect(await open(file)).toEqual(refused(file, ":2:6: this is not UTF-8: save the file as UTF-8"));
  writeFileSync(file, Buffer.from(`\uFEFF${cluster}`, "utf16le"));
  expect(await open(file)).toEqual(refused(file, ":1:1: this is not UTF-8: save the file as UTF-8"));
});

test("a byte order mark and CRLF do no harm, and keep lines and columns", async () => {
  const file = join(temporaryFolder(), "windows.yaml");
  writeFileSync(file, `\uFEFF${cluster}`.replaceAll("\n", "\r\n"));
  expect(await open(file)).toMatchObject({ status: 0, stderr: "" });
  writeFileSync(file, `\uFEFF${cluster.replace("10.9.0.1", "10")}`.replaceAll("\n", "\r\n"));
  expect(await open(file)).toEqual(refused(file, ":4:32: clusters[0].hsms[0].hostname must be text: put it in quotes"));
});

test("anchors and aliases spare writing users twice", async () => {
  const file = join(temporaryFolder(), "anchors.yaml");
  const users = "    users: &staff [{ id: 1, type: CO, name: admin, password: secret-1 }]\n";
  const second = "  - id: d\n    users: *staff\n    hsms: [{ id: hsm-b, hostname: 10.9.0.2 }]\n";
  writeFileSync(file, cluster.replace("    hsms", `${users}    hsms`) + second);
  const home = temporaryFolder();
  const { stdout } = await runPiped({ words: [file], home }, "loginHSM CO admin secret-1\nquit\n");
  expect(stdout).toContain("loginHSM success on server 1(10.9.0.2)\n");
});

test("lists in lists without end are told, and where", async () => {
  const file = join(temporaryFolder(), "deep.yaml");
  writeFileSync(file, `clusters: ${"[".repeat(100_000)}`);
  const { status, stderr } = await open(file);
  expect(status).toBe(2);
  expect(stderr).toMatch(/deep\.yaml:1:\d+: this is nested too deeply\n$/);
});

import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runPiped, temporaryFolder } from "../harness/program.ts";

const cluster = "clusters:\n  - id: c\n    hsms:\n      - { id: hsm-a, hostname: 10.9.0.1 }\n";

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
    refused(missing, ": no such file: give the path of a YAML or .cfg configuration"),
  );
  expect(await open(folder)).toEqual(refused(folder, ": is a folder: give the path of a file in it"));
  expect(await open("/dev/zero")).toEqual(refused("/dev/zero", ": too large for a configuration: 1 MiB at most"));
});

test.skipIf(process.getuid?.() === 0)("a file that this user may not read", async () => {
  const file = join(temporaryFolder(), "locked.yaml");
  writeFileSync(file, cluster);
  chmodSync(file, 0o000);
  expect(await open(file)).toEqual(refused(file, ": permission denied: make the file readable for this user"));
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

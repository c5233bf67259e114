import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import Database from "libsql";
import { expect, test } from "vitest";
import { auditLog, fileOf } from "../harness/audit.ts";
import { Conversation } from "../harness/conversation.ts";
import { type Start, lines, runPiped, temporaryFolder } from "../harness/program.ts";

const cluster = `
clusters:
  - id: cluster-a
    passwordCost: 10
    users:
      - { id: 1, type: CO, name: admin, password: co12345 }
      - { id: 3, type: CU, name: alice, password: alice12345 }
      - { id: 4, type: CU, name: bob, password: bobby12345 }
    keys: [{ handle: 100, type: AES, size: 256, owner: alice, sharedWith: [bob] }]
    hsms: [{ id: hsm-a, hostname: h0 }, { id: hsm-b, hostname: h1 }, { id: hsm-c, hostname: h2 }]
`;

/** A home that exists and holds no HSM. */
function emptyHome(text = cluster): Start {
  const folder = temporaryFolder();
  const config = join(folder, "cluster.yaml");
  writeFileSync(config, text);
  const home = join(folder, "home");
  mkdirSync(home);
  return { words: [config], home };
}

function makePipe(path: string): void {
  expect(spawnSync("mkfifo", [path]).status).toBe(0);
}

test("somebody else's database at the place of an HSM is left as it is", async () => {
  for (const version of [0, 7]) {
    const start = emptyHome();
    const file = fileOf(start.home, "h0");
    const theirs = new Database(file);
    theirs.exec(`CREATE TABLE photo (name); PRAGMA user_version = ${String(version)}`);
    theirs.close();

    const { status, stderr } = await runPiped(start, lines("quit"));
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: `cloudhsm_mgmt_util: ${start.words[0] ?? ""}:10:12: hsm-a cannot be created (${file}): is not the file of an HSM: remove it\n`,
    });
    const after = new Database(file);
    expect(after.prepare("SELECT name FROM sqlite_master").raw().all()).toEqual([["photo"]]);
    expect(after.pragma("journal_mode")).toEqual([{ journal_mode: "delete" }]);
    after.close();
  }
});

test("an HSM of another version of the program is not to be removed", async () => {
  const start = emptyHome();
  await runPiped(start, lines("quit"));
  const file = fileOf(start.home, "h1");
  const newer = new Database(file);
  newer.exec("PRAGMA application_id = 0x48534d04; PRAGMA wal_checkpoint(TRUNCATE)");
  newer.close();

  const { status, stderr } = await runPiped(start, lines("quit"));
  expect(status).toBe(1);
  expect(stderr).toContain(`${file} belongs to another version of this program: use that version`);
});

test("a named pipe keeps nobody waiting", async () => {
  const start = emptyHome();
  const pipe = fileOf(start.home, "h0");
  makePipe(pipe);
  const { status, stderr } = await runPiped(start, lines("quit"));
  expect(status).toBe(1);
  expect(stderr).toContain(`${pipe} is not the file of an HSM: remove it.`);

  rmSync(pipe);
  const approval = join(dirname(start.home), "approval");
  makePipe(approval);
  const { stdout } = await runPiped(start, lines("loginHSM CO admin co12345", `approveToken ${approval}`, "quit"));
  expect(stdout).toContain(`approveToken failed: ${approval} cannot be read: it is not an ordinary file\n`);
});

test("a link is no HSM: two servers would be one", async () => {
  const start = emptyHome();
  await runPiped(start, lines("quit"));
  const link = fileOf(start.home, "h1");
  rmSync(link);
  symlinkSync(fileOf(start.home, "h0"), link);
  const { status, stderr } = await runPiped(start, lines("quit"));
  expect(status).toBe(1);
  expect(stderr).toContain(`${link} is not the file of an HSM: remove it.`);
});

test("what is changed in an HSM whose file was named to a command is kept, whatever other shells do", async () => {
  const start = emptyHome();
  const shell = new Conversation(start);
  await shell.prompt();
  await shell.say("loginHSM CO admin co12345");
  const file = fileOf(start.home, "h0");
  const link = join(dirname(start.home), "link");
  symlinkSync(file, link);
  expect(await shell.say(`approveToken ${link}`)).toContain(`${link} cannot be read: it belongs to the HSMs\n`);
  expect(await shell.say(`findAllKeys 0 0 ${file}`)).toContain(`${file} cannot be written: it belongs to the HSMs\n`);
  await runPiped(start, lines("listUsers", "quit"));
  expect(await shell.command("createUser CU carol carol12345")).toContain("createUser success on server 0(h0)");
  shell.kill();
  await shell.end();
  const { stdout } = await runPiped(start, lines("listUsers"));
  expect(stdout.match(/\bcarol\b/g)).toHaveLength(3);
});

test("a configuration below a banner is read at once", async () => {
  for (const banner of ["#".repeat(80), "# ".repeat(500), "/**/".repeat(500)]) {
    const text = banner.startsWith("/")
      ? `${banner}{ "servers": [{ "hostname": "nobody" }] }`
      : `${banner}\n${cluster}`;
    const { stdout } = await runPiped(emptyHome(text), lines("quit"));
    expect(stdout).toContain(banner.startsWith("/") ? "'nobody'" : "disconnecting");
  }
  const unclosed = await runPiped(emptyHome(`{ "servers": ${'\\"'.repeat(500_000)}`), lines("quit"));
  expect(unclosed.status).toBe(2);
});

test("a home with a NUL in its name is refused at its place", async () => {
  const start = emptyHome(`home: "a\\0b"${cluster}`);
  const { status, stderr } = await runPiped({ ...start, environment: { CLOUDHSM_HOME: undefined } }, lines("quit"));
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: `cloudhsm_mgmt_util: ${start.words[0] ?? ""}:1:7: home must not contain control or invisible characters\n`,
  });
});

test("a name that was typed cannot hide what stands behind it in the audit log", async () => {
  const start = emptyHome();
  await runPiped(start, lines("loginHSM CU bob\0\u0085\u202e secret-1", "quit"));
  const event = auditLog(start.home, "h0").at(-1);
  expect(event?.text).toContain("User Name : bob???\nUser Type : CN_CRYPTO_USER (1)");
});

test("a server that cannot be rolled back keeps no other one from it", async () => {
  const start = emptyHome();
  const shell = new Conversation(start);
  await shell.prompt();
  for (const line of ["loginHSM CO admin co12345", "server 2", "deleteUser CU bob", "exit"]) await shell.say(line);
  expect(await shell.say("deleteUser CU bob")).toContain("deleteUser failed on server 2(h2)");
  rmSync(fileOf(start.home, "h1"));
  expect(await shell.say("B")).toBe(
    "deleteUser failed: HSM CLUSTER ERROR: Server in cluster is unavailable\n" +
      "deleteUser not rolled back on server 1(h1)\n" +
      "deleteUser rolled back on server 0(h0)\n" +
      "aws-cloudhsm>",
  );
  expect(existsSync(fileOf(start.home, "h1"))).toBe(false);
});

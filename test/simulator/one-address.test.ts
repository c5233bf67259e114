import { copyFileSync, linkSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fileOf } from "../harness/audit.ts";
import { Conversation } from "../harness/conversation.ts";
import { type Start, lines, runPiped } from "../harness/program.ts";
import { cluster, emptyHome } from "../harness/three-hsms.ts";

/** A home with the three HSMs. */
async function home(): Promise<Start> {
  const start = emptyHome();
  await runPiped(start, lines("quit"));
  return start;
}

/** The same home by a configuration that names no HSM, but servers only. */
function servers(start: Start, ...hostnames: readonly string[]): Start {
  const config = join(start.home, "..", "servers.cfg");
  writeFileSync(config, JSON.stringify({ servers: hostnames.map((hostname) => ({ hostname })) }));
  return { ...start, words: [config] };
}

test.each(["h0", "h9"])("an HSM with a hard link is refused by the name of %s", async (name) => {
  const start = await home();
  linkSync(fileOf(start.home, "h0"), fileOf(start.home, "h9"));
  const { status, stderr } = await runPiped(servers(start, name), lines("listUsers"));
  expect(status).toBe(1);
  expect(stderr).toContain(
    `${fileOf(start.home, name)} has a second name (a hard link), but an HSM may have only one: delete`,
  );
  rmSync(fileOf(start.home, "h9"));
  expect((await runPiped(start, lines("listUsers"))).stderr).toBe("");
});

test("a copy beside its HSM is refused at the start", async () => {
  const start = await home();
  copyFileSync(fileOf(start.home, "h0"), fileOf(start.home, "h9"));
  const { status, stderr } = await runPiped(servers(start, "h0", "h1", "h9"), lines("listUsers"));
  expect(status).toBe(2);
  expect(stderr).toContain(
    `${fileOf(start.home, "h0")} and ${fileOf(start.home, "h9")} are the same HSM, one of them a copy`,
  );
});

test.each(["h9", "h1"])("a copy alone at %s answers no request, and standard error says why, once", async (name) => {
  const start = await home();
  copyFileSync(fileOf(start.home, "h0"), fileOf(start.home, name));
  const { stdout, stderr } = await runPiped(servers(start, name, "h2"), lines("listUsers", "listUsers", "quit"));
  expect(stdout.match(/Server in cluster is unavailable\nlistUsers failed on server 0/g)).toHaveLength(2);
  expect(stdout.match(/Users on server 1\(h2\)/g)).toHaveLength(2);
  expect(stderr).toBe(
    `cloudhsm_mgmt_util: ${fileOf(start.home, name)}: the file at ${name}:2225 is a copy of hsm-a, which is at h0:2225: ` +
      "remove this file; a copy is a backup, to be put back under the same name\n",
  );
});

test("no HSM is created after a copy of another one", async () => {
  const start = await home();
  copyFileSync(fileOf(start.home, "h2"), fileOf(start.home, "h8"));
  const more = join(start.home, "..", "more.yaml");
  const clone = "  - { id: cluster-b, cloneOf: cluster-c, passwordCost: 10, hsms: [{ id: hsm-n, hostname: h7 }] }\n";
  const origin = "  - { id: cluster-c, passwordCost: 10, hsms: [{ id: hsm-o, hostname: h8 }] }\n";
  writeFileSync(more, cluster + origin + clone);
  const { status, stderr } = await runPiped({ ...start, words: [more] }, lines("quit"));
  expect(status).toBe(1);
  expect(stderr).toContain("the file at h8:2225 is a copy of hsm-c, which is at h2:2225");
});

test("a copy that is put back under its name is the HSM, also in a folder of another name", async () => {
  const start = await home();
  const file = fileOf(start.home, "h0");
  mkdirSync(join(start.home, "..", "backup"));
  copyFileSync(file, join(start.home, "..", "backup", "h0"));
  await runPiped(start, lines("loginHSM CO admin co12345", "createUser CU carol carol12345", "y", "quit"));
  for (const end of ["", "-wal", "-shm"]) rmSync(file + end, { force: true });
  copyFileSync(join(start.home, "..", "backup", "h0"), file);
  const moved = { ...start, home: `${start.home}-elsewhere` };
  renameSync(start.home, moved.home);
  const { stdout, stderr, status } = await runPiped(moved, lines("listUsers", "quit"));
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  expect(stdout.match(/\bcarol\b/g)).toHaveLength(2);
});

test("a file that is deleted under a session is told of once, with what to do", async () => {
  const start = await home();
  const shell = new Conversation(start);
  await shell.prompt();
  await shell.say("listUsers");
  const file = fileOf(start.home, "h1");
  rmSync(file);
  await shell.say("listUsers");
  await shell.say("info server 1");
  await shell.say("quit");
  expect((await shell.end()).stderr).toBe(
    `cloudhsm_mgmt_util: ${file}: was deleted or replaced: quit and start again, to work with what is there now\n`,
  );
});

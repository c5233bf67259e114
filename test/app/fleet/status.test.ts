import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "libsql";
import { expect, test } from "vitest";
import { fileOf } from "../../harness/audit.ts";
import { type Start, environmentOf, lines, root, runPiped, shipped, temporaryFolder } from "../../harness/program.ts";
import { Terminal } from "../../harness/terminal.ts";
import { emptyHome, shell } from "../../harness/three-hsms.ts";

const sim = join(root, "dist", "cloudhsm-sim.js");

/** Runs the fleet's program. */
function status(home: string, ...words: readonly string[]) {
  const env = environmentOf({ words: [], home });
  const {
    status: exit,
    stdout,
    stderr,
  } = spawnSync(process.execPath, [sim, "status", ...words], { env, encoding: "utf8" });
  return { exit, stdout, stderr };
}

test("it shows what each HSM holds and who is logged in, beside the shells, and forgets who has gone", async () => {
  const start = emptyHome();
  const [one, two] = [await shell(start, "loginHSM CO admin co12345"), await shell(start, "server 1")];
  await two.command("loginHSM CU alice alice12345");
  const { exit, stdout, stderr } = status(start.home);
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" });
  const [heading, h0, byAdmin, h1, ...others] = stdout.replaceAll(/shell [\da-f]{8}$/gm, "shell ?").split("\n");
  const admin = "    admin (CO) is logged in from shell ?";
  expect([heading, h0, byAdmin, h1]).toEqual([
    "cluster-a, 3 HSMs",
    "  h0:2225  hsm-a  3 users, 0 keys",
    admin,
    "  h1:2225  hsm-b  3 users, 0 keys",
  ]);
  // Those of one HSM are in the order of their sessions, which are drawn by lot.
  expect(others.slice(0, 2).sort()).toEqual([admin, admin.replace("admin (CO)", "alice (CU)")]);
  expect(others.slice(2)).toEqual(["  h2:2225  hsm-c  3 users, 0 keys", admin, ""]);
  one.kill();
  await two.command("quit");
  await two.end();
  expect(status(start.home).stdout).not.toContain("logged in");
});

test("clusters that were cloned from one backup name each other, and no other", async () => {
  const home = join(temporaryFolder(), "home");
  await runPiped({ words: [shipped("cloned-clusters.yaml")], home }, lines("quit"));
  await runPiped({ words: [shipped("keys.yaml")], home }, lines("quit"));
  const { clusters } = JSON.parse(status(home, "--json").stdout) as {
    readonly clusters: readonly {
      readonly id: string;
      readonly clones: readonly string[];
      readonly hsms: readonly object[];
    }[];
  };
  const clones = new Map(clusters.map(({ id, clones: others }) => [id, others]));
  expect([...clones.values()].map(({ length }) => length).sort()).toEqual([0, 1, 1]);
  for (const [id, others] of clones) for (const other of others) expect(clones.get(other)).toEqual([id]);
  expect(clusters.flatMap(({ hsms }) => hsms)).toContainEqual(
    expect.objectContaining({ hostname: "10.3.1.7", port: 2225, users: 3, tokenKeys: 0, logins: [] }),
  );
  const texts = JSON.stringify(clusters);
  expect(texts).not.toMatch(/mask|storage|scrypt/i);
});

test("what is no HSM is named with what fixes it, after those that are: status 1", async () => {
  const start = emptyHome();
  await runPiped(start, lines("quit"));
  writeFileSync(fileOf(start.home, "h1"), "nothing");
  const { exit, stdout } = status(start.home);
  expect(exit).toBe(1);
  expect(stdout).toContain("cluster-a, 2 HSMs\n");
  expect(stdout).toContain(`h1:2225: ${fileOf(start.home, "h1")} is not the file of an HSM: remove it.\n`);
});

test("an HSM whose records are damaged is named with what mends it, in both forms", async () => {
  const start = emptyHome();
  await runPiped(start, lines("quit"));
  const database = new Database(fileOf(start.home, "h1"));
  database.exec("DELETE FROM record WHERE collection = 'identity'");
  database.close();
  const reason = `${fileOf(start.home, "h1")}: a record is not as this program writes it: remove its -wal and -shm and put a backup`;
  expect(status(start.home).stdout).toContain(`\nh1:2225: ${reason}`);
  const { exit, stdout } = status(start.home, "--json");
  expect(exit).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    unusable: [{ hostname: "h1", port: 2225, reason: expect.stringContaining(reason) as string }],
  });
});

test("it changes no file, and makes no home", async () => {
  const start = emptyHome();
  await runPiped(start, lines("loginHSM CO admin co12345", "quit"));
  const before = readdirSync(start.home).map((name) => [
    name,
    name.endsWith(".hsm") && readFileSync(join(start.home, name)),
  ]);
  expect(status(start.home).exit).toBe(0);
  expect(
    readdirSync(start.home).map((name) => [name, name.endsWith(".hsm") && readFileSync(join(start.home, name))]),
  ).toEqual(before);
  const missing = join(temporaryFolder(), "missing");
  expect(status(start.home, "--home", missing)).toEqual({ exit: 0, stdout: `${missing} holds no HSM\n`, stderr: "" });
  expect(existsSync(missing)).toBe(false);
});

test("an HSM of the configuration that is not there yet is said to be, and is no mistake", async () => {
  const start = emptyHome();
  await runPiped(start, lines("quit"));
  const cfg = join(temporaryFolder(), "other.cfg");
  writeFileSync(cfg, JSON.stringify({ servers: ["h1", "h9"].map((hostname) => ({ hostname, port: 2225 })) }));
  const told = status(start.home, cfg);
  expect(told.exit).toBe(0);
  expect(told.stdout).toMatch(/\nh9:2225: not created yet\n$/);
  expect(JSON.parse(status(start.home, cfg, "--json").stdout)).toMatchObject({
    missing: [{ hostname: "h9", port: 2225 }],
  });
  expect(status(start.home).stdout).not.toContain("h9");
});

/** `cloudhsm-sim status` at a terminal. */
function atTerminal(start: Start, ...words: readonly string[]): Terminal {
  return new Terminal(start, { cols: 100, below: `exec "$1" '${sim}' status ${words.join(" ")}` });
}

test("at a terminal it is a table, with what is wrong in colour; --watch draws it anew until Ctrl-C", async () => {
  const start = emptyHome();
  const running = await shell(start, "loginHSM CO admin co12345");
  writeFileSync(fileOf(start.home, "x9"), "nothing");
  const once = atTerminal(start);
  expect(await once.end()).toBe(1);
  const [mark = ""] = /shell [\da-f]{8}/.exec(once.output) ?? [];
  const bare = once.output.replaceAll("\r\n", "\n").replaceAll("\u001b[1m", "").replaceAll("\u001b[22m", "");
  expect(bare.split("\n").slice(0, 3)).toEqual([
    "cluster-a, 3 HSMs",
    "HSM    address  state  users  keys  logged in",
    `hsm-a  h0:2225  up     3      0     admin (CO), ${mark}`,
  ]);
  expect(bare).toContain("\n\u001b[31mx9:2225: ");
  rmSync(fileOf(start.home, "x9"));
  const watching = atTerminal(start, "--watch");
  await watching.expect(`admin (CO), ${mark}`);
  await running.command("quit");
  await running.end();
  await watching.expect("3      0\u001b[K");
  watching.send("\u0003");
  expect(await watching.end()).toBe(0);
  // Long lines are broken again.
  expect(watching.output.lastIndexOf("\u001b[?7h")).toBeGreaterThan(watching.output.lastIndexOf("\u001b[?7l"));
}, 60_000);

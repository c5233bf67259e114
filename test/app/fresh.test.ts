import {
  cpSync,
  existsSync,
  linkSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "libsql";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { type Start, lines, runPiped, shipped, temporaryFolder } from "../harness/program.ts";
import { Terminal } from "../harness/terminal.ts";

const officer = "{ id: 1, type: CO, name: admin, password: co12345 }";
const login = "loginHSM CO admin co12345";
const files = ["h0_2225.hsm", "h1_2225.hsm", "h2_2225.hsm"];

interface Lived extends Start {
  readonly config: string;
  readonly file: (name: string) => string;
  /** The files of all HSMs, and which they are. */
  readonly inodes: () => readonly (readonly [string, number])[];
}

/**
 * Two configurations of one home, whose HSMs have a user more than their files say: h0 and h1 of one, h2 of the other.
 * Made once, and copied for each test.
 */
const model = mkdtempSync(join(tmpdir(), "cloudhsm-"));

beforeAll(async () => {
  const life = lines(login, "createUser CU alice alice12345", "y", "quit");
  const configurations = [
    ["one.yaml", "c", "{ id: hsm-a, hostname: h0 }, { id: hsm-b, hostname: h1 }"],
    ["other.yaml", "d", "{ id: hsm-z, hostname: h2 }"],
  ] as const;
  for (const [name, cluster, hsms] of configurations) {
    const config = join(model, name);
    writeFileSync(config, `clusters: [{ id: ${cluster}, passwordCost: 10, users: [${officer}], hsms: [${hsms}] }]\n`);
    expect(await runPiped({ words: [config], home: join(model, "home") }, life)).toMatchObject({ status: 0 });
  }
});

afterAll(() => {
  rmSync(model, { recursive: true });
});

function lived(): Lived {
  const folder = temporaryFolder();
  cpSync(model, folder, { recursive: true });
  const home = join(folder, "home");
  const config = join(folder, "one.yaml");
  const file = (name: string): string => join(home, name);
  const inodes = () =>
    readdirSync(home)
      .filter((name) => name.endsWith(".hsm"))
      .map((name) => [name, statSync(file(name)).ino] as const);
  return { config, words: ["--fresh", config], home, file, inodes };
}

/** The names of the users on the servers of a configuration. */
async function usersOf({ home, config }: Lived, words = [config]): Promise<readonly string[]> {
  const { stdout } = await runPiped({ home, words }, lines("listUsers", "quit"));
  return Array.from(stdout.matchAll(/^\s+\d+\s+C[OU]\s+(\w+)/gm), ([, name = ""]) => name);
}

describe("where nobody can be asked, --fresh needs --yes", () => {
  test("a pipe, -c and --file: refused in words with status 2, and nothing is deleted", async () => {
    const start = lived();
    const before = start.inodes();
    const script = join(start.home, "..", "script");
    writeFileSync(script, "y\nlistUsers\n");
    for (const words of [[], ["-c", "y"], ["--file", script], ["-f", "-"]]) {
      expect(await runPiped({ ...start, words: [...words, ...start.words] }, "y\n")).toMatchObject({
        status: 2,
        stdout: "",
        stderr:
          "cloudhsm_mgmt_util: --fresh deletes HSMs, but there is nobody to ask here: add --yes, or leave --fresh out\n",
      });
    }
    expect(start.inodes()).toEqual(before);
  });

  test("with it, the configuration starts over, and what is not its own stays", async () => {
    const start = lived();
    const [, , stranger] = start.inodes();
    // What a killed shell leaves.
    for (const end of ["-wal", "-shm", "-journal"]) writeFileSync(start.file(`h0_2225.hsm${end}`), "old");
    writeFileSync(start.file("notes"), "of mine");
    const { status, stderr } = await runPiped({ ...start, words: ["--yes", ...start.words] }, lines("quit"));
    expect(status).toBe(0);
    expect(stderr).toBe("cloudhsm_mgmt_util: --fresh deleted 2 HSMs: hsm-a at h0:2225, hsm-b at h1:2225\n");
    expect(await usersOf(start)).toEqual(["admin", "admin"]);
    expect(start.inodes()[2]).toEqual(stranger);
    expect(await usersOf(start, [join(start.home, "..", "other.yaml")])).toEqual(["admin", "alice"]);
    expect(readFileSync(start.file("notes"), "utf8")).toBe("of mine");
    const logs = readdirSync(start.home).filter((name) => /-(wal|shm|journal)$/.test(name));
    expect(logs.filter((name) => statSync(start.file(name)).size > 0)).toEqual([]);
  });

  test("what cannot be read starts over, and what is missing is made", async () => {
    const start = lived();
    const database = new Database(start.file("h0_2225.hsm"));
    database.exec("DELETE FROM record WHERE collection = 'identity'");
    database.close();
    rmSync(start.file("h1_2225.hsm"));
    const { status, stderr } = await runPiped({ ...start, words: ["--yes", ...start.words] }, lines("quit"));
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: "cloudhsm_mgmt_util: --fresh deleted 1 HSM: hsm-a at h0:2225\n",
    });
    expect(await usersOf(start)).toEqual(["admin", "admin"]);
  });

  test("a bundled configuration by its name, in the home that is named", async () => {
    const home = temporaryFolder();
    const start = { words: ["--yes", "--fresh", "--home", join(home, "named"), "quorum"], home };
    expect(await runPiped(start, lines("quit"))).toMatchObject({ status: 0, stderr: "" });
    const again = await runPiped(start, lines("quit"));
    expect(again.status).toBe(0);
    expect(again.stderr).toContain("--fresh deleted 2 HSMs: hsm-q3vd7xkzt2m at 10.6.1.14:2225, ");
  });
});

describe("at a terminal it asks first", () => {
  const question = "Delete them (y/n)?";

  async function asked(start: Start): Promise<Terminal> {
    const terminal = new Terminal(start, { cols: 200, below: '"$@"; echo status $?' });
    const text = await terminal.expect(question);
    expect(text).toContain(
      `--fresh deletes 2 HSMs in ${start.home}, with their users and keys, and creates them anew:`,
    );
    expect(text).toMatch(/hsm-a at h0:2225, which has been there since \d{4}-\d\d-\d\dT/);
    expect(text).toMatch(/hsm-b at h1:2225, which has been there since \d{4}-\d\d-\d\dT/);
    expect(text).not.toContain("hsm-z at");
    return terminal;
  }

  test("y deletes and creates them; other answers are asked for again; history stays, without the answer", async () => {
    const start = lived();
    const history = join(start.home, "state", "cloudhsm_mgmt_util", "history");
    const earlier = new Terminal({ ...start, words: [start.config] });
    await earlier.expect("aws-cloudhsm>");
    earlier.send("listUsers\rquit\r");
    expect(await earlier.end()).toBe(0);
    const before = readFileSync(history, "utf8");
    const terminal = await asked(start);
    terminal.send("what?\r");
    await terminal.expect(question);
    terminal.send("y\r");
    expect(await terminal.expect("--fresh deleted 2 HSMs")).toContain("y\r\ncloudhsm_mgmt_util: ");
    await terminal.expect("aws-cloudhsm>");
    terminal.send("listUsers\r");
    expect(await terminal.expect("server 1(h1)")).not.toContain("alice");
    terminal.send("quit\r");
    expect(await terminal.end()).toBe(0);
    expect(readFileSync(history, "utf8")).toContain(before.trimEnd());
    expect(readFileSync(history, "utf8")).not.toMatch(/^(y|what\?)$/m);
  });

  test.each([
    ["n", "n\r", 0],
    ["Ctrl-D", "\u0004", 0],
    ["Ctrl-C", "\u0003", 130],
  ])("%s deletes nothing, and ends", async (_, keys, status) => {
    const start = lived();
    const before = start.inodes();
    const terminal = await asked(start);
    terminal.send(keys);
    await terminal.expect("--fresh cancelled: nothing was deleted\r\n");
    await terminal.expect(`status ${String(status)}\r\n`);
    expect(terminal.output).not.toContain("aws-cloudhsm>");
    expect(start.inodes()).toEqual(before);
  });

  test("where nothing is there, there is nothing to ask", async () => {
    const home = temporaryFolder();
    const terminal = new Terminal({ words: ["--fresh", shipped("new-cluster.yaml")], home });
    await terminal.expect("aws-cloudhsm>");
    terminal.send("quit\r");
    expect(await terminal.end()).toBe(0);
    expect(terminal.output).not.toContain("(y/n)");
  });
});

describe("what it does not delete, it names, and deletes nothing else either", () => {
  async function refused(start: Lived, words: readonly string[] = start.words): Promise<string> {
    const before = start.inodes();
    const { status, stdout, stderr } = await runPiped({ ...start, words: ["--yes", ...words] }, lines("quit"));
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(start.inodes()).toEqual(before);
    return stderr;
  }

  test("an HSM that another shell has open, with or without a login", async () => {
    for (const typed of [login, "listUsers"]) {
      const start = lived();
      const shell = new Terminal({ ...start, words: [start.config] });
      await shell.expect("aws-cloudhsm>");
      shell.send(`${typed}\r`);
      await shell.expect("aws-cloudhsm>");
      expect(await refused(start)).toBe(
        "cloudhsm_mgmt_util: --fresh deleted nothing: another shell has hsm-a at h0:2225 open " +
          `(${start.file("h0_2225.hsm")}): quit that shell, then start again\n`,
      );
      shell.send("listUsers\r");
      expect(await shell.expect("aws-cloudhsm>")).toContain("alice");
      shell.send("quit\r");
      expect(await shell.end()).toBe(0);
    }
  });

  test("not the first, but another one that is open", async () => {
    const start = lived();
    const other = new Database(start.file("h1_2225.hsm"));
    onTestFinished(() => {
      other.close();
    });
    other.exec("SELECT count(*) FROM record");
    expect(await refused(start)).toContain("another shell has hsm-b at h1:2225 open");
    expect(await usersOf(start)).toEqual(["admin", "alice", "admin", "alice"]);
  });

  test.each<[string, string, (file: string, start: Lived) => void]>([
    [
      "another HSM",
      "another HSM is there already",
      (_, { config }) => {
        writeFileSync(config, readFileSync(config, "utf8").replace("hsm-b", "hsm-c"));
      },
    ],
    [
      "what is not an HSM",
      "is not the file of an HSM: remove it",
      (file) => {
        writeFileSync(file, "a letter");
      },
    ],
    [
      "a file with another name",
      "has a second name (a hard link)",
      (file) => {
        linkSync(file, `${file}.again`);
      },
    ],
  ])("%s", async (_, words, happen) => {
    const start = lived();
    happen(start.file("h1_2225.hsm"), start);
    expect(await refused(start)).toContain(words);
    expect(files.filter((name) => existsSync(start.file(name)))).toEqual(files);
  });

  test("a .cfg creates nothing", async () => {
    const start = lived();
    const stderr = await refused(start, ["--fresh", shipped("cloudhsm_mgmt_util.cfg")]);
    expect(stderr).toContain("only lists servers: --fresh needs the YAML file that the HSMs were created from\n");
  });

  test("a script that is missing", async () => {
    const start = lived();
    expect(await refused(start, ["--file", "missing", ...start.words])).toContain("--file missing: no such file");
  });
});

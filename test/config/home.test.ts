import { existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runPiped, temporaryFolder } from "../harness/program.ts";
import { Terminal } from "../harness/terminal.ts";

const hsm = "10.9.0.1_2225.hsm";

/** Where a start is told to keep things. */
interface Place {
  readonly option?: string;
  readonly head?: string;
  readonly [variable: string]: string | undefined;
}

/** A configuration that names `./named` as home, and every other home below the same folder. */
function candidates() {
  const folder = temporaryFolder();
  const file = join(folder, "cluster.yaml");
  const write = (head: string): void => {
    writeFileSync(file, `${head}clusters: [{ id: c, passwordCost: 10, hsms: [{ id: hsm-a, hostname: 10.9.0.1 }] }]\n`);
  };
  write("home: named\n");
  return { folder, file, write };
}

test("the home is what --home says, then CLOUDHSM_HOME, the file, XDG_STATE_HOME, ~/.local/state", async () => {
  const { folder, file, write } = candidates();
  const environment: Record<string, string | undefined> = {
    CLOUDHSM_HOME: join(folder, "variable"),
    XDG_STATE_HOME: join(folder, "xdg"),
    HOME: join(folder, "user"),
  };
  const livesIn = async (place: string, words: readonly string[]): Promise<void> => {
    expect(existsSync(join(folder, place, hsm))).toBe(false);
    const finished = await runPiped({ words, home: folder, environment }, "quit\n");
    expect(finished).toMatchObject({ status: 0, stderr: "" });
    expect(existsSync(join(folder, place, hsm))).toBe(true);
  };
  await livesIn("option", ["--home", join(folder, "option"), file]);
  await livesIn("variable", [file]);
  environment["CLOUDHSM_HOME"] = "";
  await livesIn("named", [file]);
  write("");
  await livesIn("xdg/cloudhsm_mgmt_util", [file]);
  environment["XDG_STATE_HOME"] = "relative/is/ignored";
  await livesIn("user/.local/state/cloudhsm_mgmt_util", [file]);
});

test("~/ is the folder of this user in --home, CLOUDHSM_HOME and home:, as in the names of files", async () => {
  const { folder, file, write } = candidates();
  write("home: ~/named/in/file\n");
  const environment = { HOME: join(folder, "user"), CLOUDHSM_HOME: undefined, XDG_STATE_HOME: join(folder, "xdg") };
  const start = (words: readonly string[], more: Record<string, string> = {}) =>
    runPiped({ words, home: folder, folder, environment: { ...environment, ...more } }, "quit\n");
  expect(await start(["--home", "~/option", file])).toMatchObject({ status: 0, stderr: "" });
  expect(await start([file], { CLOUDHSM_HOME: "~/variable" })).toMatchObject({ status: 0, stderr: "" });
  // Read, and then remembered.
  for (const time of ["first", "second"]) expect({ time, ...(await start([file])) }).toMatchObject({ status: 0 });
  for (const place of ["option", "variable", "named/in/file"]) {
    expect(existsSync(join(folder, "user", place, hsm))).toBe(true);
  }
  expect(readdirSync(folder).sort()).toEqual(["cluster.yaml", "user", "xdg"]);
});

test("a home that is no folder is refused before anything is created", async () => {
  const { folder, file, write } = candidates();
  write("");
  const environment = { CLOUDHSM_HOME: undefined, XDG_STATE_HOME: undefined, HOME: "" };
  const start = (words: readonly string[], more: Record<string, string> = {}) =>
    runPiped({ words, home: folder, environment: { ...environment, ...more } }, "quit\n");
  expect(await start([file])).toMatchObject({
    status: 2,
    stdout: "",
    stderr: "cloudhsm_mgmt_util: no folder for the HSMs: give --home <place>, or set CLOUDHSM_HOME\n",
  });
  expect(await start(["--home", "", file])).toMatchObject({
    status: 2,
    stderr: "cloudhsm_mgmt_util: --home is empty: name a folder, or the address of a database\n",
  });
  const unknown = "cloudhsm_mgmt_util: ~/hsms cannot be found because HOME is not set: write the folder out\n";
  expect(await start(["--home", "~/hsms", file])).toMatchObject({ status: 2, stderr: unknown });
  expect(await start([file], { CLOUDHSM_HOME: "~/hsms" })).toMatchObject({ status: 2, stderr: unknown });
  for (const other of ["~", "~hsm/hsms"]) {
    const stderr = `cloudhsm_mgmt_util: the folder of the HSMs may begin with ~/ but with no other ~: ${other}\n`;
    expect(await start(["--home", other, file])).toMatchObject({ status: 2, stderr });
    expect(await start([file], { CLOUDHSM_HOME: other })).toMatchObject({ status: 2, stderr });
  }
  expect(readdirSync(folder)).toEqual(["cluster.yaml"]);
});

test("a home that cannot hold HSMs: why, and what mends it", async () => {
  const { file } = candidates();
  for (const home of [file, join(file, "below")]) {
    const { status, stdout, stderr } = await runPiped({ words: ["--home", home, file], home }, "quit\n");
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(
      /^cloudhsm_mgmt_util: \S+ cannot hold the HSMs \(E\w+: .*\): name another folder with --home or CLOUDHSM_HOME\n$/,
    );
  }
});

const proc = "/proc/does-not-exist";

describe.skipIf(!existsSync("/proc/self"))("where making a folder answers that there is none", () => {
  test.each([
    ["--home", { option: proc }],
    ["home: in the YAML", { head: `home: ${proc}\n` }],
    ["CLOUDHSM_HOME", { CLOUDHSM_HOME: proc }],
    ["CLOUDHSM_HOME below", { CLOUDHSM_HOME: `${proc}/below/it` }],
    ["XDG_STATE_HOME", { XDG_STATE_HOME: proc }],
    ["HOME", { XDG_STATE_HOME: undefined, HOME: "/proc/self" }],
  ])("%s ends the start with a message", async (_, { option, head = "", ...variables }: Place) => {
    const { folder, file, write } = candidates();
    write(head);
    const words = option === undefined ? [file] : ["--home", option, file];
    const environment = { CLOUDHSM_HOME: undefined, XDG_STATE_HOME: folder, ...variables };
    const { status, stdout, stderr } = await runPiped({ words, home: folder, environment }, "quit\n");
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/^cloudhsm_mgmt_util: \/proc\/\S+ cannot hold the HSMs \(ENOENT: .*\): name another folder/);
  });

  test.each([{ XDG_STATE_HOME: proc }, { XDG_STATE_HOME: undefined, HOME: "/proc/self" }])(
    "%o: a session goes on without history and memory",
    async (environment) => {
      const { folder, file } = candidates();
      const home = join(folder, "home");
      for (const start of [
        { words: ["--home", home, file], home, environment },
        { words: [file], home, environment },
      ]) {
        const { status, stdout, stderr } = await runPiped(start, "listUsers\nquit\n");
        expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
        expect(stdout).toContain("disconnecting from servers");
      }
      const terminal = new Terminal({ words: [file], home, environment });
      await terminal.expect("aws-cloudhsm>");
      terminal.send("listUsers\r");
      await terminal.expect("aws-cloudhsm>");
      terminal.send("quit\r");
      expect(await terminal.end()).toBe(0);
    },
  );
});

test("only the owner can read what an HSM keeps", async () => {
  const { folder, file } = candidates();
  const home = join(folder, "private");
  await runPiped({ words: ["--home", home, file], home }, "loginHSM PRECO admin password\nquit\n");
  expect(statSync(home).mode & 0o777).toBe(0o700);
  expect(statSync(join(home, "sessions")).mode & 0o777).toBe(0o700);
  expect(readdirSync(home)).toContain(hsm);
  for (const name of readdirSync(home)) {
    const { mode } = statSync(join(home, name));
    expect([name, mode & 0o077]).toEqual([name, 0]);
  }
});

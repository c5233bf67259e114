import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { defaultConfiguration } from "../../src/config/home.ts";
import { root, runPiped, shipped, temporaryFolder } from "../harness/program.ts";
import { Terminal } from "../harness/terminal.ts";

const config = shipped("cluster.yaml");
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { readonly version: string };

/** Runs the program with these words; nothing, or `input`, is on standard input. */
async function run(words: readonly string[], input = "", home = temporaryFolder()) {
  const { status, stdout, stderr } = await runPiped({ words, home }, input);
  return { status, stdout, stderr };
}

/** Runs lines given with -c on cluster.yaml. */
const carryOut = (lines: readonly string[], options: readonly string[] = [], input = "") =>
  run([...options, ...lines.flatMap((line) => ["-c", line]), config], input);

describe("what this program is", () => {
  test("--version says that it is a simulator", async () => {
    const stdout = `cloudhsm_mgmt_util ${version} (a simulator, not the AWS tool)\n`;
    expect(await run(["--version"])).toEqual({ status: 0, stdout, stderr: "" });
  });

  test.each(["--help", "-h"])("%s says so too, and names every option and exit status", async (option) => {
    const { status, stdout, stderr } = await run([option]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("A simulator of AWS CloudHSM's cloudhsm_mgmt_util");
    expect(stdout).toContain("Not made by AWS");
    for (const word of [
      "--home",
      "--command",
      "--file",
      "--bail",
      "--yes",
      "--fresh",
      "--echo",
      "--summary",
      "--no-color",
      "--version",
      "128+N",
    ]) {
      expect(stdout).toContain(word);
    }
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test("on a terminal it says so at the start, with the configuration and the home", async () => {
    const home = temporaryFolder();
    const terminal = new Terminal({ words: [config], home }, { cols: 500, rows: 24 });
    await terminal.expect(`simulated HSMs of ${config} in ${home}; not for real keys\r\n`);
    await terminal.expect("aws-cloudhsm>");
    terminal.send("quit\r");
    expect(await terminal.end()).toBe(0);
  });
});

describe("words that are wrong: one line says so, status 2, and nothing is created", () => {
  const hint = "(cloudhsm_mgmt_util --help shows how to use it)\n";
  test.each([
    [["--bogus"], `cloudhsm_mgmt_util: unknown option '--bogus'\n${hint}`],
    [["--hom", "x"], `cloudhsm_mgmt_util: unknown option '--hom'\n(Did you mean --home?)\n${hint}`],
    [[config, "more"], `cloudhsm_mgmt_util: too many arguments. Expected 1 argument but got 2.\n${hint}`],
    [["--home"], `cloudhsm_mgmt_util: option '--home <place>' argument missing\n${hint}`],
    [
      ["--home", "--yes"],
      `cloudhsm_mgmt_util: option '--home <place>' argument '--yes' is invalid. It is an option, too: a value is missing.\n${hint}`,
    ],
    [["-c"], `cloudhsm_mgmt_util: option '-c, --command <line>' argument missing\n${hint}`],
    [
      ["-c", "quit", "-f", "x", config],
      `cloudhsm_mgmt_util: option '-c, --command <line>' cannot be used with option '-f, --file <script>'\n${hint}`,
    ],
    [[""], "cloudhsm_mgmt_util: the path of the configuration is empty\n"],
  ])("%j", async (words, stderr) => {
    const home = temporaryFolder();
    expect(await run(words, "", home)).toEqual({ status: 2, stdout: "", stderr });
    expect(readdirSync(home)).toEqual([]);
  });

  test("a script that is missing, or a folder", async () => {
    const folder = temporaryFolder();
    const mend = "give the path of a file with one command a line\n";
    const missing = join(folder, "none.txt");
    expect(await run(["-f", missing, config])).toEqual({
      status: 2,
      stdout: "",
      stderr: `cloudhsm_mgmt_util: --file ${missing}: no such file: ${mend}`,
    });
    expect(await run(["-f", folder, config])).toEqual({
      status: 2,
      stdout: "",
      stderr: `cloudhsm_mgmt_util: --file ${folder}: is a folder: ${mend}`,
    });
  });
});

describe("--command", () => {
  test("lines in order, with answers as further lines; standard input is left alone", async () => {
    const created = await carryOut(["loginHSM CO admin co12345", "createUser CU bob bob12345", "y"], [], "bogus\n");
    expect(created).toMatchObject({ status: 0, stderr: "" });
    expect(created.stdout).toContain("createUser success on server 2(10.0.1.12)\n");
    expect(created.stdout).not.toContain("Unknown command");
    expect(created.stdout).toMatch(/aws-cloudhsm>\ndisconnecting from servers, please wait\.\.\.\n$/);
  });

  test("a question behind the last line is answered by the end", async () => {
    const { stdout } = await carryOut(["loginHSM CO admin co12345", "createUser CU bob bob12345"]);
    expect(stdout).toContain("Do you want to continue(y/n)?createUser cancelled\n");
  });

  test("hidden passwords come from standard input", async () => {
    const hidden = ["loginHSM CO admin -hpswd", "createUser CU bob -hpswd", "y", "logoutHSM", "loginHSM CU bob -hpswd"];
    const { stdout } = await carryOut(hidden, [], "co12345\nbob12345\nbob12345\nbob12345\n");
    expect(stdout).toContain("createUser success on server 0(10.0.2.9)\n");
    expect(stdout.match(/loginHSM success on server 0/g)).toHaveLength(2);
    expect(stdout).not.toContain("12345");
  });
});

test("--file reads commands, answers and hidden passwords from one file, and leaves standard input alone", async () => {
  const script = join(temporaryFolder(), "script.txt");
  writeFileSync(script, "loginHSM CO admin -hpswd\r\nco12345\r\ncreateUser CU bob bob12345\r\ny\r\nlistUsers");
  const { status, stdout } = await run(["--file", script, config], "bogus\n");
  expect(status).toBe(0);
  expect(stdout).toContain("createUser success on server 2(10.0.1.12)\n");
  expect(stdout).toContain("Users on server 2(10.0.1.12):\nNumber of users found:6\n");
  expect(stdout).not.toContain("Unknown command");
});

describe("--bail ends the session at the first command that fails", () => {
  const login = "loginHSM CO admin co12345";
  test.each([
    ["an unknown command", ["bogus"]],
    ["wrong arguments", ["info server"]],
    ["a command of the other mode", ["exit"]],
    ["nobody logged in", ["createUser CU bob bob12345"]],
    ["a login that is refused", ["loginHSM CO admin wrong123"]],
    ["a request that is refused", [login, "deleteUser CU nobody", "I", "I", "I"]],
    ["a question answered n", [login, "createUser CU bob bob12345", "n"]],
    ["a server that there is not", ["server 9"]],
    ["a copy that is refused", [login, "server 0", "syncUser 77 1"]],
  ])("%s", async (_, lines) => {
    const failing = await carryOut([...lines, "info server 0"], ["--bail"]);
    expect(failing.status).toBe(1);
    expect(failing.stdout).not.toContain("LoginState");
    const going = await carryOut([...lines, "info server 0"]);
    expect(going.status).toBe(0);
  });

  test("and not where all go well", async () => {
    expect(await carryOut([login, "", "listUsers", "server 0", "exit"], ["--bail"])).toMatchObject({ status: 0 });
  });
});

describe("without a configuration", () => {
  test("the original's is taken where it is installed", () => {
    const installed = join(temporaryFolder(), "cloudhsm_mgmt_util.cfg");
    expect(defaultConfiguration(installed)).not.toBe(installed);
    writeFileSync(installed, "{}");
    expect(defaultConfiguration(installed)).toBe(installed);
    expect(defaultConfiguration(installed, { CLOUDHSM_CONFIG: "/elsewhere.cfg" })).toBe("/elsewhere.cfg");
    expect(defaultConfiguration(installed, { CLOUDHSM_CONFIG: "" })).toBe(installed);
  });

  test.skipIf(existsSync("/opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg"))("else the one of this program", async () => {
    const home = temporaryFolder();
    const { status, stdout, stderr } = await run([], "quit\n", home);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("E2E enabled on server 2(10.0.1.12)\n");
    const terminal = new Terminal({ words: [], home }, { cols: 500, rows: 24 });
    await terminal.expect(`simulated HSMs of ${config} in ${home}; not for real keys\r\n`);
    terminal.send("quit\r");
    expect(await terminal.end()).toBe(0);
  });
});

test.skipIf(process.platform !== "linux")("other users of the machine see no password of ours", async () => {
  const terminal = new Terminal({ words: [config], home: temporaryFolder() });
  await terminal.expect("aws-cloudhsm>");
  terminal.send("loginHSM CO admin -hpswd\rco12345\r");
  await terminal.expect("loginHSM success on server 2");
  const words = readFileSync(`/proc/${String(terminal.pid)}/cmdline`, "utf8").split("\0");
  expect(words.slice(1)).toEqual([join(root, "dist", "main.js"), config, ""]);
  terminal.send("quit\r");
  expect(await terminal.end()).toBe(0);
});

import { describe, expect, test } from "vitest";
import { commands } from "../harness/offered-commands.ts";
import type { Mode } from "../../src/cluster/cluster.ts";
import { withoutSecrets } from "../../src/shell/secrets.ts";
import { typedLine } from "../../src/shell/typed-line.ts";
import { users } from "../harness/backups.ts";
import { lines, runPiped } from "../harness/program.ts";
import { ScriptedShell } from "../harness/scripted-shell.ts";
import { TestedHsm } from "../harness/tested-hsm.ts";
import { emptyHome } from "../harness/three-hsms.ts";

/** A line as logs show it. */
function shownInLogs(mode: Mode, line: string): string {
  const typed = typedLine(commands, mode, line);
  return typed === undefined ? "" : withoutSecrets(commands, typed);
}

const hsm = await TestedHsm.with(users(["CO", "admin"], ["CU", "bob"]));
const secret = "Canary12345";

/** Lines that were meant for another command, are misspelt, or have a word too many or too few. */
const mistyped = [
  ...["loginHSM", "createUser", "changePswd", "logi", "create", "change", "LOGINHSM"].flatMap((name) => [
    `${name} CO admin ${secret}`,
    `${name} CO admin ${secret} ${secret}`,
    `${name} admin ${secret}`,
    `help ${name} CO admin ${secret}`,
    `server 0 ${name} CO admin ${secret}`,
    `listUsers ${name} CO admin ${secret}`,
  ]),
  ...["logo", "logoutHSM", "log", "loginHSN", "loginHSMCO", "lo", "login HSM", "quit", "exit", "info"].map(
    (name) => `${name} CO admin ${secret}`,
  ),
  `deleteUser CU bob ${secret}`,
  `syncUser 3 1 ${secret}`,
  `CO admin ${secret}`,
  `$ loginHSM CO admin ${secret}`,
  `aws-cloudhsm>loginHSM CO admin ${secret}`,
  `loginHSM CO admin ${secret} -2fa`,
  `loginHSM CO admin ${secret} -2fa a b`,
  `registerMofnPubKey CO m bob k.key ${secret}`,
  `registerMofnPubKey CO loginHSM admin ${secret}`,
  `findAllKeys 3 1 x ${secret}`,
  `# loginHSM CO admin ${secret}`,
];

test.each(mistyped)("the history does not keep %s", async (line) => {
  const shell = new ScriptedShell([hsm]);
  await shell.command(line, () => "n");
  await shell.command(`server 0`);
  await shell.command(line, () => "n");
  expect(shell.history.newestFirst.join("\n")).not.toContain(secret);
  expect(shell.history.newestFirst).toContain("server 0");
  expect(shell.history.newestFirst.filter((kept) => !memorable(kept))).toEqual([]);
});

/** Whether a line is what may be left of the mistyped ones. */
function memorable(kept: string): boolean {
  return kept === "server 0" || /^(?:logi|create|change|loginHSM|createUser|changePswd|LOGINHSM) CO admin $/.test(kept);
}

/** What failed, and what Up brings back of it. */
const failing: readonly (readonly [line: string, kept: string | undefined])[] = [
  [`loginHSM CO admin ${secret}`, "loginHSM CO admin "],
  [`loginHSM CU nobody ${secret}`, undefined],
  [`loginHSM PCO admin ${secret}`, "loginHSM PCO admin "],
  [`  logi\tCO  admin   ${secret}  `, "logi CO admin "],
  [`createUser CU bob ${secret}`, "createUser CU bob "],
  [`createUser CU dave ${secret}`, undefined],
  [`createUser CU bob ${secret} 1FA`, "createUser CU bob -hpswd 1FA"],
  [`changePswd CU bob ${secret}`, "changePswd CU bob "],
  [`changePswd CU bob ${secret} -2fa missing/nothing.json`, "changePswd CU bob -hpswd -2fa missing/nothing.json"],
  [`loginHSM CO admin ${secret} -2fa missing/nothing.json`, "loginHSM CO admin -hpswd -2fa missing/nothing.json"],
  // The name is a password, too; or the words have changed places.
  [`loginHSM CO ${secret} ${secret}`, undefined],
  [`loginHSM CO ${secret} ${secret} -2fa missing/nothing.json`, undefined],
  [`loginHSM CU ${secret} longest-name-of-all`, undefined],
  [`loginHSM CO ${secret} officer2 -2fa missing/nothing.json`, undefined],
  [`createUser CU ${secret} longest-name-of-all`, undefined],
  [`createUser CU ${secret} longest-name-of-all 1FA`, undefined],
  [`changePswd CU ${secret} longest-name-of-all`, undefined],
  [`changePswd CO ${secret} longest-name-of-all -2fa missing/nothing.json`, undefined],
  [`loginHSM CO ${secret} admin`, undefined],
  [`loginHSM ${secret} CO admin`, undefined],
  [`loginHSM admin ${secret} CO`, undefined],
  [`loginHSM co admin ${secret}`, undefined],
  [`createUser CU ${secret} dave`, undefined],
  [`changePswd bob ${secret} newpass1`, undefined],
  ["loginHSM CO admin loginHSM", undefined],
];

test.each(failing)("of %j, which failed, the history keeps %j", async (line, kept) => {
  const shell = new ScriptedShell([hsm]);
  const answer = await shell.command(line, (question) => (question.includes("y/n") ? "y" : "A"));
  expect(answer).toMatch(/fail|cancelled|cannot|no such/i);
  expect(shell.history.newestFirst).toEqual(kept === undefined ? [] : [kept]);
});

test("of a command with a password that did its work, the history keeps nothing", async () => {
  const shell = new ScriptedShell([await TestedHsm.with(users(["CO", "admin"]))]);
  await shell.type("loginHSM CO admin password");
  await shell.type(`createUser CU dave ${secret}`, "y");
  await shell.type(`changePswd CU dave ${secret}`, "y");
  expect(shell.history.newestFirst).toEqual([]);
  await shell.type(`createUser CU dave ${secret}`, "n");
  expect(shell.history.newestFirst).toEqual(["createUser CU dave "]);
});

test("the history keeps what fits its command and holds no password", async () => {
  const shell = new ScriptedShell([hsm]);
  const kept = ["help loginHSM", "loginHSM CO admin -hpswd", "deleteUser CU server", "info server 0", "info"];
  for (const line of kept) await shell.command(line, () => "I");
  expect(shell.history.newestFirst.toReversed()).toEqual(kept);
});

/** Commands that are refused, or ask for less, though two passwords for them follow. */
const refused = [
  "createUser CU bob -hpswd",
  "createUser CU bob -hpswd extra",
  "createUser CU -hpswd",
  "changePswd CU bob -hpswd",
  "creatUser CU bob -hpswd",
  "c CU bob -hpswd",
  "createUser CU bob -hpswd 2FA",
  "loginHSM CU bob -hpswd",
];

/** Words of a line with a password, of which some are in the wrong place, missing or too many. */
const wrongWords = [
  ...["CU Hidden12345 bob", "Hidden12345 CU bob", "Hidden12345 bob CU", "bob Hidden12345 CU", "bob CU Hidden12345"],
  ...["CU Hidden12345", "Hidden12345 bob", "bob Hidden12345", "Hidden12345", "CO Hidden12345 Hidden12345"],
  ...["CU bob Hidden12345 x", "CU bob x Hidden12345", "CU bob my Hidden12345 is", "cu bob Hidden12345"],
  ...["CU Hidden12345 -hpswd", "CU -hpswd Hidden12345", "Hidden12345 -hpswd", "-hpswd Hidden12345"],
  ...["CO Hidden12345 bob -2fa missing/no.json", "CO bob -2fa Hidden12345", "CO Hidden12345 -2fa missing/no.json"],
  ...["CU Hidden12345 bob 1FA", "CU bob 1FA Hidden12345", "CU Hidden12345 bob 2FA"],
];

/** Lines with a password that do not fit, or in which the words have changed places. */
const wrong = [
  ...[
    "loginHSM",
    "createUser",
    "changePswd",
    "logi",
    "CHANGE",
    "lgoinHSM",
    "creatUser",
    "server loginHSM",
    "listUsers x",
  ],
  ...["# loginHSM", "#changePswd", "$ loginHSM", "aws-cloudhsm>loginHSM", "help createUser"],
].flatMap((name) => wrongWords.map((words) => `${name} ${words}`));
wrong.push(
  ...["Hidden12345 loginHSM CU bob", "Hidden12345 CU bob", "Hidden12345 bob", "listUsers Hidden12345 loginHSM x"],
  ...["server Hidden12345 CU bob", "getUserInfo CU bob Hidden12345", "deleteUser CU bob Hidden12345"],
);

/** The lines of a text in which a password is, with those before: empty where there is none. */
function withContext(text: string): readonly string[] {
  const all = text.split("\n");
  return all.flatMap((line, at) =>
    line.includes("Hidden") ? [all.slice(Math.max(0, at - 3), at + 1).join("\n")] : [],
  );
}

/** What may stand in the place of a password, and is no line of a script. */
const passwords = ["Hidden12345", "Hidden 12345", "listUsers Hidden12345", "#Hidden12345", "server Hidden12345"];

describe("what may be a password is not repeated", () => {
  const run = (words: readonly string[], input: string) => {
    const start = emptyHome();
    return runPiped({ words: [...words, ...start.words], home: start.home }, input);
  };

  test.each(refused)("behind %s, on a pipe", async (line) => {
    const input = lines(line, "Hidden12345", ...passwords, "y", "quit");
    const { stdout, stderr } = await run(["--echo", "--summary"], input);
    expect(stdout).toContain("disconnecting");
    expect(stdout + stderr).not.toContain("Hidden");
  });

  test.each(refused)("behind %s, given with -c", async (line) => {
    const words = ["--summary", "--echo", ...[line, ...passwords].flatMap((each) => ["-c", each])];
    const { stdout, stderr } = await run(words, "");
    expect(stdout + stderr).not.toContain("Hidden");
  });

  test("nor the command that ended a session by --bail", async () => {
    const input = lines("loginHSM CO admin Hidden12345");
    const { status, stdout, stderr } = await run(["--bail"], input);
    expect(status).toBe(1);
    expect(stderr).toBe(
      "cloudhsm_mgmt_util: standard input:1: loginHSM CO *** ***: failed, and ended the session (--bail)\n",
    );
    expect(stdout).not.toContain("Hidden");
  });

  describe.each(["", "server 0"])("whatever words are wrong in a line with a password, after %j", (mode) => {
    const typed = lines(
      "loginHSM CO admin co12345",
      ...[mode].filter(Boolean),
      ...wrong.flatMap((line) => [line, "n", "n", "n"]),
      "quit",
    );

    test("on a pipe", async () => {
      const { stdout, stderr } = await run(["--echo", "--summary"], typed);
      expect(stdout).toContain("disconnecting");
      expect(withContext(stdout + stderr)).toEqual([]);
    });

    test("given with -c", async () => {
      const words = typed.split("\n").flatMap((line) => ["-c", line]);
      const { stdout, stderr } = await run(["--echo", "--summary", ...words], "");
      expect(stdout).toContain("disconnecting");
      expect(withContext(stdout + stderr)).toEqual([]);
    });
  });

  test.each(["loginHSM CU Hidden12345 bob", "lgoinHSM CU Hidden12345 bob", "logi CO admin my Hidden12345 -hpswd"])(
    "in the line that ends a session by --bail: %s",
    async (line) => {
      const { status, stdout, stderr } = await run(["--bail"], lines(line));
      expect(status).toBe(1);
      expect(stderr).toContain("ended the session");
      expect(withContext(stdout + stderr)).toEqual([]);
    },
  );

  test("to a person who is given hints, nor in the history", async () => {
    const shell = new ScriptedShell([hsm], undefined, true);
    for (const line of wrong) {
      expect(withContext(await shell.command(line, () => "n"))).toEqual([]);
    }
    expect(withContext(shell.history.newestFirst.join("\n"))).toEqual([]);
  });

  test("in what is shown of a line", () => {
    for (const mode of ["global", "server"] as const) {
      for (const line of wrong) expect(withContext(shownInLogs(mode, line))).toEqual([]);
    }
  });

  test("but a line without words of a command with a password is shown whole", () => {
    for (const line of [
      "deleteUser CU bob",
      "  info  server 0",
      "# rehearsal",
      "# create the users",
      "#",
      "help loginHSM",
    ]) {
      expect(shownInLogs("global", line)).toBe(line);
    }
  });

  test("but what stands behind another command is", async () => {
    const { stdout } = await run([], lines("info", "lstUsers", "quit"));
    expect(stdout).toContain("Unknown command: lstUsers. Did you mean listUsers?\n");
  });
});

test("no line that was mistyped brings a secret into JSON", async () => {
  const start = emptyHome();
  const options = ["--output", "json", "--yes", "--on-failure", "ignore"];
  // What stands where a file is named, or where nothing could be secret, is repeated, as it is in words.
  const shown = /^(?:findAllKeys 3 1|registerMofnPubKey CO loginHSM) /;
  const script = mistyped.filter((line) => !shown.test(line));
  const { stdout } = await runPiped({ ...start, words: [...options, ...start.words] }, lines(...script));
  expect(stdout.split("\n").length).toBeGreaterThan(40);
  expect(stdout).not.toContain(secret);
});

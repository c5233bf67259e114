import { describe, expect, test } from "vitest";
import { cluster, key, user, withMore } from "../harness/backups.ts";
import { runPiped, lines } from "../harness/program.ts";
import { ScriptedShell } from "../harness/scripted-shell.ts";
import { Terminal } from "../harness/terminal.ts";
import { TestedHsm } from "../harness/tested-hsm.ts";
import { emptyHome } from "../harness/three-hsms.ts";
import { commands } from "../harness/offered-commands.ts";
import { refusalHints } from "../../src/dialects/aws/refusal-hints.ts";
import { type ReturnCodeName, returnCodes } from "../../src/hsm/return-code.ts";

/** Two HSMs, the second of which has other users under the same IDs and names, and lacks one. */
async function twoHsms(): Promise<ScriptedShell> {
  const base = await cluster([user(1, "CO", "admin"), user(3, "CU", "alice"), user(9, "AU", "app_user")]);
  const keys = [key({ handle: 8, owner: "bob" })];
  const first = await withMore(base, [user(4, "CU", "bob"), user(5, "CU", "carol"), user(6, "CU", "dora")], keys);
  const second = await withMore(base, [user(5, "CU", "emil"), user(7, "CU", "dora")]);
  const hsms = [first, second].map((backup, at) => TestedHsm.with(backup, { hsmId: `hsm-${String(at)}` }));
  return new ScriptedShell(await Promise.all(hsms), commands, true);
}

const asOfficer = "loginHSM CO admin password";
const asUser = "loginHSM CU alice password";

/** What is typed, and a part of the one hint that it ends in. */
const cases: readonly (readonly [before: readonly string[], line: string, hint: string])[] = [
  [[], "createUser CU zoe secret-pw", "Log in first: loginHSM"],
  [[], "deleteUser CU bob", "Log in first: loginHSM"],
  [[asUser], "createUser CU zoe secret-pw", "Log in as a CO"],
  [[asUser], "deleteUser CU bob", "Log in as a CO"],
  [[asUser], "setMValue 3 2", "Log in as a CO"],
  [[asUser], "changePswd CU bob secret-pw", "log in as a CO to change someone else's"],
  [[asOfficer, "server 0"], "shareKey 8 3 1", "Log in as the CU who owns the key"],
  [[asOfficer, "server 0"], "setAttribute 8 3 x", "Log in as the CU who owns the key"],
  [[asOfficer], "createUser CU bad-name secret-pw", "a hyphen is not allowed"],
  [[asOfficer], "createUser CU zoe short", "7 to 32 characters"],
  [[asOfficer], "createUser cu zoe secret-pw", "CO (crypto officer) and CU"],
  [[asOfficer], "createUser CU alice secret-pw", "The name is taken"],
  [[asOfficer, "server 0"], "deleteUser CU bob", "findAllKeys <user ID> 0"],
  [[asOfficer], "deleteUser CO admin", "ask another CO"],
  [[asOfficer], "deleteUser CU nobody", "listUsers shows"],
  [[asOfficer], "deleteUser AU app_user", "cannot be deleted"],
  [[], "loginHSM CU nobody password", "No user has this name"],
  [[], "loginHSM CO alice password", "listUsers shows"],
  [[], "loginHSM XX alice password", "CO (a PCO too), CU, AU and PRECO"],
  [[], "loginHSM CU alice wrong-pw", "Five wrong passwords"],
  [new Array<string>(5).fill("loginHSM CU alice wrong-pw"), asUser, "changePswd <user-type>"],
  [[asOfficer, "server 0"], "syncUser 5 1", "The other server has a different user"],
  [[asOfficer, "server 0"], "syncUser 6 1", "The other server has a different user"],
  [[asOfficer, "server 0"], "syncUser 99 1", "listUsers shows"],
  [["server 0", asOfficer], "syncUser 4 1", "exit, then loginHSM"],
  [[asOfficer, "server 0"], "syncKey 8 1", "First syncUser <user ID> <server ID>"],
  [["server 0"], "getCert /nowhere/file 3", "Types: 1 (manufacturer)"],
  [[asOfficer, "server 1"], "getKeyInfo 8", "This server has no such key"],
  [["loginHSM CU bob password", "server 0"], "getAttribute 8 999", "listAttributes shows"],
  [["loginHSM CU bob password", "server 0"], "setAttribute 8 256 1", "help setAttribute"],
  [[asOfficer], "setMValue 3 5", "create more first"],
];

describe("a hint of ours ends a command that an HSM refused", () => {
  test.each(cases)("after %j: %s", async (before, line, hint) => {
    const shell = await twoHsms();
    for (const each of before) await shell.command(each);
    const said = await shell.command(line, (question) => (question.includes("y/n") ? "y" : "I"));
    const hints = said.split("\n").filter((each) => each.startsWith("Hint: "));
    expect(hints).toEqual([expect.stringContaining(hint)]);
    expect(said.endsWith(`${hints.join("")}\n`)).toBe(true);
  });

  test("and the last officers that a minimum takes are missed", async () => {
    const officers = [user(1, "CO", "admin"), user(2, "CO", "officer")];
    const hsm = await TestedHsm.with(await cluster(officers));
    const shell = new ScriptedShell([hsm], commands, true);
    await shell.command(asOfficer);
    expect(await shell.command("createUser CO third secret-pw", () => "y")).not.toContain("Hint");
    await shell.command("setMValue 4 2", () => "y");
    expect(await shell.command("deleteUser CO third", () => "I")).not.toContain("Hint");
    expect(await shell.command("deleteUser CO officer", () => "I")).toContain(
      "Hint: Server 0(hsm0) has 1 crypto officer left, but service 4 (MISC_CO) requires 2: ",
    );
  });
});

test("no hint has what scripts of others wait for", () => {
  const awaited =
    /success|failed|HSM Error|RET_|Enter |Re-enter |continue\(|R\/[IB]\/[AI]|CAUTION|aws-cloudhsm>|server\d>|already created|invalid user type|Invalid input|min pswd|user doesn't exist|Number of|Changing password|E2E|exiting/;
  const names = Object.keys(returnCodes) as ReturnCodeName[];
  const hints = commands.flatMap(({ name }) => names.map((code) => refusalHints.refusalHint(name, code) ?? ""));
  const ofOfficers = refusalHints.officersBelowMinimum("0(hsm0)", 1, { service: "USER_MGMT", minimum: 2 });
  expect([...hints, ofOfficers].filter((hint) => awaited.test(hint))).toEqual([]);
});

test("a person at a terminal sees hints below the answers, and can have them off", async () => {
  const start = emptyHome();
  for (const [environment, words, expected] of [
    [{ CLOUDHSM_HINTS: undefined }, [], true],
    [{ CLOUDHSM_HINTS: undefined }, ["--no-hints"], false],
    [{ CLOUDHSM_HINTS: "off" }, [], false],
  ] as const) {
    const terminal = new Terminal({ ...start, words: [...words, "--no-color", ...start.words], environment });
    await terminal.expect("aws-cloudhsm>");
    terminal.send("deleteUser CU bob\r");
    const refused = await terminal.expect("(R/B/I):");
    expect(refused).toMatch(/deleteUser failed on server 0\([^)]*\)\r\n\r\nRetry\/rollBack\/Ignore\?\(R\/B\/I\):$/);
    terminal.send("B\r");
    const after = await terminal.expect("aws-cloudhsm>");
    expect(after.includes("\nHint: Log in first: ")).toBe(expected);
    terminal.send("quit\r");
    await terminal.end();
  }
  const piped = await runPiped(
    { ...start, environment: { CLOUDHSM_HINTS: undefined } },
    lines("deleteUser CU bob", "B"),
  );
  expect(piped.stdout + piped.stderr).not.toContain("Hint");
});

test.each([80, 40, 20])("a hint breaks no word at a terminal of %i columns", async (cols) => {
  const { words, ...start } = emptyHome();
  const environment = { CLOUDHSM_HINTS: undefined };
  const terminal = new Terminal({ ...start, words: ["--no-color", ...words], environment }, { cols });
  await terminal.expect("aws-cloudhsm>");
  terminal.send("loginHSM CO admin nonsense\r");
  const said = await terminal.expect("LoginFailureCnt).\r\n");
  const hint = said.slice(said.indexOf("Hint: ")).trimEnd().split("\r\n");
  expect(hint.length).toBeGreaterThan(1);
  expect(hint.filter((line) => line.length >= cols)).toEqual([]);
  expect(hint.join(" ")).toBe(
    "Hint: Five wrong passwords lock a user on that HSM: listUsers shows the count (LoginFailureCnt).",
  );
});

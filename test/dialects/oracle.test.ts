import { describe, expect, test } from "vitest";
import { offeredOf } from "../../src/command/offer.ts";
import { commands as declared } from "../../src/commands/management/command-table.ts";
import { oracle } from "../../src/dialects/oracle/oracle.ts";
import { oracle as model } from "../../src/simulator/models/oracle.ts";
import { readUserTemplate } from "../../src/commands/files/user-template.ts";
import { cluster, key, user } from "../harness/backups.ts";
import { codeOf } from "../harness/return-codes.ts";
import { ScriptedShell } from "../harness/scripted-shell.ts";
import { TestedHsm, credentials } from "../harness/tested-hsm.ts";

const commands = offeredOf(oracle.offer, declared);
const quiet = (): void => undefined;

/** Two HSMs with an officer, and a crypto user on the first only. */
async function shell(): Promise<ScriptedShell> {
  const officer = user(1, "CO", "owner");
  const [first, second] = await Promise.all([cluster([officer, user(2, "CU", "carl")]), cluster([officer])]);
  const hsms = await Promise.all([first, second].map((content) => TestedHsm.with(content, { model })));
  return new ScriptedShell(hsms, commands, false, quiet, oracle);
}

/** Types a command, with answers in their order; gives what is written, prompts included. */
async function typed(on: ScriptedShell, ...lines: readonly string[]): Promise<readonly string[]> {
  return (await on.type(...lines)).split("\n").slice(0, -1);
}

const box = [
  "*************************CAUTION********************************",
  "This is a CRITICAL operation, should be done on all nodes in the",
  "cluster. KMS server does NOT synchronize these changes with the",
  "nodes on which this operation is not executed or failed, please",
  "ensure this operation is executed on all nodes in the cluster.",
  "****************************************************************",
];

describe("a password", () => {
  test("is asked for, and one word too many on the line", async () => {
    const on = await shell();
    expect(await typed(on, "loginHSM CO owner password")).toEqual([
      "cloudmgmt>loginHSM: unexpected argument after <Username>",
      "Usage: loginHSM <Usertype> <Username>",
    ]);
    expect(await typed(on, "createUser CU dave -hpswd")).toEqual([
      "cloudmgmt>createUser: unexpected argument after <Username>",
      "Usage: createUser <Usertype> <Username>",
    ]);
    expect(await typed(on, "loginHSM CO owner", "password")).toEqual([
      "cloudmgmt>Enter password:loginHSM success on server 0(hsm0)",
      "loginHSM success on server 1(hsm1)",
    ]);
  });

  test("is asked for twice before the box, and has 12 characters at the least", async () => {
    const on = await shell();
    await on.type("loginHSM CO owner", "password");
    expect(await typed(on, "createUser CU dave", "elevenchars", "elevenchars", "y", "A")).toEqual([
      `cloudmgmt>Enter password:Re-enter password:${box[0] ?? ""}`,
      ...box.slice(1),
      "Do you want to continue(y/n)?Creating User dave(CU) on 2 nodes",
      "createUser failed: HSM Error: min pswd len 12 and max pswd len 32",
      "creating user on server 0(hsm0) failed",
    ]);
    expect(await on.type("changePswd CO owner", "a-new-password", "another-password")).toContain(
      oracle.passwordsDiffer,
    );
  });

  test("is no reason to forget a line without one, and one in the place of the name is", async () => {
    const on = await shell();
    await on.type("loginHSM CO owner", "password");
    await on.type("loginHSM CO password1234", "password");
    await on.type("loginHSM CO owner password");
    expect(on.history.newestFirst).toEqual(["loginHSM CO owner"]);
  });
});

test("deleteUser shows the box without a question, and asks R/I/A after a failure", async () => {
  const on = await shell();
  await on.type("loginHSM CO owner", "password");
  expect(await typed(on, "deleteUser CU carl", "b", "I")).toEqual([
    `cloudmgmt>${box[0] ?? ""}`,
    ...box.slice(1),
    "Deleting user carl(CU) on 2 nodes",
    "deleteUser success on server 0(hsm0)",
    "deleteUser failed: HSM Error: This user doesn't exist",
    "deleteUser failed on server 1(hsm1)",
  ]);
});

test("help has names only, and explains a command in as few lines as the page does", async () => {
  const on = await shell();
  const listed = (await typed(on, "help")).map((line) => line.replace("cloudmgmt>", ""));
  const withPages =
    "help info server quit loginHSM logoutHSM listUsers createUser deleteUser changePswd findAllKeys getKeyInfo " +
    "getKeyDiffMap getAttribute listAttributes setAttribute setUserAttributes unlockCO unlockUser " +
    "storeFixedKey getUserInfo getChallenge";
  expect(listed).toEqual(withPages.split(" "));
  expect(await typed(on, "help loginHSM")).toEqual([
    "cloudmgmt>loginHSM <Usertype> <Username>",
    "Arguments",
    "*********",
    "Usertype: CO/CU/PRECO (for PCO, usertype should be CO)",
    "Description",
    "***********",
    "Login to the HSM. Password will be read in hidden mode.",
  ]);
});

const simulated = Object.entries(oracle.offer).filter(([key]) => key in declared);

test.each(simulated)("%s is offered with words that it has", (key, offered) => {
  const declaration = declared[key];
  const all = declaration?.({ modes: offered.modes, summary: "" }).parameters.map((parameter) => parameter.key);
  expect(all).toEqual(expect.arrayContaining([...Object.keys(offered.words ?? {}), ...(offered.without ?? [])]));
});

describe("a crypto user who owns keys", () => {
  test("is deleted with them, and other users' keys stay", async () => {
    const owners = [user(2, "CU", "carl"), user(3, "CU", "dora")];
    const keys = [key({ handle: 8, owner: "carl" }), key({ handle: 9, owner: "dora", sharedWith: ["carl"] })];
    const content = await cluster([user(1, "CO", "owner"), ...owners], keys);
    const tested = await TestedHsm.with(content, { model });
    const session = await tested.session("CO", "owner");
    await tested.hsm.users.delete(session, { type: "CU", name: "carl" });
    expect(await tested.hsm.keys.states(session)).toMatchObject([{ handle: 9, sharedWith: [] }]);
  });
});

test("officers leave alone whom they do not manage, until they do again", async () => {
  const { hsm, session } = await loggedIn();
  const carl = { type: "CU", name: "carl" };
  const renew = () => codeOf(hsm.users.changePassword(session, credentials("CU", "carl", "another-password")));
  await hsm.users.setSwitches(session, "carl", { managedByOfficers: false, wrap: false });
  expect(await renew()).toBe("NOT_AUTHORISED");
  expect(await codeOf(hsm.users.delete(session, carl))).toBe("NOT_AUTHORISED");
  expect(await codeOf(hsm.keys.give(session, 8, 3))).toBe("NOT_AUTHORISED");
  expect(await codeOf(hsm.keys.setAttribute(session, 8, 134, "1"))).toBe("NOT_AUTHORISED");
  await hsm.users.setSwitches(session, "carl", { managedByOfficers: true });
  expect(await renew()).toBe("SUCCESS");
  expect(await codeOf(hsm.keys.setAttribute(session, 8, 134, "1"))).toBe("SUCCESS");
  expect(await codeOf(hsm.keys.give(session, 8, 3))).toBe("SUCCESS");
  expect(await hsm.users.find("carl")).toMatchObject({
    switches: { managedByOfficers: true, wrap: false, sign: true },
  });
});

test("an unlocked user logs in with the password of before", async () => {
  const { hsm, session } = await loggedIn();
  for (let at = 0; at < model.limits.loginFailures; at++) {
    await codeOf(hsm.logins.login(credentials("CU", "carl", "wrong-password")));
  }
  await hsm.users.unlock(session, "carl");
  expect((await hsm.users.find("carl")).loginFailures).toBe(0);
  expect(await codeOf(hsm.users.unlock(session, "carl"))).toBe("USER_NOT_LOCKED");
  expect(await codeOf(hsm.logins.login(credentials("CU", "carl")))).toBe("SUCCESS");
});

const people = [user(1, "CO", "owner"), user(2, "CU", "carl"), user(3, "CU", "dora")];
const secretOfCarl = key({ handle: 8, owner: "carl", shape: { type: "GENERIC", size: 256 } });

/** An HSM on which an officer is logged in. */
async function loggedIn() {
  const tested = await TestedHsm.with(await cluster(people, [secretOfCarl]), { model });
  return { hsm: tested.hsm, session: await tested.session("CO", "owner") };
}

test.each([
  ["CKA_USER_SIGN\n0x00\n\nCKA_MANAGE_BY_CO\n0x01\n", { sign: false, managedByOfficers: true }],
  ["CKA_USER_WRAP\n0x02\n", "t:2: behind CKA_USER_WRAP, 0x01 or 0x00 is wanted"],
  ["CKA_USER_WRAP", "t:1: behind CKA_USER_WRAP, 0x01 or 0x00 is wanted"],
  ["CKA_SIGN\n0x01", "t:1: CKA_SIGN is no attribute of a user"],
  ["", "t is empty"],
])("a template %j is read, or refused with its line", (text, outcome) => {
  if (typeof outcome === "string") expect(() => readUserTemplate("t", text)).toThrow(outcome);
  else expect(readUserTemplate("t", text)).toEqual(outcome);
});

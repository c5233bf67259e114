import { beforeAll, expect, test } from "vitest";
import type { Backup } from "../../src/hsm/backup.ts";
import type { Hsm } from "../../src/hsm/hsm.ts";
import { Password } from "../../src/hsm/password.ts";
import type { ReturnCodeName } from "../../src/hsm/return-code.ts";
import { type UserType, userTypes } from "../../src/hsm/user.ts";
import { cluster, user, withMore } from "../harness/backups.ts";
import { inFile } from "../harness/keepers.ts";
import { codeOf } from "../harness/return-codes.ts";
import { TestedHsm, credentials } from "../harness/tested-hsm.ts";

/**
 * Who may do what: the user types across, "none" for nobody logged in. It is written from the AWS CloudHSM User
 * Guide ("hsm-users-permissions-table-cmu", createUser, changePswd, deleteUser, syncUser), not from the program.
 */
const table = `
                      none   PRECO  PCO    CO     CU     AU
  list                yes    yes    yes    yes    yes    yes
  information         yes    yes    yes    yes    yes    yes
  logout              login  yes    yes    yes    yes    yes
  change-own          login  yes    yes    yes    yes    yes
  create-PRECO        login  no     yes    yes    no     no
  create-PCO          login  no     yes    yes    no     no
  create-CO           login  no     yes    yes    no     no
  create-CU           login  no     yes    yes    no     no
  create-AU           login  no     never  never  no     no
  create-XX           login  no     never  never  no     no
  change-PRECO        login  no     yes    yes    no     no
  change-PCO          login  no     yes    yes    no     no
  change-CO           login  no     yes    yes    no     no
  change-CU           login  no     yes    yes    no     no
  change-AU           login  no     no     no     no     no
  delete-own          login  no     self   self   no     no
  delete-PRECO        login  no     yes    yes    no     no
  delete-PCO          login  no     yes    yes    no     no
  delete-CO           login  no     yes    yes    no     no
  delete-CU           login  no     yes    yes    no     no
  delete-AU           login  no     no     no     no     no
  extract-PRECO       login  no     yes    yes    no     no
  extract-PCO         login  no     yes    yes    no     no
  extract-CO          login  no     yes    yes    no     no
  extract-CU          login  no     yes    yes    no     no
  extract-AU          login  no     yes    yes    no     no
  insert              login  no     yes    yes    no     no
`;

const answers: Readonly<Record<string, ReturnCodeName>> = {
  yes: "SUCCESS",
  login: "NOT_LOGGED_IN",
  no: "INVALID_USER_TYPE",
  never: "UNKNOWN_USER_TYPE",
  self: "OWN_USER",
};

const [head = "", ...rows] = table.trim().split("\n");
const callers = head.trim().split(/ +/) as readonly (UserType | "none")[];
const cells = rows.flatMap((row) => {
  const [operation = "", ...words] = row.trim().split(/ +/);
  return callers.map((caller, c) => [operation, caller, words[c] ?? ""] as const);
});

/** Of each type one who asks, `co`, and one who is asked about, `other_co`. */
const asking = (type: UserType) => ({ id: userTypes.indexOf(type) + 1, name: type.toLowerCase() });
const other = (type: UserType) => ({ id: userTypes.indexOf(type) + 11, name: `other_${type.toLowerCase()}` });

let backup: Backup;
let everybody: Backup;
beforeAll(async () => {
  const users = userTypes.flatMap((type) => [asking(type), other(type)].map(({ id, name }) => user(id, type, name)));
  backup = await cluster(users);
  everybody = await withMore(backup, [user(99, "CU", "arriving")]);
});

/** Carries out one operation of the table. */
async function ask(hsm: Hsm, operation: string, caller: UserType | "none", session: number) {
  const [verb, what = ""] = operation.split("-");
  const type = what === "own" && caller !== "none" ? caller : (what as UserType);
  const { id, name } = what === "own" ? asking(caller === "none" ? "CO" : caller) : other(type);
  const fresh = new Password("another-password");
  switch (verb) {
    case "list":
      return hsm.users.list();
    case "information":
      return hsm.information();
    case "logout":
      return hsm.logins.logout(session);
    case "create":
      return hsm.users.create(session, { type: what, name: "created", password: fresh });
    case "change":
      return hsm.users.changePassword(session, {
        type: caller === "none" && what === "own" ? "CO" : type,
        name,
        password: fresh,
      });
    case "delete":
      return hsm.users.delete(session, { type: caller === "none" && what === "own" ? "CO" : type, name });
    case "extract":
      return hsm.users.extract(session, id);
    case "insert": {
      const source = await TestedHsm.with(everybody);
      return hsm.users.insert(session, await source.hsm.users.extract(await source.session("CO", "co"), 99));
    }
    default:
      throw new Error(`no such operation: ${operation}`);
  }
}

/** Each user with whether it can be logged in with the password of the beginning. */
async function state(tested: TestedHsm): Promise<readonly string[]> {
  const { hsm } = await tested.connect("onlooker");
  const users = await hsm.users.list();
  const lines = [];
  for (const { id, type, name } of users) {
    const code = await codeOf(hsm.logins.login(credentials(type, name)));
    lines.push(`${String(id)} ${type} ${name} ${code}`);
  }
  return lines;
}

/** What an operation that is carried out makes of the users. */
function changed(before: readonly string[], operation: string, caller: UserType | "none"): readonly string[] {
  const [verb, what = ""] = operation.split("-");
  const type = what === "own" ? caller : what;
  const name = what === "own" ? type.toLowerCase() : `other_${type.toLowerCase()}`;
  const line = (user: string) => user.includes(` ${name} `);
  switch (verb) {
    case "create":
      return [...before, `16 ${what} created LOGIN_FAILURE`];
    case "change":
      return before.map((user) =>
        line(user) ? user.replace("PRECO", "CO").replace("SUCCESS", "LOGIN_FAILURE") : user,
      );
    case "delete":
      return before.filter((user) => !line(user));
    case "insert":
      return [...before, "99 CU arriving SUCCESS"];
    default:
      return before;
  }
}

test("the table has a cell for every operation and every type", () => {
  expect(callers).toEqual(["none", ...userTypes]);
  expect(cells.map(([operation, caller, word]) => [operation, caller, word in answers])).toEqual(
    cells.map(([operation, caller]) => [operation, caller, true]),
  );
});

test.each(cells)("%s by %s: %s", async (operation, caller, word) => {
  const tested = await TestedHsm.with(backup, { keeper: inFile() });
  const before = await state(tested);
  const { hsm } = tested;
  const session = caller === "none" ? 0 : await tested.session(caller, caller.toLowerCase());
  expect(await codeOf(ask(hsm, operation, caller, session))).toBe(answers[word]);
  if (caller !== "none") await codeOf(hsm.logins.logout(session));
  expect(await state(tested)).toEqual(word === "yes" ? changed(before, operation, caller) : before);
});

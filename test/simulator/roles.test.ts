import { beforeAll, expect, test } from "vitest";
import type { Backup } from "../../src/simulator/cluster-image.ts";
import type { Hsm, SessionHandle } from "../../src/hsm/hsm.ts";
import { type UserType, userTypes } from "../../src/hsm/user.ts";
import { cluster, user, withMore } from "../harness/backups.ts";
import { factor, keyPair } from "../harness/key-pairs.ts";
import { codeOf } from "../harness/return-codes.ts";
import { overSocket } from "../harness/over-socket.ts";
import { TestedHsm, credentials } from "../harness/tested-hsm.ts";
import { type Cell, answers, readTable, rolesOfUsers } from "./role-tables.ts";

const { callers, cells } = readTable(rolesOfUsers);

/** Of each type one who asks, `co`, and one who is asked about, `other_co`. */
const asking = (type: UserType) => ({ id: userTypes.indexOf(type) + 1, name: type.toLowerCase() });
const other = (type: UserType) => ({ id: userTypes.indexOf(type) + 11, name: `other_${type.toLowerCase()}` });

let backup: Backup;
let tested: TestedHsm;
beforeAll(async () => {
  backup = await cluster(
    userTypes.flatMap((type) => [asking(type), other(type)].map(({ id, name }) => user(id, type, name))),
  );
  tested = await TestedHsm.with(backup);
});

/** Who asks, and whom it is about. */
interface Parties {
  readonly caller: UserType;
  readonly about: string;
  readonly target: { readonly id: number; readonly name: string };
}

/** Where nobody is logged in, an officer's own user is meant. */
function partiesOf({ caller: word, about }: Cell): Parties {
  const caller = userTypes.find((type) => type === word) ?? "CO";
  if (about === "own") return { caller, about: caller, target: asking(caller) };
  return { caller, about, target: other(about as UserType) };
}

/** Carries out one request of the table. */
async function ask(hsm: Hsm, cell: Cell, session: SessionHandle): Promise<unknown> {
  const { about, target } = partiesOf(cell);
  switch (cell.request) {
    case "identify":
      return hsm.identify();
    case "encrypt":
      return hsm.encrypt();
    case "certificate":
      return hsm.certificate(1);
    case "certificateRequest":
      return hsm.certificateRequest();
    case "storeCertificate":
      return hsm.storeCertificate(session, await hsm.certificate(4), 4);
    case "information":
      return hsm.information();
    case "logins.prepare":
      return hsm.logins.prepare(credentials("CU", "other_cu"));
    case "logins.challenge":
      return hsm.logins.challenge();
    case "logins.login":
      return hsm.logins.login(credentials("CU", "other_cu"));
    case "logins.logout":
      return hsm.logins.logout(session);
    case "logins.leave":
      return hsm.logins.leave(session);
    case "users.list":
      return hsm.users.list();
    case "users.find":
      return hsm.users.find("OTHER_CU");
    case "users.create":
      return hsm.users.create(session, credentials(about, "created"));
    case "users.create+2fa":
      return hsm.users.create(session, credentials(about, "created"), await factor({ hsm }, keyPair(0)));
    case "users.changePassword":
      return hsm.users.changePassword(session, credentials(about, target.name, "another-password"));
    case "users.delete":
      return hsm.users.delete(session, { type: about, name: target.name });
    case "users.setSwitches":
      return hsm.users.setSwitches(session, target.name, { sign: false });
    case "users.hash":
      return hsm.users.hash(session);
    case "users.unlock":
      return hsm.users.unlock(session, target.name);
    case "unlocking.challenge":
      return hsm.unlocking.challenge(session, target.name);
    case "unlocking.unlock":
      return hsm.unlocking.unlock(session, target.name, new Uint8Array());
    case "users.extract":
      return hsm.users.extract(session, target.id);
    case "users.insert": {
      const source = await TestedHsm.with(await withMore(backup, [user(99, "CU", "arriving")]));
      return hsm.users.insert(session, await source.hsm.users.extract(await source.session("CO", "co"), 99));
    }
    default:
      throw new Error(`no such request: ${cell.request}`);
  }
}

/** Each user with how a login with the password of the beginning ends. */
async function state(of: TestedHsm): Promise<readonly string[]> {
  const { hsm } = await of.connect("onlooker");
  const lines: string[] = [];
  for (const { id, type, name } of await hsm.users.list()) {
    const code = await codeOf(hsm.logins.login(credentials(type, name)));
    lines.push(`${String(id)} ${type} ${name} ${code}`);
  }
  return lines;
}

/** What a request that is carried out makes of the users. */
function changed(before: readonly string[], cell: Cell): readonly string[] {
  const { about, target } = partiesOf(cell);
  const isTarget = (line: string) => line.includes(` ${target.name} `);
  switch (cell.request) {
    case "users.create":
      return [...before, `16 ${about} created SUCCESS`];
    case "users.create+2fa":
      return [...before, `16 ${about} created SECOND_FACTOR_MISSING`];
    case "users.changePassword":
      return before.map((line) =>
        isTarget(line) ? line.replace("PRECO", "CO").replace("SUCCESS", "LOGIN_FAILURE") : line,
      );
    case "users.delete":
      return before.filter((line) => !isTarget(line));
    case "users.insert":
      return [...before, "99 CU arriving SUCCESS"];
    default:
      return before;
  }
}

test("the tables have a column for every type", () => {
  expect(callers).toEqual(["none", ...userTypes]);
});

test.each(cells)("$request of $about by $caller: $word", async (cell) => {
  const hsm = await tested.copy();
  const before = await state(hsm);
  const session = cell.caller === "none" ? 0 : await hsm.session(cell.caller, cell.caller.toLowerCase());
  const kept = await hsm.records();
  expect(await codeOf(ask(overSocket(hsm.hsm), cell, session))).toBe(answers[cell.word]);
  if (cell.word !== "yes") expect(await hsm.records()).toEqual(kept);
  // A user who is still logged in could not log in elsewhere to show its password.
  if (cell.caller !== "none") await codeOf(hsm.hsm.logins.logout(session));
  expect(await state(hsm)).toEqual(cell.word === "yes" ? changed(before, cell) : before);
});

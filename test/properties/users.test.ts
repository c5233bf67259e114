import fc from "fast-check";
import { expect, test } from "vitest";
import type { Server } from "../../src/cluster/server.ts";
import type { UserType } from "../../src/hsm/user.ts";
import { cluster, user as initialUser, withMore } from "../harness/backups.ts";
import { codeOf } from "../harness/return-codes.ts";
import { inPostgres, keepers } from "../harness/keepers.ts";
import { ScriptedShell } from "../harness/scripted-shell.ts";
import { TestedHsm, logIn } from "../harness/tested-hsm.ts";
import { Model, type ModelCommand, type ModelUser } from "./model.ts";

const user = (id: number, type: UserType, name: string, password: string) => {
  return { id, type, name, failures: 0, password } satisfies ModelUser;
};
const common = [
  user(1, "CO", "admin", "co12345"),
  user(2, "AU", "app_user", "appliance1"),
  user(3, "CU", "alice", "alice12345"),
];
const initial = [[...common, user(6, "PRECO", "bob", "password1")], common, common, common];

/** The HSMs of one cluster, out of step by a user. */
async function initialHsms(): Promise<readonly TestedHsm[]> {
  const empty = await cluster([]);
  return Promise.all(
    initial.map(async (users, server) => {
      const own = users.map(({ id, type, name, password }) => initialUser(id, type, name, password));
      return TestedHsm.with(await withMore(empty, own), { hsmId: `hsm-${String(server)}` });
    }),
  );
}

const passwords = ["co12345", "alice12345", "password1", "appliance1"];
const type = fc.constantFrom("CO", "CO", "CU", "CU", "CU", "PCO", "PCO", "PRECO", "AU", "co");
const name = fc.constantFrom("admin", "alice", "bob", "Bob", "carol", "carol", "dave", "app_user");
const password = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...passwords) },
  { weight: 1, arbitrary: fc.constantFrom("short", "x".repeat(33)) },
);
const server = fc.nat({ max: initial.length });
const goOn = fc.boolean();
const words = { type, name, password };

const adminLogsIn: ModelCommand = { kind: "login", type: "CO", name: "admin", password: "co12345" };
const aliceFails: ModelCommand = { kind: "login", type: "CU", name: "alice", password: "wrong12345" };

/** Some commands are likely to go well; the others are what comes. */
const command: fc.Arbitrary<ModelCommand> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(adminLogsIn) },
  { weight: 2, arbitrary: fc.constant(aliceFails) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("login" as const), ...words }) },
  { weight: 1, arbitrary: fc.constant<ModelCommand>({ kind: "logout" }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("create" as const), ...words, goOn }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("change" as const), ...words, goOn }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("delete" as const), type, name, goOn }) },
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant("sync" as const), id: fc.integer({ min: 3, max: 8 }), to: server }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("enter" as const), server }) },
  { weight: 2, arbitrary: fc.constant<ModelCommand>({ kind: "exit" }) },
);

/** Mostly an officer begins; without one, nearly everything is refused. */
const session = fc
  .tuple(fc.integer({ min: 0, max: 3 }), fc.array(command, { minLength: 1, maxLength: 40, size: "max" }))
  .map(([beginning, commands]) => (beginning > 0 ? [adminLogsIn, ...commands] : commands));

function line(given: ModelCommand): string {
  switch (given.kind) {
    case "login":
      return `loginHSM ${given.type} ${given.name} ${given.password}`;
    case "logout":
      return "logoutHSM";
    case "create":
      return `createUser ${given.type} ${given.name} ${given.password}`;
    case "change":
      return `changePswd ${given.type} ${given.name} ${given.password}`;
    case "delete":
      return `deleteUser ${given.type} ${given.name}`;
    case "sync":
      return `syncUser ${String(given.id)} ${String(given.to)}`;
    case "enter":
      return `server ${String(given.server)}`;
    case "exit":
      return "exit";
  }
}

function answer(given: ModelCommand, question: string): string {
  if (question.endsWith("(y/n)?")) return "y";
  if ("goOn" in given && given.goOn) return "i";
  return question.endsWith("(R/B/I):") ? "b" : "a";
}

/** Compares the users of an HSM, then whether each one's password, and no other, logs in. */
async function expectAgreement(server: Server, users: readonly ModelUser[]): Promise<void> {
  const hsm = await server.hsm();
  const listed = await hsm.users.list();
  expect(listed.map(({ id, type, name, loginFailures }) => ({ id, type, name, failures: loginFailures }))).toEqual(
    users.map(({ password: _, ...row }) => row),
  );
  for (const { type, name, password, failures } of users) {
    const locked = failures >= 5;
    expect(await codeOf(logIn(hsm, type, name, password))).toBe(locked ? "USER_LOCKED" : "SUCCESS");
    expect(await codeOf(logIn(hsm, type, name, "not this one"))).toBe(locked ? "USER_LOCKED" : "LOGIN_FAILURE");
  }
}

/** The audit log has no gap, and no password in it. */
async function expectNoSecrets({ store }: TestedHsm): Promise<void> {
  const events = await store.read((snapshot) => snapshot.events());
  expect(events.map(({ sequence }) => sequence)).toEqual([...events.keys()]);
  const log = events.map(({ text }) => text).join("\n");
  for (const secret of [...passwords, "wrong12345", "not this one"]) expect(log).not.toContain(secret);
}

/** How often: each command costs a database some ways to its server and back. */
const runs = (kind: string): number => (kind === "memory" ? 200 : 5);

test.each([...keepers, ...inPostgres()])(
  "after any commands, users and passwords are those of a plain model, in %s",
  async (kind, make) => {
    const created = await initialHsms();
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 4 }), session, async (count, commands) => {
        const hsms = await Promise.all(created.slice(0, count).map((hsm) => hsm.copy(make())));
        const real = new ScriptedShell(hsms);
        const model = new Model(initial.slice(0, count));
        for (const given of commands) {
          const said = await real.command(line(given), (question) => answer(given, question));
          expect(said).not.toContain("unexpected error");
          model.run(given);
        }
        const { servers, current } = real.cluster;
        expect(current?.id).toBe(model.current);
        expect(servers.map(({ login }) => login?.userId)).toEqual(model.hsms.map(({ login }) => login));
        for (const each of servers) await expectAgreement(each, model.hsms[each.id]?.users ?? []);
        for (const hsm of hsms) await expectNoSecrets(hsm);
      }),
      { numRuns: runs(kind) },
    );
  },
);

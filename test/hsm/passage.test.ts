import { expect, test } from "vitest";
import { passing } from "../../src/hsm/passage.ts";
import { type RequestName, requests } from "../../src/hsm/requests.ts";
import { HsmError } from "../../src/hsm/return-code.ts";
import { users } from "../harness/backups.ts";
import { overSocket } from "../harness/over-socket.ts";
import { codeOf, expectCode } from "../harness/return-codes.ts";
import { TestedHsm, credentials } from "../harness/tested-hsm.ts";

const staff = users(["CO", "admin"], ["CU", "alice"]);

test("every request of the table passes one place, by its name", async () => {
  const { hsm } = await TestedHsm.with(staff);
  const met: RequestName[] = [];
  const door = passing(hsm, ({ name }) => {
    met.push(name);
    return Promise.resolve(undefined);
  }) as unknown as Readonly<Record<string, unknown>>;
  for (const name of Object.keys(requests)) {
    const path = name.split(".");
    const method = path.reduce((part: unknown, key) => (part as Readonly<Record<string, unknown>>)[key], door);
    await (method as () => Promise<unknown>)();
  }
  expect(met).toEqual(Object.keys(requests));
});

test("an HSM has no other method than those of the table, but closing", async () => {
  const { hsm } = await TestedHsm.with(staff);
  const methods = Object.entries(hsm).flatMap(([name, part]: readonly [string, unknown]) =>
    typeof part === "function" ? [name] : Object.keys(part as object).map((method) => `${name}.${method}`),
  );
  const data = ["identity.id", "identity.clusterId"];
  expect(methods.filter((name) => !data.includes(name)).sort()).toEqual([...Object.keys(requests), "close"].sort());
});

/** A fault in ten lines: the second request of a name is refused, the third is carried out and its answer is lost. */
test("a fault meets a request by its name, wherever it is asked for", async () => {
  const tested = await TestedHsm.with(staff);
  const counts = new Map<RequestName, number>();
  const faulty = passing(tested.hsm, async ({ name, given }, carryOut) => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    if (name === "users.create" && count === 2) throw new HsmError("SERVER_UNAVAILABLE");
    const answer = await carryOut(given);
    if (name === "users.create" && count === 3) throw new HsmError("SERVER_UNAVAILABLE");
    return answer;
  });
  const session = await tested.session("CO", "admin");
  const create = (name: string) => codeOf(faulty.users.create(session, credentials("CU", name)));
  expect([await create("bob"), await create("carol"), await create("dave")]).toEqual([
    "SUCCESS",
    "SERVER_UNAVAILABLE",
    "SERVER_UNAVAILABLE",
  ]);
  expect((await faulty.users.list()).map(({ name }) => name)).toEqual(["admin", "alice", "bob", "dave"]);
});

test("a password is the same offer on both sides of a socket, and each side derives for itself", async () => {
  const [here, there] = [await TestedHsm.with(staff), await TestedHsm.with(staff)];
  const changed = credentials("CU", "alice", "another-one");
  await here.hsm.users.changePassword(await here.session("CO", "admin"), changed);
  await overSocket(there.hsm).users.changePassword(await there.session("CO", "admin"), changed);
  await expectCode(overSocket(here.hsm).logins.login(changed), "SUCCESS");
  await expectCode(overSocket(there.hsm).logins.login(changed), "SUCCESS");
  const [one, other] = await Promise.all([here, there].map(async (each) => (await each.records())["password"]?.at(1)));
  expect(one?.text).toBe(other?.text);
});

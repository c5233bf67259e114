import { describe, expect, onTestFinished, test } from "vitest";
import { createIn } from "../harness/created-home.ts";
import { isMissing } from "../harness/debian.ts";
import { PostgresServer } from "../harness/postgres-server.ts";
import { codeOf } from "../harness/return-codes.ts";
import { logIn } from "../harness/tested-hsm.ts";
import { offerPassword } from "../../src/hsm/password-offer.ts";
import type { Hsm } from "../../src/hsm/hsm.ts";
import { returnCodes } from "../../src/hsm/return-code.ts";
import { openHsm } from "../../src/simulator/simulated-hsm.ts";
import { conflicts } from "../../src/store/postgres/attempts.ts";
import { placeNamed } from "../../src/store/postgres/place.ts";
import { PostgresHome } from "../../src/store/postgres/postgres-home.ts";

/** How many there are at once, and for how many seconds; by hand, twenty for two minutes. */
const clients = Number(process.env["CLOUDHSM_TEST_CLIENTS"] ?? 6);
const seconds = Number(process.env["CLOUDHSM_TEST_SECONDS"] ?? 3);

const addresses = ["h0", "h1"].map((hostname) => ({ hostname, port: 2225 }));
const victims = Array.from({ length: 8 }, (_, at) => `victim${String(at)}`);
const officers = Array.from({ length: clients }, (_, at) => `officer${String(at)}`);
const people = [...officers.map((name) => ["CO", name]), ...victims.map((name) => ["CU", name])];
const listed = people.map(
  ([type = "", name = ""], at) => `      - { id: ${String(at + 1)}, type: ${type}, name: ${name}, password: password }`,
);
const cluster = `clusters:
  - id: c
    passwordCost: 10
    users:
${listed.join("\n")}
    hsms: [{ id: hsm-a, hostname: h0 }, { id: hsm-b, hostname: h1 }]
`;

/** How requests may end where others are at work: no more than one of these is told to anybody. */
const expected = new Set([
  "SUCCESS",
  "USER_EXISTS",
  "USER_NOT_FOUND",
  "OBJECT_CONFLICT",
  "LOGIN_FAILURE",
  "USER_LOCKED",
]);

/** What clients were told, by HSM, operation and user. */
class Told {
  readonly counts: Record<string, number> = {};

  async of(key: string, request: Promise<unknown>): Promise<void> {
    const code = await codeOf(request);
    expect(expected).toContain(code);
    if (code !== "SUCCESS" && code !== "LOGIN_FAILURE") return;
    const told = `${key} ${code}`;
    this.counts[told] = (this.counts[told] ?? 0) + 1;
  }
}

const draw = (below: number): number => Math.floor(Math.random() * below);

/** One client's work until the time is over: what it shares with others, and what is its own. */
async function work(hsms: readonly Hsm[], name: string, told: Told): Promise<void> {
  const sessions = await Promise.all(hsms.map(async (hsm) => (await logIn(hsm, "CO", name, "password")).session));
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) {
    const at = draw(hsms.length);
    const [hsm, session] = [hsms[at], sessions[at]];
    if (hsm === undefined || session === undefined) throw new Error("no HSM is drawn");
    const some = draw(2) === 0 ? `shared${String(draw(4))}` : `of_${name}_${String(draw(4))}`;
    const reference = { type: "CU", name: some };
    switch (draw(5)) {
      case 0:
      case 1:
        await told.of(
          `${String(at)} CN_CREATE_USER ${some}`,
          hsm.users.create(session, { ...reference, password: offerPassword("password") }),
        );
        break;
      case 2:
        await told.of(`${String(at)} CN_DELETE_USER ${some}`, hsm.users.delete(session, reference));
        break;
      case 3: {
        const victim = victims[draw(victims.length)] ?? "";
        await told.of(`${String(at)} CN_LOGIN ${victim}`, logIn(hsm, "CU", victim, "not this one"));
        break;
      }
      default: {
        const [source, target] = [hsms[0], hsms[1]];
        const found = await source?.users.find(some).catch(() => undefined);
        if (found === undefined || source === undefined || target === undefined) break;
        const masked = await source.users.extract(sessions[0] ?? 0, found.id).catch(() => undefined);
        if (masked === undefined) break;
        await told.of(`1 CN_INSERT_MASKED_OBJECT_USER ${some}`, target.users.insert(sessions[1] ?? 0, masked));
      }
    }
  }
}

interface Event {
  readonly opcode: string;
  readonly response: number;
  readonly user?: { readonly name: string };
}

describe.skipIf(isMissing("postgresql"))("many clients of one fleet", () => {
  const server = PostgresServer.started({ max_connections: "400" });

  test("leave what some order of their requests leaves, and none is told of another one as a failure", async () => {
    const address = server.newHome();
    const enter = (): PostgresHome => {
      const home = new PostgresHome(placeNamed(address));
      onTestFinished(() => home.close());
      return home;
    };
    await createIn(enter(), cluster);
    const told = new Told();
    const before = conflicts.count;
    await Promise.all(
      officers.map(async (officer) => {
        const home = enter();
        const clock = (): number => Date.now() * 1000;
        const open = (at: (typeof addresses)[number]) =>
          openHsm(home.open(at), { clock, presence: home.presence, address: at });
        await work(await Promise.all(addresses.map(open)), officer, told);
      }),
    );

    const counted: Record<string, number> = {};
    const home = enter();
    let requests = 0;
    for (const [at, where] of addresses.entries()) {
      const store = await home.open(where);
      const events = await store.read((snapshot) => snapshot.events());
      expect(events.map(({ sequence }) => sequence)).toEqual([...events.keys()]);
      requests += events.length;
      const present = new Set<string>();
      const failures = new Map(victims.map((victim) => [victim, 0]));
      for (const { opcode, response, user: about } of events.map(({ text }) => JSON.parse(text) as Event)) {
        const name = about?.name ?? "";
        const code = response === 0 ? "SUCCESS" : "LOGIN_FAILURE";
        if (response !== 0 && response !== returnCodes.LOGIN_FAILURE.code) continue;
        if (
          /^(?:shared|of_)|^CN_LOGIN victim/.test(opcode === "CN_LOGIN" ? `CN_LOGIN ${name}` : name) &&
          opcode !== "CN_EXTRACT_MASKED_OBJECT_USER"
        ) {
          const key = `${String(at)} ${opcode} ${name} ${code}`;
          counted[key] = (counted[key] ?? 0) + 1;
        }
        if (code === "LOGIN_FAILURE") failures.set(name, (failures.get(name) ?? 0) + 1);
        else if (opcode === "CN_CREATE_USER") {
          expect(present).not.toContain(name);
          present.add(name);
        } else if (opcode === "CN_DELETE_USER") expect(present.delete(name)).toBe(true);
        else if (opcode === "CN_INSERT_MASKED_OBJECT_USER") present.add(name);
      }
      const hsm = await openHsm(Promise.resolve(store), { clock: () => Date.now() * 1000, presence: home.presence });
      const left = await hsm.users.list();
      const made = left.map(({ name }) => name).filter((name) => /^(?:shared|of_)/.test(name));
      expect(made.sort()).toEqual([...present].filter((name) => /^(?:shared|of_)/.test(name)).sort());
      for (const { name, loginFailures } of left)
        expect([name, loginFailures]).toEqual([name, failures.get(name) ?? 0]);
    }
    expect(counted).toEqual(told.counts);
    console.log(
      `${String(clients)} clients: ${String(requests)} requests in ${String(seconds)} s; ${String(conflicts.count - before)} conflicts`,
    );
  });
});

import { describe, onTestFinished, test } from "vitest";
import { Told, expectExplained } from "../harness/told-clients.ts";
import { createIn } from "../harness/created-home.ts";
import { isMissing } from "../harness/debian.ts";
import { PostgresServer } from "../harness/postgres-server.ts";
import { codeOf } from "../harness/return-codes.ts";
import { logIn } from "../harness/tested-hsm.ts";
import { offerPassword } from "../../src/hsm/password-offer.ts";
import type { Hsm } from "../../src/hsm/hsm.ts";
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

/** Tells what a request ended with. */
async function tell(told: Told, request: Parameters<Told["add"]>[0], carriedOut: Promise<unknown>): Promise<void> {
  told.add(request, await codeOf(carriedOut));
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
        await tell(
          told,
          { at, opcode: "CN_CREATE_USER", user: some },
          hsm.users.create(session, { ...reference, password: offerPassword("password") }),
        );
        break;
      case 2:
        await tell(told, { at, opcode: "CN_DELETE_USER", user: some }, hsm.users.delete(session, reference));
        break;
      case 3: {
        const victim = victims[draw(victims.length)] ?? "";
        await tell(told, { at, opcode: "CN_LOGIN", user: victim }, logIn(hsm, "CU", victim, "not this one"));
        break;
      }
      default: {
        const [source, target] = [hsms[0], hsms[1]];
        const found = await source?.users.find(some).catch(() => undefined);
        if (found === undefined || source === undefined || target === undefined) break;
        const masked = await source.users.extract(sessions[0] ?? 0, found.id).catch(() => undefined);
        if (masked === undefined) break;
        const request = { at: 1, opcode: "CN_INSERT_MASKED_OBJECT_USER", user: undefined };
        await tell(told, request, target.users.insert(sessions[1] ?? 0, masked));
      }
    }
  }
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

    const requests = await expectExplained(enter(), addresses, { victims, told });
    console.log(
      `${String(clients)} clients: ${String(requests)} requests in ${String(seconds)} s; ${String(conflicts.count - before)} conflicts`,
    );
  });
});

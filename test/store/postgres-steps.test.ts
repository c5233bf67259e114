import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ChangingRequest, changingRequests, originals } from "../harness/changing-requests.ts";
import { isMissing } from "../harness/debian.ts";
import { inHome } from "../harness/keepers.ts";
import { type Disturbance, PostgresRoad, type Speaker } from "../harness/postgres-road.ts";
import { PostgresServer } from "../harness/postgres-server.ts";
import { codeOf } from "../harness/return-codes.ts";
import { Shells } from "../harness/shells.ts";
import { type TestedHsm, credentials } from "../harness/tested-hsm.ts";
import type { ReturnCodeName } from "../../src/hsm/return-code.ts";
import { openHsm } from "../../src/simulator/simulated-hsm.ts";
import type { Store } from "../../src/store/store.ts";
import { conflicts } from "../../src/store/postgres/attempts.ts";
import { placeNamed } from "../../src/store/postgres/place.ts";
import { PostgresHome } from "../../src/store/postgres/postgres-home.ts";

/** Whether all is tried at each step, and not one thing in turn: that takes some times as long. */
const triesAll = process.env["CLOUDHSM_EVERY_FAULT"] === "1";

/** What is written anew each time, so that only how much of it there is can be compared. */
const drawn = new Set(["session", "token", "password", "keyMaterial"]);

/** Before what somebody says something happens. */
type Trial = readonly [Speaker, Disturbance];

/** What an HSM keeps, but for what is drawn. */
async function stateOf(store: Store): Promise<unknown> {
  return store.read(async (snapshot) => {
    const names = [...(await snapshot.collections())].sort();
    const records = await Promise.all(
      names.map(async (name) => {
        const listed = await snapshot.list(name);
        return [name, drawn.has(name) ? listed.length : listed];
      }),
    );
    const events = (await snapshot.events()).map(({ sequence, text }) => {
      const { session: _, ...event } = JSON.parse(text) as Record<string, unknown>;
      return { ...event, sequence };
    });
    expect(events.map(({ sequence }) => sequence)).toEqual([...events.keys()]);
    return { records, events };
  });
}

describe.skipIf(isMissing("postgresql"))("each request that changes an HSM", () => {
  const server = PostgresServer.started({ fsync: "on" });
  const road = new PostgresRoad(server);
  const home = new PostgresHome(placeNamed(road.home("steps")));
  const onlooker = new pg.Client({ host: server.folder, user: "postgres", database: "postgres", lock_timeout: 20 });
  let one: TestedHsm;
  let requests: readonly ChangingRequest[] = [];
  let made = 0;

  beforeAll(async () => {
    const found = await originals();
    one = found.one;
    requests = await changingRequests(found.other);
    await onlooker.connect();
  });
  afterAll(async () => {
    await home.close();
    await onlooker.end();
  });

  const cut: Disturbance = () => Promise.resolve("cut");
  const killBackend: Disturbance = async (backend) => {
    await onlooker.query("SELECT pg_terminate_backend($1, 5000)", [backend]);
    return "go on";
  };
  /** Another transaction that changes the same HSM, and does not wait for its turn as shells do. */
  const meet = async (): Promise<"go on"> => {
    // Once the request has the row, it comes first.
    await onlooker
      .query("UPDATE steps.place SET changes = changes WHERE hostname = $1", [`h${String(made)}`])
      .catch((error: unknown) => {
        expect(error).toMatchObject({ code: "55P03" });
      });
    return "go on";
  };
  const disturbances: readonly [Trial, ...Trial[]] = [
    ["client", cut],
    ["client", meet],
    ["server", cut],
    ["client", killBackend],
  ];

  /** An HSM in the home, on which the request is asked once; what came of it. */
  async function carryOut(request: ChangingRequest, speaker?: Speaker, at = 0, disturb = cut) {
    const tested = await one.copy(inHome(home, `h${String(++made)}`));
    const session = await tested.session(request.caller === "admin" ? "CO" : "CU", request.caller);
    const given = await request.before?.({ tested, session });
    const before = await stateOf(tested.store);
    road.watch(speaker === undefined ? undefined : { speaker, at, disturb });
    const code = await codeOf(request.ask({ tested, session }, given));
    const { said } = road;
    road.watch();
    road.isClosed = false;
    return { code, said, before, after: await stateOf(tested.store) };
  }

  test("is done once and answered, whatever happens to its connection at one step, and whom it meets", async () => {
    let steps = 0;
    for (const [at, request] of requests.entries()) {
      const undisturbed = await carryOut(request);
      for (let step = triesAll ? 0 : at % 6; step < undisturbed.said.client; step += triesAll ? 1 : 6) {
        const chosen = triesAll ? disturbances : [disturbances[(step + at) % disturbances.length] ?? disturbances[0]];
        for (const [speaker, disturb] of chosen) {
          const { code, after } = await carryOut(request, speaker, step, disturb);
          const where = `${request.name}, at step ${String(step)} of the ${speaker}, ${disturb.name}`;
          expect({ where, code, after }).toEqual({ where, code: undisturbed.code, after: undisturbed.after });
          steps++;
        }
      }
    }
    console.log(`${String(steps)} steps of ${String(requests.length)} requests`);
  });

  test("whose first attempt meets another transaction has the same outcome, and nobody is told of it", async () => {
    const before = conflicts.count;
    for (const request of requests) {
      const undisturbed = await carryOut(request);
      const earlier = conflicts.count;
      // Three statements are left then: what is written, the commit, the end of its turn.
      const { code, after } = await carryOut(request, "client", undisturbed.said.client - 3, meet);
      expect({ request, code, after }).toEqual({ request, code: undisturbed.code, after: undisturbed.after });
      expect([request.name, conflicts.count - earlier]).toEqual([request.name, 1]);
    }
    console.log(
      `${String(conflicts.count - before)} of ${String(requests.length)} requests met another transaction and ran again`,
    );
  });

  test("that a fault refuses is refused though its first attempt meets another transaction", async () => {
    const refused = async (at?: number) => {
      const tested = await one.copy(inHome(home, `h${String(++made)}`));
      let left: ReturnCodeName | undefined = "USER_LOCKED";
      const refusal = (): ReturnCodeName | undefined => {
        const code = left;
        left = undefined;
        return code;
      };
      const surroundings = { clock: () => tested.time, presence: new Shells().presenceOf("refused"), refusal };
      const hsm = await openHsm(Promise.resolve(tested.store), surroundings);
      road.watch(at === undefined ? undefined : { speaker: "client", at, disturb: meet });
      const code = await codeOf(hsm.logins.login(credentials("CU", "bob")));
      return { code, statements: road.said.client };
    };
    const { code, statements } = await refused();
    const earlier = conflicts.count;
    expect([code, (await refused(statements - 3)).code]).toEqual(["USER_LOCKED", "USER_LOCKED"]);
    expect(conflicts.count - earlier).toBe(1);
  });

  test("of a shell that dies at any step was done or not, whole", async () => {
    const die: Disturbance = () => {
      road.isClosed = true;
      return Promise.resolve("cut");
    };
    let kept = 0;
    let tried = 0;
    for (const [at, request] of requests.entries()) {
      const undisturbed = await carryOut(request);
      const last = undisturbed.said.client - 1;
      // Whoever dies behind the commit is waited for: these are few.
      const steps = triesAll
        ? [...Array(last + 1).keys()]
        : [(at * 3) % (last - 2), ...(at % 9 === 0 ? [last - 1, last] : [])];
      for (const step of steps) {
        const { code, after } = await carryOut(request, at % 2 === 0 ? "client" : "server", step, die);
        expect([undisturbed.before, undisturbed.after]).toContainEqual(after);
        if (code === undisturbed.code) expect(after).toEqual(undisturbed.after);
        else expect(code).toBe("SERVER_UNAVAILABLE");
        tried++;
        if (code === undisturbed.code || JSON.stringify(after) === JSON.stringify(undisturbed.after)) kept++;
      }
    }
    console.log(`${String(tried)} shells died; what ${String(kept)} of them asked for was done`);
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThan(tried);
  });
});

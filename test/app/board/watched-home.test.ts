import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { HomeTurns } from "../../../src/endpoint/home-turns.ts";
import { ServedFleet } from "../../../src/app/board/served-fleet.ts";
import type { Snapshot } from "../../../src/endpoint/board/snapshot.ts";
import { azure } from "../../../src/simulator/models/azure.ts";
import { openHsm } from "../../../src/simulator/simulated-hsm.ts";
import { SqliteHome } from "../../../src/store/sqlite/sqlite-home.ts";
import { createdHome } from "../../harness/created-home.ts";
import { credentials } from "../../harness/tested-hsm.ts";
import { temporaryFolder } from "../../harness/program.ts";
import { cluster } from "../../harness/three-hsms.ts";

const h1 = { hostname: "h1", port: 2225 };

let fleet: ServedFleet;
let folder: string;

beforeEach(async () => {
  folder = temporaryFolder();
  const config = join(folder, "cluster.yaml");
  writeFileSync(config, cluster);
  const home = await createdHome(join(folder, "home"), cluster);
  await home.close();
  fleet = new ServedFleet({ config, home: join(folder, "home") }, home, folder, new HomeTurns());
});

async function look(): Promise<Snapshot> {
  const seen = await fleet.look();
  if (seen === undefined) throw new Error("nothing changed");
  return seen.snapshot;
}

const states = ({ homes: [home] }: Snapshot) => home?.families[0]?.columns.map(({ state }) => state);

test("what did not change is not told again; what did is, with its events", async () => {
  const first = await fleet.look();
  expect(states(first?.snapshot ?? { homes: [], drills: [] })).toEqual(["up", "up", "up"]);
  expect(first?.events.length).toBeGreaterThan(0);
  expect(await fleet.look()).toBeUndefined();
  const home = new SqliteHome(join(folder, "home"));
  const hsm = await openHsm(home.open(h1), { clock: () => Date.now() * 1000, presence: home.presence, address: h1 });
  await hsm.logins.login(credentials("CO", "admin", "co12345"));
  await home.close();
  const second = await fleet.look();
  expect(second?.events.map(({ hsmId, opcode }) => `${hsmId} ${opcode}`)).toContain("hsm-b CN_LOGIN");
  await fleet.rest();
  expect(await fleet.look()).toBeUndefined();
});

test("an HSM is stopped, started and destroyed, though this process has just read it", async () => {
  await look();
  expect(await fleet.change({ name: "stop", home: "home", hsm: "hsm-b" })).toBe("hsm-b at h1:2225 is stopped");
  expect(states(await look())).toEqual(["up", "stopped", "up"]);
  await expect(fleet.change({ name: "stop", home: "home", hsm: "hsm-b" })).rejects.toThrow("hsm-b is stopped already");
  await fleet.change({ name: "start", home: "home", hsm: "hsm-b" });
  expect(states(await look())).toEqual(["up", "up", "up"]);
  await fleet.change({ name: "destroy", home: "home", hsm: "hsm-b" });
  expect(states(await look())).toEqual(["up", "destroyed", "up"]);
});

test("faults are set and cleared; what makes no sense is refused in words", async () => {
  const fault = {
    name: "add-fault",
    home: "home",
    hsm: "hsm-c",
    kind: "drop",
    command: "createuser",
    times: 1,
  } as const;
  expect(await fleet.change(fault)).toBe("fault 1 is set: drop at h2:2225, command createUser, once");
  const [home] = (await look()).homes;
  expect(home?.faults).toEqual([{ id: 1, text: "drop at h2:2225, command createUser, once", isOver: false }]);
  expect(home?.families[0]?.columns.map(({ faults }) => faults)).toEqual([[], [], [1]]);
  await expect(fleet.change({ ...fault, command: "format" })).rejects.toThrow("there is no command format");
  await expect(fleet.change({ ...fault, kind: "refuse" })).rejects.toThrow("needs a code");
  await fleet.change({ name: "clear-fault", home: "home", id: 1 });
  expect((await look()).homes[0]?.faults).toEqual([]);
  await expect(fleet.change({ name: "clear-fault", home: "home", id: 1 })).rejects.toThrow("no fault 1 is set");
});

test("the line that opens a shell is that of the vendor whose HSMs they are, as a line for a shell has it", async () => {
  const name = join(folder, "a home");
  const config = join(folder, "cluster.yaml");
  const home = await createdHome(name, cluster.replace("co12345", "co123456"), azure);
  const served = new ServedFleet({ config, home: name }, home, folder, new HomeTurns());
  const seen = await served.look();
  expect(seen?.snapshot.homes[0]?.shell).toBe(`azcloudhsm_mgmt_util --home '${name}' ${config}`);
  await served.close();
  expect((await look()).homes[0]?.shell).toBe(`cloudhsm_mgmt_util --home ${join(folder, "home")} ${config}`);
});

test("a home or drill that there is not is refused, and an edited configuration is followed", async () => {
  await expect(fleet.change({ name: "stop", home: "other", hsm: "hsm-a" })).rejects.toThrow("other is no home here");
  await expect(fleet.change({ name: "start-drill", drill: "../x" })).rejects.toThrow("../x is no drill");
  const servers = ({ homes: [home] }: Snapshot) => home?.families[0]?.columns.map(({ server }) => server);
  expect(servers(await look())).toEqual(["server 0", "server 1", "server 2"]);
  writeFileSync(join(folder, "cluster.yaml"), cluster.replace("{ id: hsm-a, hostname: h0 }, ", ""));
  expect(servers(await look())).toEqual(["server 0", "server 1", undefined]);
});

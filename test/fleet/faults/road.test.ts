import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { endFaults, faultsOf } from "../../../src/fleet/faults/set-fault.ts";
import { findHsm } from "../../../src/fleet/find-hsm.ts";
import { startHsm, stopHsm } from "../../../src/fleet/power.ts";
import type { Home } from "../../../src/store/home.ts";
import { MemoryHome } from "../../../src/store/memory/memory-home.ts";
import { MemoryPlace } from "../../../src/store/memory/memory-place.ts";
import { listEvents } from "../../../src/simulator/records/event-record.ts";
import { wordEvent } from "../../../src/simulator/audit-wording.ts";
import { createIn } from "../../harness/created-home.ts";
import { FaultyShell, set } from "../../harness/faulty-cluster.ts";
import { cluster, hosts } from "../../harness/three-hsms.ts";

const addresses = hosts.map((hostname) => ({ hostname, port: 2225 }));
const [h0, h1] = addresses as [(typeof addresses)[0], (typeof addresses)[0]];
const unavailable = "HSM CLUSTER ERROR: Server in cluster is unavailable";

let place: MemoryPlace;
let home: Home;

beforeEach(async () => {
  place = new MemoryPlace();
  home = new MemoryHome(place);
  await createIn(home, cluster);
});

/** A shell whose officer is logged in everywhere. */
async function officer(): Promise<FaultyShell> {
  const own = new MemoryHome(place);
  onTestFinished(() => own.close());
  const faulty = new FaultyShell(own, addresses);
  await faulty.shell.command("loginHSM CO admin co12345");
  return faulty;
}

/** The users of the HSMs that have one of this name. */
async function whoHas(name: string): Promise<readonly string[]> {
  const own = new MemoryHome(place);
  const printed = await new FaultyShell(own, addresses).shell.command("listUsers");
  await own.close();
  return printed
    .split("Users on server ")
    .filter((part) => new RegExp(`\\b${name}\\b`).test(part))
    .map((part) => part.slice(0, 1));
}

test("a home in which nothing was ever set has no records, and a shell makes none", async () => {
  const { shell } = await officer();
  expect(await shell.command("listUsers")).toContain("Users on server 2");
  expect(await home.records()).toBeUndefined();
});

describe("an HSM that is unreachable", () => {
  test("answers no request, and the start of no shell", async () => {
    const { shell, roads } = await officer();
    const { id } = await set(home, { kind: "unreachable" }, h1);
    expect(await shell.command("listUsers")).toContain(
      `listUsers failed: ${unavailable}\nlistUsers failed on server 1(hsm1)\n`,
    );
    expect(await roads[1]?.connect()).toEqual({ kind: "unreachable", faultId: id });
    expect(await roads[0]?.connect()).toEqual({ kind: "connected", isEncrypted: true });
    await endFaults(home, [id]);
    expect(await shell.command("listUsers")).not.toContain("failed");
  });

  test("is met again where it is retried, until it is over, and then keeps the login", async () => {
    const { shell } = await officer();
    await set(home, { kind: "unreachable", command: "createUser", times: 2 }, h1);
    const answers = ["y", "R", "R"];
    const printed = await shell.command("createUser CU zoe zoe12345", () => answers.shift() ?? "");
    expect(printed.match(/createUser failed/g)).toHaveLength(2);
    expect(printed).toContain("createUser success on server 2");
    expect(await whoHas("zoe")).toEqual(["0", "1", "2"]);
  });
});

test("drop connects, and breaks at the request that it is set for", async () => {
  const { shell, roads } = await officer();
  await set(home, { kind: "drop", request: "users.list", from: 2 }, h0);
  expect(await roads[0]?.connect()).toMatchObject({ kind: "connected" });
  expect(await shell.command("listUsers")).not.toContain("failed");
  expect(await shell.command("getHSMInfo")).not.toContain("failed");
  expect(await shell.command("listUsers")).toContain("listUsers failed on server 0");
  expect(await shell.command("listUsers")).toContain("listUsers failed on server 0");
});

test("what was counted counts on in the next shell", async () => {
  const [one, other] = [await officer(), await officer()];
  await set(home, { kind: "drop", request: "users.list", from: 3, times: 1 }, h0);
  const failures: boolean[] = [];
  for (const { shell } of [one, other, one, other]) {
    failures.push((await shell.command("listUsers")).includes("failed"));
  }
  expect(failures).toEqual([false, false, true, false]);
  expect(await faultsOf(home)).toMatchObject([{ seen: 3 }]);
});

describe("a refusal", () => {
  test("changes nothing, and the HSM records it", async () => {
    const { shell } = await officer();
    await set(home, { kind: "refuse", code: "USER_LIMIT", command: "createUser" }, h1);
    const answers = ["y", "I"];
    expect(await shell.command("createUser CU zoe zoe12345", () => answers.shift() ?? "")).toContain(
      "createUser failed: HSM Error: No room for another user (1024 at most)",
    );
    expect(await whoHas("zoe")).toEqual(["0", "2"]);
    const last = (await (await home.open(h1)).read(listEvents)).map(wordEvent).at(-1);
    expect(last).toContain("CN_CREATE_USER");
    expect(last).toContain("No room for another user");
  });

  test("of a request that changes nothing is the same", async () => {
    const { shell } = await officer();
    await set(home, { kind: "refuse", code: "INVALID_INPUT", request: "users.list" }, h1);
    expect(await shell.command("listUsers")).toContain("listUsers failed: HSM Error: Invalid input data/params");
  });
});

test("where an answer is lost, the HSM has done it", async () => {
  const { shell } = await officer();
  await set(home, { kind: "lose-answer", command: "createUser", times: 1 }, h1);
  const answers = ["y", "R", "I"];
  const printed = await shell.command("createUser CU zoe zoe12345", () => answers.shift() ?? "");
  expect(printed).toContain(`createUser failed: ${unavailable}`);
  expect(printed).toContain("createUser failed: HSM Error: This user is already created");
  expect(await whoHas("zoe")).toEqual(["0", "1", "2"]);
});

test("a delay is waited for, at each request and at the start", async () => {
  const faulty = await officer();
  await set(home, { kind: "delay", milliseconds: 300 }, h0);
  expect(await faulty.shell.command("listUsers")).not.toContain("failed");
  expect(faulty.delayed).toBe(300);
  await faulty.roads[0]?.connect();
  expect(faulty.delayed).toBe(600);
});

describe("a connection that is not encrypted", () => {
  test("from the start refuses all but info until enable_e2e works", async () => {
    const { shell, roads } = await officer();
    await set(home, { kind: "no-e2e", times: 3 }, h1);
    expect(await roads[1]?.connect()).toEqual({ kind: "connected", isEncrypted: false });
    const refused = "listUsers failed: HSM Error: The connection is not encrypted end to end";
    expect(await shell.command("listUsers")).toContain(refused);
    expect(await shell.command("info server 1")).toContain("Connected");
    const failed = await shell.command("enable_e2e");
    expect(failed).toContain("E2E enabled on server 0(hsm0)\n");
    expect(failed).toContain("enable_e2e failed: HSM Error: The connection is not encrypted end to end\n");
    // The fault is over: what it did lasts until somebody mends it.
    expect(await shell.command("listUsers")).toContain(refused);
    expect(await shell.command("enable_e2e")).toContain("E2E enabled on server 1(hsm1)\n");
    expect(await shell.command("listUsers")).not.toContain("failed");
  });
});

test("a fault ends with its time", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const { shell } = await officer();
  await set(home, { kind: "unreachable", lasts: 30_000 }, h1);
  expect(await shell.command("listUsers")).toContain("failed");
  vi.advanceTimersByTime(30_000);
  expect(await shell.command("listUsers")).not.toContain("failed");
});

test("what a shell asks for itself advances no count, and quitting meets no fault", async () => {
  const { shell } = await officer();
  await set(home, { kind: "drop", times: 1 }, h0);
  for (const server of shell.cluster.servers) expect(await server.knows("admin")).toBe(true);
  expect(await shell.cluster.disconnect()).toEqual([]);
  expect(await faultsOf(home)).toMatchObject([{ seen: 0 }]);
});

test("a stopped HSM answers nobody; started again, it has all but its logins", async () => {
  const { shell, roads } = await officer();
  const hsm = await findHsm(home, "hsm-b");
  await stopHsm(home, hsm);
  expect(await roads[1]?.connect()).toEqual({ kind: "stopped", hsmId: "hsm-b", clusterId: "cluster-a" });
  expect(await shell.command("listUsers")).toContain(`listUsers failed: ${unavailable}\n`);
  await expect(stopHsm(home, hsm)).rejects.toThrow("hsm-b is stopped already");
  await startHsm(home, hsm);
  expect(await shell.command("listUsers")).not.toContain("failed");
  const answers = ["y", "I"];
  expect(await shell.command("createUser CU zoe zoe12345", () => answers.shift() ?? "")).toContain(
    "createUser failed: HSM Error: No user is logged in to do this operation\ncreating user on server 1",
  );
  await expect(startHsm(home, hsm)).rejects.toThrow("is not stopped");
  await stopHsm(home, hsm);
  expect(await shell.cluster.disconnect()).toEqual([]);
});

test("an HSM is found by its id, its hostname and its port; what is not there is told with what is", async () => {
  const found = { hsmId: "hsm-b", clusterId: "cluster-a", hostname: "h1", port: 2225 };
  for (const word of ["hsm-b", "h1", "H1:2225"]) expect(await findHsm(home, word)).toEqual(found);
  await expect(findHsm(home, "h9")).rejects.toThrow("no HSM is called h9: there are h0:2225, h1:2225, h2:2225");
});

import { beforeEach, expect, test } from "vitest";
import { type FaultEntry, faultProblem } from "../../../src/config/fault-entry.ts";
import { activationLag, operationFaults } from "../../../src/fleet/faults/operation-faults.ts";
import { endFaults, setFault } from "../../../src/fleet/faults/set-fault.ts";
import { MemoryHome } from "../../../src/store/memory/memory-home.ts";
import { MemoryPlace } from "../../../src/store/memory/memory-place.ts";
import { createIn } from "../../harness/created-home.ts";
import { FaultyShell } from "../../harness/faulty-cluster.ts";
import { cluster, hosts } from "../../harness/three-hsms.ts";

let home: MemoryHome;

beforeEach(async () => {
  home = new MemoryHome(new MemoryPlace());
  await createIn(home, cluster);
});

/** Sets a fault of the service. */
function set(fault: Omit<FaultEntry, "from"> & Partial<Pick<FaultEntry, "from">>) {
  return setFault(home, { from: 1, ...fault }, undefined);
}

const unharmed = { isThrottled: false, losesAnswer: false, isDegraded: false };

test("a call meets nothing where nothing is set, and keeps nothing", async () => {
  expect(await operationFaults(home, "CreateHsm")).toEqual(unharmed);
  expect(await home.records()).toBeUndefined();
});

test("a call meets the faults of its operation, as often as they say", async () => {
  await set({ kind: "throttle", operation: "any", from: 2, times: 1 });
  await set({ kind: "lose-answer", operation: "CreateHsm" });
  await set({ kind: "degraded", times: 1 });
  expect(await operationFaults(home, "CreateHsm")).toEqual({ ...unharmed, losesAnswer: true, isDegraded: true });
  expect(await operationFaults(home, "DescribeClusters")).toEqual({ ...unharmed, isThrottled: true });
  expect(await operationFaults(home, "CreateHsm")).toEqual({ ...unharmed, losesAnswer: true });
});

test("a lag is as long as the longest that is set, until it is cleared", async () => {
  expect(await activationLag(home)).toBe(0);
  const { id } = await set({ kind: "lag" });
  await set({ kind: "lag", milliseconds: 5 });
  expect(await activationLag(home)).toBe(80_000);
  await endFaults(home, [id]);
  expect(await activationLag(home)).toBe(5);
});

test("no shell meets a fault of the service, nor the service one of an HSM", async () => {
  await set({ kind: "lose-answer", operation: "any" });
  await set({ kind: "throttle" });
  const { shell } = new FaultyShell(
    home,
    hosts.map((hostname) => ({ hostname, port: 2225 })),
  );
  expect(await shell.command("loginHSM CO admin co12345")).toContain("loginHSM success on server 2");
  await home.close();
  const other = new MemoryHome(new MemoryPlace());
  await setFault(other, { hsm: "all", kind: "lose-answer", from: 1 }, undefined);
  expect(await operationFaults(other, "CreateHsm")).toEqual(unharmed);
});

test.each([
  [{ kind: "drop" }, "needs an HSM"],
  [{ kind: "throttle", hsm: "all" }, "name no HSM, request or command"],
  [{ kind: "lose-answer", operation: "any", command: "createUser" }, "name no HSM, request or command"],
  [{ kind: "drop", operation: "any" }, "is one of lose-answer, throttle, degraded, lag"],
  [{ kind: "degraded", operation: "DeleteHsm" }, "is for the operation CreateHsm"],
  [{ kind: "lag", operation: "CreateHsm" }, "takes no operation"],
  [{ kind: "lag", times: 1 }, "counts none"],
  [{ kind: "throttle", milliseconds: 1 }, "only for the kinds delay and lag"],
  [{ kind: "throttle", code: "USER_LIMIT" }, "only for the kind refuse"],
  [{ kind: "throttle", times: 2 }, undefined],
  [{ kind: "degraded", operation: "CreateHsm" }, undefined],
  [{ kind: "lag", milliseconds: 1 }, undefined],
] as const)("%j: %s", (fault, problem) => {
  const found = faultProblem({ from: 1, ...fault });
  if (problem === undefined) expect(found).toBeUndefined();
  else expect(found).toContain(problem);
});

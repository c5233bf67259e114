import { expect, test } from "vitest";
import { runFleet } from "../../harness/fleet-program.ts";
import { runPiped } from "../../harness/program.ts";
import { emptyHome } from "../../harness/three-hsms.ts";

test("faults are set, listed and cleared, for HSMs that are only planned, too", async () => {
  const { words, home } = emptyHome();
  const config = words[0] ?? "";
  const fault = (...more: readonly string[]) => runFleet(home, ["fault", ...more, "--config", config]);
  expect(fault("list")).toEqual({ status: 0, stdout: "no fault is set\n", stderr: "" });
  expect(fault("add", "--hsm", "hsm-b", "--kind", "delay", "--ms", "5", "--for", "1h").stdout).toMatch(
    /^fault 1 is set: delay at h1:2225, 5 ms, any request, until \d{4}-.*Z\n$/,
  );
  await runPiped({ words, home }, "quit\n");
  const added = fault(
    "add",
    "--hsm",
    "H2:2225",
    "--kind",
    "refuse",
    "--code",
    "USER_LIMIT",
    "--command",
    "createuser",
    "--json",
  );
  expect(JSON.parse(added.stdout)).toEqual({
    id: 2,
    kind: "refuse",
    hsm: { hostname: "h2", port: 2225 },
    command: "createUser",
    from: 1,
    code: "USER_LIMIT",
    seen: 0,
    isOver: false,
  });
  expect(fault("list").stdout.split("\n")).toHaveLength(3);
  expect(fault("clear", "1").stdout).toContain("fault 1 is cleared: delay at h1:2225");
  expect(fault("clear", "1")).toMatchObject({ status: 1, stderr: "cloudhsm-sim: no fault 1 is set: there are 2\n" });
  expect(fault("clear", "--all").stdout).toContain("fault 2 is cleared");
  const throttled = fault("add", "--kind", "throttle", "--operation", "CreateHsm", "--times", "2");
  expect(throttled.stdout).toBe("fault 3 is set: throttle of the service, operation CreateHsm, 2 times\n");
  expect(fault("add", "--kind", "lag").stdout).toBe("fault 4 is set: lag of the service, 80000 ms, any operation\n");
  expect(JSON.parse(fault("list", "--json").stdout)).toMatchObject({ faults: [{ operation: "CreateHsm" }, {}] });
  fault("clear", "--all");
  // An id never means another fault.
  expect(fault("add", "--hsm", "all", "--kind", "drop").stdout).toContain("fault 5 is set");
});

test.each([
  [2, ["add", "--hsm", "all", "--kind", "fire"], "Allowed choices are unreachable, drop"],
  [2, ["add", "--kind", "drop"], "the fault needs an HSM"],
  [2, ["add", "--hsm", "all", "--kind", "refuse"], "the fault needs a code"],
  [2, ["add", "--hsm", "all", "--kind", "drop", "--ms", "5"], "takes milliseconds only for the kinds delay and lag"],
  [2, ["add", "--hsm", "all", "--kind", "drop", "--command", "paint"], "there is no command paint"],
  [2, ["add", "--hsm", "all", "--kind", "drop", "--from", "0"], "It must be a whole number from 1 to 1000000."],
  [2, ["add", "--hsm", "all", "--kind", "drop", "--for", "soon"], "It must be a span of time: 30s, 10m, 2h, 3d."],
  [
    2,
    ["add", "--hsm", "all", "--kind", "drop", "--any", "--command", "createUser"],
    "cannot be used with option '--any'",
  ],
  [1, ["add", "--hsm", "h9", "--kind", "drop"], "no HSM is called h9"],
  [2, ["clear"], "name one fault by its number, or --all"],
])("%d: fault %j", (status, words, problem) => {
  const { home } = emptyHome();
  const run = runFleet(home, ["fault", ...words]);
  expect({ status: run.status, stdout: run.stdout }).toEqual({ status, stdout: "" });
  expect(run.stderr).toContain(problem);
});

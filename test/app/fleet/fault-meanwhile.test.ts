import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isMissing } from "../../harness/debian.ts";
import { runFleet } from "../../harness/fleet-program.ts";
import { root } from "../../harness/program.ts";
import { emptyHome } from "../../harness/three-hsms.ts";
import { runScript } from "../../terminal/run-script.ts";

const sim = join(root, "dist", "cloudhsm-sim.js");

describe.skipIf(isMissing("expect"))("expect", () => {
  test("a script meets a fault that another program sets meanwhile, and retries once it is cleared", async () => {
    const start = emptyHome();
    const { status, stderr } = await runScript("fault_meanwhile.exp", start, process.execPath, sim);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(runFleet(start.home, ["fault", "list"])).toMatchObject({ status: 0, stdout: "no fault is set\n" });
    const compared = runFleet(start.home, ["compare", "--config", ...start.words]);
    expect(compared).toMatchObject({ status: 0, stderr: "" });
  });
});

import { expect, test } from "vitest";
import { aws } from "../../../src/simulator/models/aws.ts";
import { readYaml } from "../../../src/config/yaml-file.ts";
import { faultsOf } from "../../../src/fleet/faults/set-fault.ts";
import { setPlannedFaults } from "../../../src/fleet/faults/planned-faults.ts";
import { hsmsNotUp } from "../../../src/fleet/hsm-states.ts";
import { MemoryHome } from "../../../src/store/memory/memory-home.ts";
import { MemoryPlace } from "../../../src/store/memory/memory-place.ts";
import { createIn } from "../../harness/created-home.ts";

const yaml = `
clusters:
  - id: cluster-a
    passwordCost: 10
    hsms:
      - { id: hsm-a, hostname: h0 }
      - { id: hsm-b, hostname: h1, state: stopped }
faults:
  - { hsm: H0:2225, kind: lose-answer, command: createUser, times: 1 }
  - { hsm: all, kind: delay, ms: 20, for: 1h }
`;

async function start(home: MemoryHome): Promise<void> {
  const configuration = readYaml("cluster.yaml", yaml, () => aws.limits);
  await setPlannedFaults(home, await configuration.clusters(), await configuration.faults());
}

test("a configuration sets its faults once, with its first HSMs, and stops those that it says", async () => {
  const home = new MemoryHome(new MemoryPlace());
  await start(home);
  // A start that is cut off here has set them, and the next one completes it.
  await start(home);
  await createIn(home, yaml);
  expect(await faultsOf(home)).toMatchObject([
    {
      kind: "lose-answer",
      hsms: { kind: "one", hostname: "h0", port: 2225 },
      times: 1,
      requests: { name: "createUser" },
    },
    { kind: "delay", hsms: { kind: "all" }, milliseconds: 20, until: expect.any(Number) as number },
  ]);
  expect(await hsmsNotUp(home)).toMatchObject([{ hsmId: "hsm-b", clusterId: "cluster-a", state: "stopped" }]);
  await start(home);
  expect(await faultsOf(home)).toHaveLength(2);
});

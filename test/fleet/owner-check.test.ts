import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { unencryptedBy } from "../../src/app/owner-certificate.ts";
import { StateError } from "../../src/errors/state-error.ts";
import { setOwnerCheck } from "../../src/fleet/owner-check.ts";
import { openHsm } from "../../src/simulator/simulated-hsm.ts";
import { MemoryHome } from "../../src/store/memory/memory-home.ts";
import { MemoryPlace } from "../../src/store/memory/memory-place.ts";
import { createIn } from "../harness/created-home.ts";
import { runFleet } from "../harness/fleet-program.ts";
import { temporaryFolder } from "../harness/program.ts";

const yaml = (more: string): string => `clusters:
  - id: cluster-a
    passwordCost: 10
    ${more}
    hsms: [{ id: hsm-a, hostname: h0 }]
`;
const address = { hostname: "h0", port: 2225 };

test("the owner's certificate of a cluster that exists matters from when that is said until it is taken back", async () => {
  const home = new MemoryHome(new MemoryPlace());
  await createIn(home, yaml("region: eu-west-1"));
  const [missing, own] = ["missing.crt", "own.crt"].map((name) => join(temporaryFolder(), name)) as [string, string];
  const hsm = await openHsm(home.open(address), { clock: () => Date.now() * 1000, presence: home.presence, address });
  writeFileSync(own, await hsm.certificate(4));
  expect(await unencryptedBy(home, address, missing)).toBeUndefined();
  await setOwnerCheck(home, "cluster-a", "checked");
  expect(await unencryptedBy(home, address, missing)).toEqual({ why: "ownerMissing", path: missing });
  expect(await unencryptedBy(home, address, own)).toBeUndefined();
  await setOwnerCheck(home, "cluster-a", "unchecked");
  expect(await unencryptedBy(home, address, missing)).toBeUndefined();
  await expect(setOwnerCheck(home, "cluster-b", "checked")).rejects.toThrow(
    /no cluster cluster-b: there are cluster-a/,
  );
  await home.close();
});

test("a cluster that waits for its certificates stays checked", async () => {
  const home = new MemoryHome(new MemoryPlace());
  await createIn(home, yaml("certificates: pending"));
  await setOwnerCheck(home, "cluster-a", "checked");
  await expect(setOwnerCheck(home, "cluster-a", "unchecked")).rejects.toThrow(StateError);
  await home.close();
});

test("another word than checked or unchecked is a wrong command line", () => {
  expect(runFleet(temporaryFolder(), ["e2e", "cluster-a", "on"])).toMatchObject({ status: 2, stdout: "" });
});

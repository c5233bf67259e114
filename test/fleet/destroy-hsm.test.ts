import { expect, test } from "vitest";
import { compareHome, isAllInStep } from "../../src/fleet/compare/compare-home.ts";
import { destroyHsm, replaceHsm } from "../../src/fleet/destroy-hsm.ts";
import { addHsm } from "../../src/fleet/add-hsm.ts";
import { findHsm } from "../../src/fleet/find-hsm.ts";
import { hsmsNotUp, notUpAt } from "../../src/fleet/hsm-states.ts";
import { stopHsm } from "../../src/fleet/power.ts";
import { MemoryHome } from "../../src/store/memory/memory-home.ts";
import { MemoryPlace } from "../../src/store/memory/memory-place.ts";
import { createIn } from "../harness/created-home.ts";
import { changeOf, homeWith } from "../harness/fleet-change.ts";

const text = `clusters:
  - id: c
    passwordCost: 10
    users: [{ id: 1, type: CO, name: admin, password: co12345 }]
    hsms:
      - { id: hsm-a, hostname: h0 }
      - { id: hsm-b, hostname: h1, users: [{ id: 2, type: CU, name: bob, password: bob12345 }] }
`;
const at = (hostname: string) => ({ hostname, port: 2225 });

test("an HSM that is destroyed is gone, and no start makes it anew", async () => {
  const home = await homeWith(text);
  await destroyHsm(home, "hsm-b");
  await createIn(home, text);
  expect(await home.list()).toEqual([at("h0")]);
  expect(notUpAt(await hsmsNotUp(home), at("h1"))).toMatchObject({
    hsmId: "hsm-b",
    state: "destroyed",
    clusterId: "c",
  });
  const { hsm } = await addHsm("c", at("h1"), changeOf(home));
  expect(notUpAt(await hsmsNotUp(home), at("h1"))).toBeUndefined();
  expect(await findHsm(home, "h1")).toMatchObject({ hsmId: hsm.id, clusterId: "c" });
});

test("one that is replaced has another id, and all that the others have now", async () => {
  const home = await homeWith(text);
  const { hsm, from, replaced } = await replaceHsm("h0", changeOf(home));
  expect({ hsm, from, replaced }).toMatchObject({ hsm: at("h0"), from: "hsm-b", replaced: "hsm-a" });
  expect(hsm.id).not.toBe("hsm-a");
  expect(isAllInStep(await compareHome(home, []))).toBe(true);
  expect(await hsmsNotUp(home)).toMatchObject([{ hsmId: "hsm-a", state: "destroyed", replacedBy: hsm.id }]);
  await createIn(home, text.replace("hsm-a", hsm.id));
  expect(await home.list()).toHaveLength(2);
});

test("the last HSM that is up is not replaced, and stays", async () => {
  const place = new MemoryPlace();
  const [home, before] = [new MemoryHome(place), new MemoryHome(place)];
  await createIn(before, text);
  await stopHsm(before, await findHsm(before, "hsm-a"));
  await before.close();
  await expect(replaceHsm("h1", changeOf(home))).rejects.toThrow(/^no other HSM of c is up to restore one from/);
  expect(await findHsm(home, "h1")).toMatchObject({ hsmId: "hsm-b" });
});

test("an HSM that a shell has open is not destroyed, and nothing is noted of it", async () => {
  const place = new MemoryPlace();
  const [home, shell] = [new MemoryHome(place), new MemoryHome(place)];
  await createIn(home, text);
  await shell.open(at("h1"));
  await expect(destroyHsm(home, "h1")).rejects.toThrow(/^a shell has the HSM at h1:2225 open: quit that shell/);
  expect(await hsmsNotUp(home)).toEqual([]);
  await shell.close();
  expect(await destroyHsm(home, "h1")).toMatchObject({ hsmId: "hsm-b", clusterId: "c" });
  expect(await home.list()).toHaveLength(1);
});

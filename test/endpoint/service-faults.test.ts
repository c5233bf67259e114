import type { AddressInfo } from "node:net";
import { beforeEach, expect, test } from "vitest";
import type { Home } from "../../src/store/home.ts";
import { MemoryHome } from "../../src/store/memory/memory-home.ts";
import { MemoryPlace } from "../../src/store/memory/memory-place.ts";
import { set } from "../harness/faulty-cluster.ts";
import { type ServedHome, callOf, serveHome } from "../harness/served-home.ts";

let home: Home;
let served: ServedHome;
let cluster: string;

beforeEach(async () => {
  const place = new MemoryPlace();
  home = new MemoryHome(place);
  served = serveHome(() => new MemoryHome(place));
  const wish = { HsmType: "hsm1.medium", SubnetIds: ["subnet-0a1b2c3d"] };
  const { body } = await callOf(served, "CreateCluster", wish);
  cluster = (body["Cluster"] as { readonly ClusterId: string }).ClusterId;
});

async function hsms(): Promise<readonly object[]> {
  const { body } = await callOf(served, "DescribeClusters");
  return (body["Clusters"] as readonly { readonly Hsms: readonly object[] }[])[0]?.Hsms ?? [];
}

test("a call that is throttled does nothing, and the next one is answered", async () => {
  await set(home, { kind: "throttle", operation: "CreateHsm", times: 1 });
  const input = { ClusterId: cluster, AvailabilityZone: "us-east-1a" };
  expect(await callOf(served, "CreateHsm", input)).toEqual({
    status: 400,
    body: { __type: "ThrottlingException", Message: "Rate exceeded" },
  });
  expect(await hsms()).toEqual([]);
  expect(await callOf(served, "CreateHsm", input)).toMatchObject({ status: 200 });
});

test("a call whose answer is lost is done, and whoever tries again is refused", async () => {
  await set(home, { kind: "lose-answer", operation: "CreateHsm", times: 1 });
  await served.server.listen({ host: "127.0.0.1", port: 0 });
  const { port } = served.server.server.address() as AddressInfo;
  const call = (): Promise<Response> =>
    fetch(`http://127.0.0.1:${String(port)}/`, {
      method: "POST",
      headers: { "x-amz-target": "BaldrApiService.CreateHsm" },
      body: JSON.stringify({ ClusterId: cluster, AvailabilityZone: "us-east-1a" }),
    });
  await expect(call()).rejects.toThrow("fetch failed");
  expect(await hsms()).toHaveLength(1);
  const again = await call();
  expect([again.status, await again.text()]).toEqual([
    400,
    expect.stringContaining("already contains an HSM but has not yet been fully activated"),
  ]);
  expect(served.answered.map(({ status }) => status)).toContain("lost");
});

test("an HSM whose creation fails is shown as degraded, until it is deleted", async () => {
  await set(home, { kind: "degraded", times: 1 });
  const { body } = await callOf(served, "CreateHsm", { ClusterId: cluster, AvailabilityZone: "us-east-1a" });
  const { HsmId } = body["Hsm"] as { readonly HsmId: string };
  const message = "HSM creation failed. Please delete this HSM and try again.";
  expect(await hsms()).toMatchObject([{ HsmId, State: "DEGRADED", StateMessage: message }]);
  expect(await callOf(served, "DeleteHsm", { ClusterId: cluster, HsmId })).toEqual({ status: 200, body: { HsmId } });
  expect(await hsms()).toEqual([]);
});

import { beforeAll, expect, test } from "vitest";
import { discovered } from "../../src/app/discovered.ts";
import { connect } from "../../src/app/connect.ts";
import { Roads } from "../../src/app/roads.ts";
import { Cluster } from "../../src/cluster/cluster.ts";
import type { Configuration, ServerEntry } from "../../src/config/configuration.ts";
import { azure } from "../../src/dialects/azure/azure.ts";
import { HsmError } from "../../src/hsm/return-code.ts";
import { MemoryHome } from "../../src/store/memory/memory-home.ts";
import { MemoryPlace } from "../../src/store/memory/memory-place.ts";
import type { Home } from "../../src/store/home.ts";
import { identities } from "../../src/simulator/records/records.ts";

const host = (node: number): string => `hsm${String(node)}.bank.cloudhsm.azure.net`;

/** Two clusters in one home; HSMs are made in another order than they are numbered. */
let home: Home;

beforeAll(async () => {
  home = new MemoryHome(new MemoryPlace());
  await place("bank", 3, "10.0.2.6");
  await place("bank", 1, "10.0.2.4");
  await place("bank", 2, undefined);
  await place("other", 9, "10.0.9.9");
});

async function place(clusterId: string, node: number, address: string | undefined): Promise<void> {
  const at = { hostname: host(node), port: 2225 };
  const keys = { maskingKey: "", storageKey: "", passwordCost: 10, maxKeys: 3200, model: "azure" };
  const identity = { hsmId: `hsm-${String(node)}`, clusterId, ...at, ...keys };
  await home.create(at, identity.hsmId, (transaction) =>
    identities.put(transaction, "hsm", address === undefined ? identity : { ...identity, address }),
  );
}

function listed(hostname: string): ServerEntry {
  return { name: hostname, hostname, port: 2225, hsm: undefined };
}

const found = (...hostnames: readonly string[]): Promise<readonly ServerEntry[]> =>
  discovered(hostnames.map(listed), home, azure.traits);

test("one host leads to all of its cluster, and to no other cluster; those follow by number", async () => {
  const servers = await found(host(2));
  expect(servers.map(({ name }) => name)).toEqual([host(2), "10.0.2.4", "10.0.2.6"]);
  expect(servers.map(({ node }) => node)).toEqual([2, 1, 3]);
});

test.each([
  ["its name within the private link", "HSM1.bank.privatelink.cloudhsm.azure.net"],
  ["its address", "10.0.2.4"],
])("a host is found by %s", async (_, hostname) => {
  expect((await found(hostname))[0]).toMatchObject({ name: "10.0.2.4", hostname: host(1), clusterId: "bank" });
});

test("what is listed is not found a second time, and what is not there stays as it is listed", async () => {
  const servers = await found(host(1), "nowhere", host(3));
  expect(servers.map(({ name }) => name)).toEqual(["10.0.2.4", "nowhere", "10.0.2.6", host(2)]);
});

/** What Azure's start says of servers, without its banner. */
async function start(servers: readonly ServerEntry[]): Promise<{ lines: readonly string[]; refusal: string }> {
  const lines: string[] = [];
  const print = (...more: readonly string[]): void => void lines.push(...more);
  const cluster = new Cluster(servers, () => Promise.reject(new HsmError("SERVER_UNAVAILABLE")));
  const roads = new Roads({ home, damages: undefined as never, wait: () => Promise.resolve() });
  const configuration = { file: "x.cfg", servers } as unknown as Configuration;
  const output = { print, hint: () => undefined, columns: undefined };
  const refusal = await connect(cluster, configuration, { home, roads }, azure, output).then(
    () => "",
    (error: unknown) => String(error),
  );
  return { lines: lines.slice(6), refusal };
}

test("a node that is down is told of, and the start goes on", async () => {
  const servers = [...(await found(host(1))).slice(0, 1), listed("10.0.2.5")];
  const { lines, refusal } = await start(servers);
  expect(refusal).toBe("");
  expect(lines.slice(4)).toEqual([
    "",
    "E2E enabled on server 0(10.0.2.4)",
    "",
    "Connecting to servers in the cluster.",
    "",
    "Connecting to 'server 1': hostname '10.0.2.5', port 2225...",
    "Connetion to server 10.0.2.5(10.0.2.5) on port 2225 failed",
    "",
    "Server 1(10.0.2.5) is not connected",
  ]);
});

test("without the host of the file the start ends", async () => {
  const { refusal } = await start([listed("10.0.2.5")]);
  expect(refusal).toContain(`Connetion to server 10.0.2.5(10.0.2.5) on port 2225 failed\n${azure.startFailed}`);
});

import { expect, test } from "vitest";
import { type Reach, Server } from "../../src/cluster/server.ts";
import { azure } from "../../src/dialects/azure/azure.ts";
import { oracle } from "../../src/dialects/oracle/oracle.ts";
import { HsmError } from "../../src/hsm/return-code.ts";

const address = { name: "10.0.2.5", hostname: "10.0.2.5", port: 2225 };

/** A server that nobody reaches, as a shell knows it after its start, and after it was asked to connect anew. */
async function reachOf(atStart: Reach): Promise<readonly Server[]> {
  const servers = [0, 1].map(() => new Server(1, address, () => Promise.reject(new HsmError("SERVER_UNAVAILABLE"))));
  for (const server of servers) {
    if (atStart === "never") server.missed();
    await server.ask((hsm) => hsm.identify());
  }
  await servers[1]?.reconnect();
  return servers;
}

test.each([
  ["never", "Server 1(0.0.0.0) is not connected"],
  ["connected", "Server 1(10.0.2.5) is disconnected"],
] as const)("a server that was %s at the start is told of in Oracle's and in Azure's words", async (atStart, words) => {
  const servers = await reachOf(atStart);
  expect(servers.map(oracle.notConnected)).toEqual([words, words]);
  expect(servers.map(azure.notConnected)).toEqual(Array(2).fill("Server 1 is not connected"));
});

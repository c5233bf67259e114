import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { editsFor } from "../../../src/app/configure/edits.ts";
import { writeConfigurationFiles } from "../../../src/app/configure/configuration-files.ts";
import type { Setting } from "../../../src/app/configure/request.ts";
import { readCfg } from "../../../src/config/cfg-file.ts";
import { sortedJson } from "../../../src/config/cfg-group.ts";
import { addHsm } from "../../../src/fleet/add-hsm.ts";
import { destroyHsm } from "../../../src/fleet/destroy-hsm.ts";
import { setFault } from "../../../src/fleet/faults/set-fault.ts";
import { findHsm } from "../../../src/fleet/find-hsm.ts";
import { stopHsm } from "../../../src/fleet/power.ts";
import type { Home } from "../../../src/store/home.ts";
import { MemoryHome } from "../../../src/store/memory/memory-home.ts";
import { MemoryPlace } from "../../../src/store/memory/memory-place.ts";
import { createIn } from "../../harness/created-home.ts";
import { changeOf } from "../../harness/fleet-change.ts";
import { temporaryFolder } from "../../harness/program.ts";

const text = `clusters:
  - id: c
    passwordCost: 10
    users: [{ id: 1, type: CO, name: admin, password: co12345 }]
    hsms: [{ id: hsm-a, hostname: h0 }, { id: hsm-b, hostname: h1, port: 2230 }]
  - id: d
    passwordCost: 10
    users: [{ id: 1, type: CO, name: admin, password: co12345 }]
    hsms: [{ id: hsm-x, hostname: x0 }]
`;
const at = (hostname: string) => ({ hostname, port: 2225 });

/** A place with what the YAML text names. */
async function created(): Promise<MemoryPlace> {
  const place = new MemoryPlace();
  await visit(place, (home) => createIn(home, text));
  return place;
}

/** What another process does there. */
async function visit<T>(place: MemoryPlace, work: (home: Home) => Promise<T>): Promise<T> {
  const home = new MemoryHome(place);
  try {
    return await work(home);
  } finally {
    await home.close();
  }
}

/** A folder of configurations, and what `configure` makes of it: the shell's servers, as the shell reads them. */
function folderOf(place: MemoryPlace) {
  const etc = temporaryFolder();
  return {
    etc,
    configure: async (setting: Setting) => {
      const edits = await visit(place, (home) => editsFor(home, etc, setting));
      await writeConfigurationFiles(etc, edits);
      const shell = edits.at(-1);
      const { servers } = await readCfg("shell.cfg", sortedJson(shell?.content ?? {}));
      return servers.map(({ name, hostname, port }) => (name === hostname ? `${hostname}:${String(port)}` : name));
    },
  };
}

test("-a lists one HSM, there or not; --cmu all of its cluster and of no other; -m those of the client's HSM", async () => {
  const { configure } = folderOf(await created());
  expect(await configure({ kind: "one", address: "h1" })).toEqual(["h1:2230"]);
  expect(await configure({ kind: "daemon", id: 1 })).toEqual(["h0:2225", "h1:2230"]);
  expect(await configure({ kind: "one", address: "10.7.7.7" })).toEqual(["10.7.7.7:2225"]);
  await expect(configure({ kind: "daemon", id: 1 })).rejects.toThrow(
    "no HSM is, or was, at 10.7.7.7: give configure --cmu",
  );
  expect(await configure({ kind: "cluster", address: "x0" })).toEqual(["x0:2225"]);
  expect(await configure({ kind: "cluster", address: "h1:2230" })).toEqual(["h0:2225", "h1:2230"]);
});

test("a list is stale after an HSM came or went, until -m or --cmu", async () => {
  const place = await created();
  const { configure } = folderOf(place);
  expect(await configure({ kind: "cluster", address: "h0" })).toEqual(["h0:2225", "h1:2230"]);
  await visit(place, (home) => addHsm("c", at("h2"), changeOf(home)));
  expect(await configure({ kind: "daemon", id: 1 })).toEqual(["h0:2225", "h1:2230", "h2:2225"]);
  await visit(place, (home) => destroyHsm(home, "hsm-a"));
  // The client's HSM is gone; its daemon knew the others.
  expect(await configure({ kind: "daemon", id: 1 })).toEqual(["h1:2230", "h2:2225"]);
  await expect(configure({ kind: "cluster", address: "h0" })).rejects.toThrow(
    /^no HSM is called h0: there are h1:2230/,
  );
  expect(await configure({ kind: "cluster", address: "h2" })).toEqual(["h1:2230", "h2:2225"]);
});

test("an HSM is asked for by its address, and by no other name that it has here", async () => {
  const { configure } = folderOf(await created());
  await expect(configure({ kind: "cluster", address: "hsm-a" })).rejects.toThrow(
    "no HSM is at hsm-a, which is the id of one: give its address, h0",
  );
});

test("an HSM that does not answer cannot say who is in its cluster, and is listed by the others", async () => {
  const place = await created();
  const { configure } = folderOf(place);
  await visit(place, async (home) => stopHsm(home, await findHsm(home, "h1")));
  await expect(configure({ kind: "cluster", address: "h1" })).rejects.toThrow(
    "h1:2230 does not answer. hsm-b at h1:2230 is stopped: cloudhsm-sim hsm start hsm-b starts it.",
  );
  expect(await configure({ kind: "cluster", address: "h0" })).toEqual(["h0:2225", "h1:2230"]);
  await visit(place, (home) => setFault(home, { hsm: "h0", kind: "unreachable", from: 1 }, at("h0")));
  await expect(configure({ kind: "cluster", address: "h0" })).rejects.toThrow(
    /^h0:2225 does not answer\. Fault 1 .*cloudhsm-sim fault clear 1 ends it/,
  );
});

test("a daemon is the one that the client's file numbers, and there is none without that file", async () => {
  const { etc, configure } = folderOf(await created());
  await expect(configure({ kind: "daemon", id: 1 })).rejects.toThrow(
    /^there is no .*cloudhsm_client\.cfg: configure -a/,
  );
  const client = join(etc, "cloudhsm_client.cfg");
  writeFileSync(client, JSON.stringify({ client: { daemon_id: 2 }, server: { hostname: "h0" } }));
  await expect(configure({ kind: "daemon", id: 1 })).rejects.toThrow(/^there is no daemon 1: .* give -m -i 2$/);
  expect(await configure({ kind: "daemon", id: 2 })).toEqual(["h0:2225", "h1:2230"]);
  writeFileSync(client, JSON.stringify({ client: { daemon_id: 2 } }));
  await expect(configure({ kind: "daemon", id: 2 })).rejects.toThrow("names no HSM: configure -a or --cmu");
});

test.each(["", "a b", "http://h0", "h0/24", "-m", "--"])("%j is no address", async (address) => {
  const { configure } = folderOf(await created());
  for (const kind of ["one", "cluster"] as const) {
    await expect(configure({ kind, address })).rejects.toThrow("is no address of an HSM: give one such as 10.0.2.9");
  }
});

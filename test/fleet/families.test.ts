import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { identities } from "../../src/simulator/records/records.ts";
import { fileOf } from "../harness/audit.ts";
import { createdHome } from "../harness/created-home.ts";
import { temporaryFolder } from "../harness/program.ts";

/** A cluster, its clone, and the clone's clone. */
const text = `clusters:
  - id: a
    passwordCost: 10
    users: [{ id: 1, type: CO, name: admin, password: co12345 }]
    hsms: [{ id: hsm-a, hostname: h0 }]
  - { id: b, cloneOf: a, passwordCost: 10, hsms: [{ id: hsm-b, hostname: h1 }] }
  - { id: c, cloneOf: b, passwordCost: 10, hsms: [{ id: hsm-c, hostname: h2 }] }
`;
const hosts = ["h0", "h1", "h2"];

/** Creates what is missing, and returns the masking keys of all HSMs, in their order. */
async function maskingKeys(folder: string): Promise<readonly (string | undefined)[]> {
  const home = await createdHome(folder, text);
  const found: (string | undefined)[] = [];
  for (const hostname of hosts) {
    const store = await home.open({ hostname, port: 2225 });
    found.push(await store.read(async (snapshot) => (await identities.get(snapshot, "hsm"))?.maskingKey));
  }
  await home.close();
  return found;
}

test.each([[["h0"]], [["h1"]], [["h2"]], [["h0", "h1"]], [["h0", "h2"]], [["h1", "h2"]]])(
  "a family keeps its masking key where the files of %j are gone and made anew",
  async (gone) => {
    const home = join(temporaryFolder(), "home");
    const before = await maskingKeys(home);
    expect(new Set(before).size).toBe(1);
    for (const host of gone)
      for (const end of ["", "-wal", "-shm"]) rmSync(`${fileOf(home, host)}${end}`, { force: true });
    expect(await maskingKeys(home)).toEqual(before);
  },
);

test("where all are gone, there is another one", async () => {
  const home = join(temporaryFolder(), "home");
  const before = await maskingKeys(home);
  rmSync(home, { recursive: true });
  expect(await maskingKeys(home)).not.toEqual(before);
});

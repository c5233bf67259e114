import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { misplacedOwner } from "../../src/app/misplaced-owner.ts";
import { openHsm } from "../../src/simulator/simulated-hsm.ts";
import { MemoryHome } from "../../src/store/memory/memory-home.ts";
import { MemoryPlace } from "../../src/store/memory/memory-place.ts";
import { createIn } from "../harness/created-home.ts";
import { temporaryFolder } from "../harness/program.ts";

const yaml = (id: string, hostname: string): string => `clusters:
  - id: ${id}
    passwordCost: 10
    hsms: [{ id: hsm-${hostname}, hostname: ${hostname} }]
`;

test("the owner's certificate is found beside the configuration and in cert, and another owner's is none", async () => {
  const home = new MemoryHome(new MemoryPlace());
  await createIn(home, yaml("cluster-a", "h0"));
  await createIn(home, yaml("cluster-b", "h1"));
  const [own, foreign] = await Promise.all(
    ["h0", "h1"].map(async (hostname) => {
      const address = { hostname, port: 2225 };
      const clock = (): number => Date.now() * 1000;
      return (await openHsm(home.open(address), { clock, presence: home.presence, address })).certificate(4);
    }),
  );
  const folder = temporaryFolder();
  for (const name of ["bin", "cert", "bin/cert"]) mkdirSync(join(folder, name));
  const [beside, above, below] = ["bin/PO.crt", "cert/PO.crt", "bin/cert/PO.crt"].map((path) => join(folder, path)) as [
    string,
    string,
    string,
  ];
  const wanted = join(folder, "elsewhere", "PO.crt");
  const look = (path = wanted): Promise<string | undefined> =>
    misplacedOwner(home, { hostname: "h0", port: 2225 }, path, join(folder, "bin", "azcloudhsm_resource.cfg"));

  expect(await look()).toBeUndefined();
  writeFileSync(beside, foreign ?? "");
  expect(await look()).toBeUndefined();
  writeFileSync(above, own ?? "");
  expect(await look()).toContain(`is at ${above}, where nobody looks for it: move it to ${wanted}`);
  // Where it is looked for, it is not misplaced.
  expect(await look(above)).toBeUndefined();
  renameSync(above, below);
  expect(await look()).toContain(`is at ${below},`);
  renameSync(below, beside);
  expect(await look()).toContain(`is at ${beside},`);
  await home.close();
});

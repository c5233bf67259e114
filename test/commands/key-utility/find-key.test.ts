import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { cluster, key, users } from "../../harness/backups.ts";
import { KeyShell } from "../../harness/key-shell.ts";
import { TestedHsm } from "../../harness/tested-hsm.ts";

const folder = mkdtempSync(join(tmpdir(), "key-found-"));
const path = (name: string): string => join(folder, name);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function shellOver(...handles: readonly (readonly number[])[]): Promise<KeyShell> {
  const everybody = users(["CO", "admin"], ["CU", "alice"]);
  const hsms = await Promise.all(
    handles.map(async (own, at) => {
      const keys = own.map((handle) => key({ handle, owner: "alice" }));
      return TestedHsm.with(await cluster(everybody, keys), { hsmId: `hsm-${String(at)}` });
    }),
  );
  const shell = new KeyShell(hsms);
  await shell.type("loginHSM -u CU -s alice -p password");
  return shell;
}

test("findKey asks every node, and lists a key that the first one lacks behind its own", async () => {
  const shell = await shellOver([8, 9], [7, 9]);
  expect(await shell.type("findKey")).toBe(
    "\n\tTotal number of keys present: 3\n\n\tNumber of matching keys from start index 0::2\n\n" +
      "\tHandles of matching keys:\n\t8, 9, 7\n\n\tCluster Status:\n" +
      "\tNode id 0 status: 0x00000000 : HSM Return: SUCCESS\n\tNode id 1 status: 0x00000000 : HSM Return: SUCCESS\n\n" +
      "\tCfm3FindKey returned: 0x00 : HSM Return: SUCCESS\n\n",
  );
});

test("-h among other words asks for the help of a command", async () => {
  const shell = await shellOver([8]);
  const help = await shell.type("findKey -h");
  expect(help).toContain("\nDescription\n===========\n");
  expect(await shell.type("findKey -c 4 -h")).toBe(help);
  expect(shell.last?.outcome).toBe("done");
});

test("a key that findKey lists is looked at, wrapped and exported though the first node lacks it", async () => {
  const shell = await shellOver([8], [7, 9]);
  for (const line of [
    "getKeyInfo -k 9",
    `getAttribute -o 9 -a 3 -out ${path("label")}`,
    `wrapKey -k 9 -w 7 -m 4 -out ${path("wrapped")}`,
    `exSymKey -k 9 -w 7 -out ${path("clear")}`,
    `aesWrapUnwrap -m 1 -f ${path("label")} -w 7 -out ${path("data")}`,
  ]) {
    expect(await shell.type(line)).toContain(" returned: 0x00 : HSM Return: SUCCESS\n");
  }
  expect(await shell.type("getKeyInfo -k 10")).toContain("\tCfm3GetKey returned: 0xa8 : ");
});

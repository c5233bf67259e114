import { expect, test } from "vitest";
import { users } from "../harness/backups.ts";
import { ScriptedShell } from "../harness/scripted-shell.ts";
import { TestedHsm } from "../harness/tested-hsm.ts";

const hsm = await TestedHsm.with(users(["CO", "admin"]));

test.each([
  [1, "server 0 only"],
  [2, "servers 0 to 1"],
])("a cluster of %i says which servers it has, to each command that takes one", async (count, present) => {
  const shell = new ScriptedShell(Array.from({ length: count }, () => hsm));
  const answer = `Invalid server ID 3: this cluster has ${present}\n`;
  for (const line of ["server 3", "info server 3"]) expect(await shell.command(line)).toContain(answer);
  await shell.command("server 0");
  for (const line of ["syncUser 1 3", "syncKey 8 3"]) expect(await shell.command(line)).toContain(answer);
});

import { beforeEach, expect, test } from "vitest";
import type { Mode } from "../../src/cluster/cluster.ts";
import { offeredOf } from "../../src/command/offer.ts";
import { commands as declared } from "../../src/commands/management/command-table.ts";
import { azure } from "../../src/dialects/azure/azure.ts";
import { azure as model } from "../../src/simulator/models/azure.ts";
import { cluster, user } from "../harness/backups.ts";
import { ScriptedShell } from "../harness/scripted-shell.ts";
import { TestedHsm } from "../harness/tested-hsm.ts";

const commands = offeredOf(azure.offer, declared);
let shell: ScriptedShell;

beforeEach(async () => {
  const hsm = await TestedHsm.with(await cluster([user(1, "PRECO", "admin"), user(3, "CU", "cu1")]), { model });
  shell = new ScriptedShell([hsm], commands, false, undefined, azure);
});

/** The names that help gives in a mode, before those of the other one. */
async function listed(mode: Mode): Promise<readonly string[]> {
  const help = await shell.type(...(mode === "server" ? ["server 0", "help"] : ["help"]));
  const [own = ""] = help.slice(help.indexOf("approveToken")).split("\n\n");
  return own.split("\n").flatMap((line) => /^(\w+) {2,}\S/.exec(line)?.[1] ?? []);
}

test("help lists as many names as the guide does; quit works in server mode, too, where its list has none", async () => {
  expect(await listed("global")).toHaveLength(61);
  const inServerMode = await listed("server");
  expect(inServerMode).toHaveLength(71);
  expect(inServerMode).not.toContain("info");
  expect(inServerMode).not.toContain("quit");
});

test("what older guides call PO is the officer of the factory", async () => {
  expect(await shell.type("loginHSM PO admin password", "changePswd PO admin new-password", "y")).toContain(
    "changePswd success on server 0(hsm0)",
  );
  expect(await shell.type("logoutHSM", "loginHSM CO admin new-password")).toContain("loginHSM success");
});

test("an HSM is in no FIPS mode", async () => {
  expect(await shell.type("getHSMInfo")).toContain("FIPS state           :0 [non-FIPS mode");
});

test("a command of which nobody says what it does says so, whatever words follow", async () => {
  const names = Object.entries(azure.offer).filter(([, { simulated }]) => simulated === false);
  expect(names.length).toBeGreaterThan(0);
  for (const [name, { modes }] of names) {
    const line = `${name} one 2 -three`;
    const answer = await shell.type(...(modes.includes("global") ? [line] : ["server 0", line, "exit"]));
    expect(answer).toContain(`${name} is not simulated\n`);
  }
});

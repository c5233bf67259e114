import { join } from "node:path";
import { expect, test } from "vitest";
import { HsmError } from "../../src/hsm/return-code.ts";
import { users } from "../harness/backups.ts";
import { temporaryFolder } from "../harness/program.ts";
import { ScriptedShell } from "../harness/scripted-shell.ts";
import { TestedHsm } from "../harness/tested-hsm.ts";

test("where the file of tokens is not written, an HSM that keeps its token is named, and the others drop theirs", async () => {
  const hsms = await Promise.all(
    ["hsm-a", "hsm-b", "hsm-c"].map((hsmId) => TestedHsm.with(users(["CO", "admin"]), { hsmId })),
  );
  const shell = new ScriptedShell(hsms);
  await shell.command("loginHSM CO admin password");
  const stubborn = await shell.cluster.servers[0]?.hsm();
  Object.assign(stubborn?.tokens ?? {}, { delete: () => Promise.reject(new HsmError("STORAGE_FAILURE")) });
  const path = join(temporaryFolder(), "missing", "file");
  expect((await shell.command(`getToken 3 admin ${path}`)).split("\n")).toEqual([
    "getToken failed: HSM Error: Storage failure, nothing was acknowledged",
    "getToken not rolled back on server 0(hsm0)",
    `getToken failed: ${path} cannot be written: no such file or directory`,
    "",
  ]);
  const tokens = shell.cluster.servers.map((server) => server.ask((hsm, session) => hsm.tokens.list(session)));
  const counts = (await Promise.all(tokens)).map((answer) => (answer.outcome === "done" ? answer.value.length : -1));
  expect(counts).toEqual([1, 0, 0]);
});

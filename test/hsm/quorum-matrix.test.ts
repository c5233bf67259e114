import { sign } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { UserType } from "../../src/hsm/user.ts";
import { keyPair, register } from "../harness/key-pairs.ts";
import { temporaryFolder } from "../harness/program.ts";
import { ScriptedShell } from "../harness/scripted-shell.ts";
import { users } from "../harness/backups.ts";
import { TestedHsm } from "../harness/tested-hsm.ts";

const states = ["quorum off", "no token", "too few approvals", "enough approvals", "used token"] as const;
const modes = ["global", "server"] as const;
/** Who tries, by type; the name is the type in lower case. */
const types = ["CO", "PCO", "CU", "AU", "PRECO"] as const satisfies readonly UserType[];

interface Operation {
  readonly service: 3 | 4;
  readonly line: string;
  /** Behind the y, where it asks. */
  readonly confirmed: boolean;
  /** Another operation of the service, which uses the token up before. */
  readonly before: string;
}

const operations = {
  createUser: { service: 3, line: "createUser CU alice password", confirmed: true, before: "createUser CU x password" },
  deleteUser: { service: 3, line: "deleteUser CU bob", confirmed: false, before: "createUser CU x password" },
  changePswd: { service: 3, line: "changePswd CU bob password", confirmed: true, before: "createUser CU x password" },
  registerQuorumPubKey: {
    service: 3,
    line: "registerQuorumPubKey CO officer1 ~/token ~/token.sig ~/officer1.pub",
    confirmed: true,
    before: "createUser CU x password",
  },
  setMValue: { service: 4, line: "setMValue 3 2", confirmed: true, before: "setMValue 4 2" },
} as const satisfies Record<string, Operation>;

const cells = states.flatMap((state) =>
  modes.flatMap((mode) =>
    types.flatMap((type) =>
      Object.entries(operations).map(([command, operation]) => ({ state, mode, type, command, operation })),
    ),
  ),
);
type Cell = (typeof cells)[number];

test.each(cells)("$command with $state, as $type, in $mode mode", async (cell) => {
  const { mode, type, command, operation } = cell;
  const folder = temporaryFolder();
  const hsms = [await newHsm("hsm-one"), await newHsm("hsm-two")];
  if (cell.state !== "quorum off") for (const hsm of hsms) await setMinimums(hsm);
  writeRegistration(folder);

  const shell = new ScriptedShell(hsms);
  await shell.type(`loginHSM ${type} ${type.toLowerCase()} password`);
  if (mode === "server") await shell.type("server 0");
  // Nobody but an officer gets a token: an officer's is there then, in another shell.
  const officer = isOfficer(type) ? shell : new ScriptedShell(hsms);
  if (!isOfficer(type)) await officer.type("loginHSM CO co password");
  await prepare(cell, officer, isOfficer(type) ? type.toLowerCase() : "co", folder);

  const others = await hsms[1]?.auditLog();
  const answers = operation.confirmed ? ["y", "i", "i"] : ["i", "i"];
  const written = await shell.type(operation.line.replaceAll("~", folder), ...answers);
  const refusal = refusalOf(cell);
  const where = mode === "server" ? "" : " on server 1(hsm1)";
  if (refusal !== undefined) {
    expect(written).toContain(`${command} failed: ${refusal}\n`);
    expect(written).not.toContain(`${command} success`);
  } else {
    expect(written).not.toContain(" failed: ");
    if (command !== "setMValue" || mode === "server") expect(written).toContain(`${command} success${where}\n`);
    else expect(written).toContain("Setting M Value(2) for 3 on 2 nodes\n");
  }
  if (mode === "server") expect(await hsms[1]?.auditLog()).toEqual(others);
});

function refusalOf({ state, type }: Cell): string | undefined {
  if (!isOfficer(type)) return "HSM Error: Invalid User Type.";
  switch (state) {
    case "no token":
    case "used token":
      return "RET_MXN_AUTH_FAILED";
    case "too few approvals":
      return "RET_MXN_AUTH_FAILED: the token has too few approvals";
    case "quorum off":
    case "enough approvals":
      return undefined;
  }
}

function isOfficer(type: UserType): boolean {
  return type === "CO" || type === "PCO";
}

async function newHsm(hsmId: string): Promise<TestedHsm> {
  const everybody = types.map((type) => [type, type.toLowerCase()] as const);
  return TestedHsm.with(users(...everybody, ["CO", "officer1"], ["CO", "officer2"], ["CU", "bob"]), { hsmId });
}

/** Keys for officer1 and officer2; both services take two officers. */
async function setMinimums(hsm: TestedHsm): Promise<void> {
  const setter = await hsm.login("CO", "co");
  await register(setter, "officer1", keyPair(0));
  await register(setter, "officer2", keyPair(1));
  for (const service of [3, 4]) await setter.hsm.quorum.setMinimum(setter.session, service, 2);
  await setter.hsm.logins.logout(setter.session);
}

function writeRegistration(folder: string): void {
  writeFileSync(join(folder, "token"), "officer1");
  writeFileSync(join(folder, "token.sig"), sign("sha256", Buffer.from("officer1"), keyPair(0).privateKey));
  writeFileSync(join(folder, "officer1.pub"), keyPair(0).publicKey);
}

/** Brings the token about that the state names, with the commands that an officer gives. */
async function prepare({ state, operation }: Cell, shell: ScriptedShell, name: string, folder: string): Promise<void> {
  if (state === "quorum off" || state === "no token") return;
  const path = join(folder, "officer.token");
  const file = join(folder, "approval.txt");
  expect(await shell.type(`getToken ${String(operation.service)} ${name} ${path}`)).toContain("getToken success");
  const signers = state === "too few approvals" ? [0] : [0, 1];
  for (const signer of signers) {
    writeFileSync(`${path}.sig${String(signer)}`, sign("sha256", readFileSync(path), keyPair(signer).privateKey));
  }
  const approvers = signers.map(
    (signer) =>
      `Approver Type = 2;\nApprover Name = officer${String(signer + 1)};\nApproval File = ${path}.sig${String(signer)};\n`,
  );
  const head = `Multi Token File Path = ${path};\nToken File Path = ;\nNumber of Approvals = ${String(signers.length)};\n`;
  writeFileSync(file, head + approvers.join(""));
  expect(await shell.type(`approveToken ${file}`)).not.toContain(" failed: ");
  if (state === "used token") expect(await shell.type(operation.before, "y")).not.toContain(" failed: ");
}

import { sign } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { userTypes } from "../../../src/hsm/user.ts";
import { cluster, withMore } from "../../harness/backups.ts";
import { keyPair, register } from "../../harness/key-pairs.ts";
import { temporaryFolder } from "../../harness/program.ts";
import { ScriptedShell } from "../../harness/scripted-shell.ts";
import { TestedHsm } from "../../harness/tested-hsm.ts";
import { type Trier, carol, operations, people, writeRegistration } from "./quorum-operations.ts";

const states = ["quorum off", "no token", "too few approvals", "enough approvals", "used token"] as const;
const modes = ["global", "server"] as const;

const cells = states.flatMap((state) =>
  modes.flatMap((mode) =>
    userTypes.flatMap((type) =>
      operations.map((operation) => {
        const { command, about } = operation;
        return { state, mode, type, command, about, operation };
      }),
    ),
  ),
);
type Cell = (typeof cells)[number];

let withoutQuorum: readonly TestedHsm[];
let withQuorum: readonly TestedHsm[];
beforeAll(async () => {
  const backup = await cluster(people);
  const create = async () => [
    await TestedHsm.with(await withMore(backup, [carol]), { hsmId: "hsm-one" }),
    await TestedHsm.with(backup, { hsmId: "hsm-two" }),
  ];
  [withoutQuorum, withQuorum] = [await create(), await create()];
  for (const hsm of withQuorum) await setMinimums(hsm);
});

/** Keys for officer1 and officer2; both services take two officers. */
async function setMinimums(tested: TestedHsm): Promise<void> {
  const setter = { hsm: tested.hsm, session: await tested.session("CO", "co") };
  await register(setter, "officer1", keyPair(0));
  await register(setter, "officer2", keyPair(1));
  for (const service of [3, 4]) await setter.hsm.quorum.setMinimum(setter.session, service, 2);
  await setter.hsm.logins.logout(setter.session);
}

test.each(cells)("$command of $about with $state, as $type, in $mode mode", async (cell) => {
  const { mode, type, operation } = cell;
  const trier: Trier = { type, name: type.toLowerCase() };
  const folder = temporaryFolder();
  writeRegistration(folder);
  const created = cell.state === "quorum off" ? withoutQuorum : withQuorum;
  const hsms = await Promise.all(created.map((hsm) => hsm.copy()));

  const shell = new ScriptedShell(hsms);
  await shell.type(`loginHSM ${type} ${trier.name} password`);
  // A token is for the HSM that changes.
  const [changing] = operation.changes.server ?? [];
  if (mode === "server") await shell.type(`server ${String(changing)}`);
  // Nobody but an officer gets a token: an officer's is there then, in another shell.
  const officer = isOfficer(cell) ? shell : new ScriptedShell(hsms);
  if (!isOfficer(cell)) await officer.type("loginHSM CO co password");
  await prepare(cell, officer, isOfficer(cell) ? trier.name : "co", folder);
  if (mode === "server" && changing !== 0) await shell.type("exit", "server 0");

  const before = await Promise.all(hsms.map((hsm) => hsm.records()));
  for (const hsm of hsms)
    expect(await operation.isDone(hsm, trier)).toBe(operation.about === "carol" && hsm === hsms[0]);
  const answers = operation.asks ? ["y", "i", "i"] : ["i", "i"];
  const written = await shell.type(operation.line(trier).replaceAll("~", folder), ...answers);
  expectWords(cell, written);

  const changes = refusalOf(cell) === undefined ? (operation.changes[mode] ?? []) : [];
  for (const [server, hsm] of hsms.entries()) {
    const after = await hsm.records();
    if (!changes.includes(server)) {
      expect(after).toEqual(before[server]);
      continue;
    }
    expect(await operation.isDone(hsm, trier)).toBe(true);
    const tokens = before[server]?.["token"] ?? [];
    const left = after["token"] ?? [];
    expect(tokens).toEqual(expect.arrayContaining([...left]));
    const spent = cell.state !== "quorum off" && operation.service !== undefined ? 1 : 0;
    expect(left).toHaveLength(tokens.length - spent);
  }
});

/** What the prompt tells of it. */
function expectWords(cell: Cell, written: string): void {
  const { mode, command, operation } = cell;
  if (operation.changes[mode] === undefined) {
    expect(written).toContain(`${command}: enter server mode on the source HSM first (server <server ID>)\n`);
    return;
  }
  const refusal = refusalOf(cell);
  if (refusal !== undefined) {
    expect(written).toContain(`${command} failed: ${refusal}\n`);
    expect(written).not.toContain(`${command} success`);
    return;
  }
  expect(written).not.toContain(" failed: ");
  const where = mode === "server" ? "" : " on server 1(hsm1)";
  if (command !== "setMValue" || mode === "server") expect(written).toContain(`${command} success${where}\n`);
  else expect(written).toContain("Setting M Value(3) for 3 on 2 nodes\n");
}

function refusalOf({ state, type, operation }: Cell): string | undefined {
  if (!operation.allowed.includes(type))
    return "HSM Error: The current logged in user is not authorized to do this operation";
  if (operation.service === undefined) return undefined;
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

function isOfficer({ type }: Cell): boolean {
  return type === "CO" || type === "PCO";
}

/** Brings the tokens about that the state names, with the commands that an officer gives. */
async function prepare(cell: Cell, shell: ScriptedShell, name: string, folder: string): Promise<void> {
  const { state, operation } = cell;
  if (state === "quorum off" || state === "no token") return;
  const { service = 3 } = operation;
  const signers = state === "too few approvals" ? [0] : [0, 1];
  // Two of the same kind, so that it shows when an operation takes more than one.
  const count = state === "used token" ? 1 : 2;
  for (let number = 0; number < count; number++) {
    await getToken(shell, `getToken ${String(service)} ${name}`, join(folder, `${String(number)}.token`), signers);
  }
  if (state !== "used token") return;
  // Not createUser: a new user could have the id of the one that is copied.
  const another = service === 3 ? "changePswd CU bob password" : "setMValue 4 2";
  expect(await shell.type(another, "y")).not.toContain(" failed: ");
}

/** Gets a token, and approves it by officers, counted from 0. */
async function getToken(shell: ScriptedShell, line: string, path: string, signers: readonly number[]): Promise<void> {
  expect(await shell.type(`${line} ${path}`)).toContain("getToken success");
  const approvers = signers.map((signer) => {
    const signature = `${path}.sig${String(signer)}`;
    writeFileSync(signature, sign("sha256", readFileSync(path), keyPair(signer).privateKey));
    const officer = `officer${String(signer + 1)}`;
    return `Approver Type = 2;\nApprover Name = ${officer};\nApproval File = ${signature};\n`;
  });
  const head = `Multi Token File Path = ${path};\nToken File Path = ;\nNumber of Approvals = ${String(signers.length)};\n`;
  writeFileSync(`${path}.approvals`, head + approvers.join(""));
  expect(await shell.type(`approveToken ${path}.approvals`)).not.toContain(" failed: ");
}

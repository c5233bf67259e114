import { sign } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { type AuditedEvent, auditLog, sinceCreation } from "../harness/audit.ts";
import { Conversation } from "../harness/conversation.ts";
import { isMissing } from "../harness/debian.ts";
import { keyPair } from "../harness/key-pairs.ts";
import { type Start, lines, runPiped, temporaryFolder } from "../harness/program.ts";
import { place, story, tryEveryFault } from "./every-fault.ts";
import type { Spoken, Step } from "./fault.ts";

const cluster = `
clusters:
  - id: cluster-a
    passwordCost: 10
    users:
      - { id: 1, type: CO, name: admin, password: co12345 }
      - { id: 2, type: CO, name: officer, password: officer12345 }
      - { id: 3, type: CU, name: billing, password: billing12345 }
      - { id: 4, type: CU, name: reporting, password: reporting12345 }
    keys: [{ handle: 11, type: AES, size: 256, label: payments, owner: billing }]
    hsms:
      - { id: hsm-a, hostname: h0, keys: [{ handle: 12, type: AES, size: 128, owner: billing }] }
      - { id: hsm-b, hostname: h1 }
`;
const hosts = ["h0", "h1"];
const officers = ["admin", "officer"];

/** A change that stays: its command, its event in the audit log, and how its effect on an HSM is seen. */
interface Change {
  readonly command: string;
  /** Undefined for one that the audit log leaves out. */
  readonly opcode: string | undefined;
  readonly reader: keyof typeof readers;
  readonly look: string;
  readonly effect: RegExp;
  /** The servers that it changes. */
  readonly servers: readonly number[];
  /** Whether an answer acknowledges it on a server. */
  readonly isTold: (answer: string, server: number) => boolean;
}

const readers = { user: "loginHSM CU billing billing12345", officer: "loginHSM CO admin co12345" } as const;

const everywhere: Pick<Change, "servers" | "isTold"> = {
  servers: [0, 1],
  isTold: (answer, server) => answer.includes(` success on server ${String(server)}(`),
};

const setLabel: Change = {
  ...everywhere,
  command: "setAttribute 11 3 renamed",
  opcode: "CN_MODIFY_OBJECT",
  reader: "user",
  look: "getAttribute 11 3",
  effect: /^renamed$/m,
};
const share: Change = {
  ...everywhere,
  command: "shareKey 11 4 1",
  opcode: "CN_SHARE_OBJECT",
  reader: "user",
  look: "getKeyInfo 11",
  effect: /shared to following 1 user/,
};
const copyKey: Change = {
  command: "syncKey 12 1",
  opcode: "CN_INSERT_MASKED_OBJECT_USER",
  reader: "user",
  look: "getKeyInfo 12",
  effect: /Owned by user 3/,
  servers: [1],
  isTold: (answer) => answer.startsWith("syncKey success"),
};
const registrations = officers.map((name): Change => ({
  ...everywhere,
  command: `registerQuorumPubKey CO ${name} ~/${name}.reg ~/${name}.sig ~/${name}.pub`,
  opcode: undefined,
  reader: "officer",
  look: "listUsers",
  effect: new RegExp(`\\b${name} +\\tYES`),
}));
const setMinimum: Change = {
  ...everywhere,
  command: "setMValue 3 2",
  opcode: "CN_SET_M_VALUE",
  reader: "officer",
  look: "getMValue 3",
  effect: /: \[2\]$/m,
  // Nothing but the lack of a failure tells of it.
  isTold: (answer) => /Setting M Value[^]*aws-cloudhsm>/.test(answer) && !answer.includes("failed"),
};
const createApproved: Change = {
  ...everywhere,
  command: "createUser CU fresh fresh12345",
  opcode: "CN_CREATE_USER",
  reader: "officer",
  look: "listUsers",
  effect: /\bfresh\b/,
};
const changes = [setLabel, share, copyKey, ...registrations, setMinimum, createApproved];

/** What ends with its login, so that only the audit log tells of it later. */
const passing = [
  ["getToken", "CN_GET_TOKEN"],
  ["approveToken", "CN_APPROVE_TOKEN"],
  ["delToken", "CN_DELETE_TOKEN"],
] as const;

const everyChange: readonly Step[] = [
  writeRegistrations,
  readers.user,
  setLabel.command,
  share.command,
  readers.officer,
  "server 0",
  copyKey.command,
  "exit",
  ...registrations.map(({ command }) => command),
  setMinimum.command,
  "getToken 3 admin ~/token",
  writeApproval,
  "approveToken ~/approval",
  createApproved.command,
  "getToken 3 admin ~/token",
  "delToken 1",
];

function writeRegistrations({ home }: Start): void {
  officers.forEach((name, index) => {
    const { privateKey, publicKey } = keyPair(index);
    writeFileSync(join(dirname(home), `${name}.reg`), name);
    writeFileSync(join(dirname(home), `${name}.sig`), sign("sha256", Buffer.from(name), privateKey));
    writeFileSync(join(dirname(home), `${name}.pub`), publicKey);
  });
}

/** The officers sign the token, where there is one. */
function writeApproval({ home }: Start): void {
  const token = join(dirname(home), "token");
  if (!existsSync(token)) return;
  const approvals = officers.map((name, index) => {
    writeFileSync(`${token}.${name}`, sign("sha256", readFileSync(token), keyPair(index).privateKey));
    return `Approver Type = 2;\nApprover Name = ${name};\nApproval File = ${token}.${name};\n`;
  });
  const head = `Multi Token File Path = ${token};\nToken File Path = ;\nNumber of Approvals = 2;\n`;
  writeFileSync(join(dirname(home), "approval"), head + approvals.join(""));
}

/** Each change stands on an HSM if, and only if, its event does; what was told does. The token's file is whole or none. */
async function inspect(start: Start, { answers }: Spoken): Promise<readonly (readonly string[])[]> {
  const commands = everyChange.filter((step) => typeof step === "string");
  const answersTo = (name: string) => answers.filter((_, at) => commands[at]?.startsWith(name));
  const token = join(dirname(start.home), "token");
  if (existsSync(token))
    expect(readFileSync(token, "utf8")).toMatch(/^(?:hsm-[ab] token \d+ [^\n]* [\da-f]{32}\n){1,2}$/);

  const reopened = new Conversation(start);
  await reopened.prompt();
  const logs = hosts.map((host) => eventsOf(start, host));
  for (const [server, events] of logs.entries()) {
    const happened = (opcode: string) => events.filter((event) => event.opcode === opcode && event.response === 0);
    const changed = changes.filter(({ servers }) => servers.includes(server));
    const looks = changed.flatMap(({ reader, look }) => [readers[reader], look]);
    const [, ...seen] = await reopened.burst([`server ${String(server)}`, ...looks, "exit"]);
    for (const [at, { command, opcode, effect, isTold }] of changed.entries()) {
      const stands = effect.test(seen[2 * at + 1] ?? "");
      if (opcode !== undefined)
        expect({ command, events: happened(opcode).length }).toEqual({ command, events: +stands });
      const told = answersTo(command).some((answer) => isTold(answer, server));
      expect({ command, lost: told && !stands }).toEqual({ command, lost: false });
    }
    for (const [name, opcode] of passing) {
      const told = answersTo(name).filter((answer) => everywhere.isTold(answer, server));
      expect(happened(opcode).length).toBeGreaterThanOrEqual(told.length);
    }
  }
  await reopened.say("quit");
  expect(await reopened.end()).toMatchObject({ status: 0, stderr: "" });
  return logs.map(story);
}

/** What happened on an HSM since it was created. */
function eventsOf(start: Start, host: string): readonly AuditedEvent[] {
  return sinceCreation(auditLog(start.home, host));
}

describe.skipIf(isMissing("strace"))(
  "killed, out of space or with a broken disk at any write of a key or a token",
  () => {
    test("each command leaves each HSM before or after it", { timeout: 3_600_000 }, async () => {
      const folder = temporaryFolder();
      await runPiped(place(folder, { cluster, template: undefined }), lines("quit"));
      const template = join(folder, "home");
      const session = {
        title: "keys and quorum",
        killed: "everySecond",
        cluster,
        template,
        steps: everyChange,
        inspect,
      } as const;
      const { killed, told } = await tryEveryFault(session);
      expect(killed).toBeGreaterThan(125);
      expect(told).toBeGreaterThan(35);
    });
  },
);

import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type AuditedEvent, auditLog } from "../harness/audit.ts";
import { Conversation } from "../harness/conversation.ts";
import { isMissing } from "../harness/debian.ts";
import { type Start, lines, runPiped, temporaryFolder } from "../harness/program.ts";
import { type Effects, type ExpectedUser, listedUsers, missing, usersAfter } from "./expected-users.ts";
import { type Fault, type Spoken, type WritePoint, faults, findWritePoints, strike } from "./fault.ts";

const cluster = `
clusters:
  - id: cluster-a
    passwordCost: 10
    users:
      - { id: 1, type: CO, name: admin, password: co12345 }
      - { id: 3, type: CU, name: alice, password: alice12345 }
    hsms:
      - { id: hsm-a, hostname: h0, users: [{ id: 6, type: CO, name: officer2, password: officer23456 }] }
      - { id: hsm-b, hostname: h1 }
`;
const hosts = ["h0", "h1"];

const admin: ExpectedUser = { id: 1, type: "CO", name: "admin", failures: 0, password: "co12345" };
const alice: ExpectedUser = { id: 3, type: "CU", name: "alice", failures: 0, password: "alice12345" };
const officer2: ExpectedUser = { id: 6, type: "CO", name: "officer2", failures: 0, password: "officer23456" };
const initial = [
  [admin, alice, officer2],
  [admin, alice],
];

const everyChange = [
  "loginHSM CO admin wrong12345",
  "loginHSM CO admin co12345",
  "createUser CU bob bob12345",
  "changePswd CU bob bob54321",
  "server 0",
  "syncUser 6 1",
  "exit",
  "deleteUser CU alice",
  "logoutHSM",
];

/** What everyChange does on a server: bob's id differs, since officer2 stands on server 0 only. */
function effectsOn(server: number): Effects {
  return {
    created: { id: server === 0 ? 7 : 4, type: "CU", name: "bob", failures: 0, password: "bob12345" },
    changedPassword: "bob54321",
    synchronised: officer2,
  };
}

/** A home as a session finds it: filled with the HSMs, or empty. */
function place(folder: string, template: string | undefined): Start {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const home = join(folder, "home");
  if (template !== undefined) cpSync(template, home, { recursive: true });
  const config = join(folder, "cluster.yaml");
  writeFileSync(config, cluster);
  return { words: [config], home, environment: { XDG_STATE_HOME: join(folder, "state") } };
}

/** What an HSM went through since it was created, without what differs from run to run. */
function story(events: readonly AuditedEvent[]): readonly string[] {
  return events.map(({ opcode, response, user }) => `${opcode} ${String(response)} ${user ?? ""}`);
}

/** Starts the program again on what a session left behind, and compares everything that can be seen. */
async function inspect(start: Start, spoken: Pick<Spoken, "stdout">): Promise<readonly (readonly string[])[]> {
  const reopened = new Conversation(start);
  await reopened.prompt();
  const listed = listedUsers(await reopened.command("listUsers"));
  const logs = hosts.map((host) => auditLog(start.home, host));
  for (const server of hosts.keys()) {
    const log = logs[server] ?? [];
    const created = log.slice(0, log.findIndex(({ opcode }) => opcode === "CN_INIT_DONE") + 1);
    expect(created).toHaveLength(3 + (initial[server]?.length ?? 0));
    const events = log.slice(created.length);
    const users = usersAfter(initial[server] ?? [], events, effectsOn(server));
    expect(listed[server]).toEqual(users.map(({ password: _, ...row }) => row));
    expect(missing(spoken.stdout, server, events)).toEqual([]);
    await reopened.say(`server ${String(server)}`);
    for (const { type, name, password } of users) {
      expect(await reopened.say(`loginHSM ${type} ${name} ${password}`)).toContain("loginHSM success\n");
    }
    await reopened.say("exit");
  }
  await reopened.say("quit");
  expect(await reopened.end()).toMatchObject({ status: 0, stderr: "" });
  return logs.map(story);
}

interface Trial {
  readonly point: WritePoint;
  readonly fault: Fault;
}

/** What came of a fault: the process was killed, the failure was told, or it did no harm and nothing was to tell. */
type Effect = "killed" | "told" | "harmless";

/** Tries every fault at every write point of a session, three at a time, and says what came of it. */
async function tryEveryFault(
  title: string,
  template: string | undefined,
  commands: readonly string[],
): Promise<Readonly<Record<Effect, number>>> {
  const folder = temporaryFolder();
  const counted = place(join(folder, "counted"), template);
  const points = await findWritePoints(counted, commands);
  const undisturbed = await runUndisturbed(join(folder, "undisturbed"), template, commands);
  const trials = points.flatMap((point) => (Object.keys(faults) as Fault[]).map((fault): Trial => ({ point, fault })));
  const queue = trials.values();
  const results = { killed: 0, told: 0, harmless: 0 };
  const worker = async (name: string): Promise<void> => {
    for (const trial of queue) results[await attempt(join(folder, name), template, commands, trial, undisturbed)]++;
  };
  await Promise.all(["one", "two", "three"].map(worker));
  console.log(
    `${title}: ${String(points.length)} write points, killed at ${String(results.killed)}, EIO and ENOSPC at each: ` +
      `${String(results.told)} failures told, ${String(results.harmless)} did no harm`,
  );
  return results;
}

interface Undisturbed {
  readonly stdout: string;
  readonly stories: readonly (readonly string[])[];
}

async function runUndisturbed(
  folder: string,
  template: string | undefined,
  commands: readonly string[],
): Promise<Undisturbed> {
  const start = place(folder, template);
  const conversation = new Conversation(start);
  await conversation.prompt();
  for (const command of [...commands, "quit"]) await conversation.command(command);
  const { stdout } = await conversation.end();
  return { stdout, stories: await inspect(start, { stdout }) };
}

async function attempt(
  folder: string,
  template: string | undefined,
  commands: readonly string[],
  { point, fault }: Trial,
  undisturbed: Undisturbed,
): Promise<Effect> {
  const start = place(folder, template);
  const spoken = await strike(start, commands, point, fault);
  try {
    expect(spoken.struck).toBe(true);
    const stories = await inspect(start, spoken);
    if (fault === "killed") return fault;
    expect(`${spoken.stdout}${spoken.stderr}`).not.toMatch(/unexpected|no simulated HSM|\bat .*:\d+:\d+/);
    if (spoken.stdout !== undisturbed.stdout || spoken.status !== 0) return "told";
    expect(stories).toEqual(undisturbed.stories);
    return "harmless";
  } catch (error) {
    const where = `${fault} at ${point.call} ${String(point.nth)} of ${point.path}`;
    throw new Error(`${where}\n${spoken.stdout}\n${spoken.stderr}\nstatus ${String(spoken.status)}`, { cause: error });
  }
}

describe.skipIf(isMissing("strace"))("killed, out of space or with a broken disk at any write", () => {
  test("the first start creates each HSM or none of it", { timeout: 900_000 }, async () => {
    const { killed, told } = await tryEveryFault("first start", undefined, []);
    expect(killed).toBeGreaterThan(20);
    expect(told).toBeGreaterThan(20);
  });

  test("each command leaves each HSM before or after it", { timeout: 900_000 }, async () => {
    const template = join(temporaryFolder(), "home");
    await runPiped(place(join(template, ".."), undefined), lines("quit"));
    const { killed, told } = await tryEveryFault("every change", template, everyChange);
    expect(killed).toBeGreaterThan(80);
    expect(told).toBeGreaterThan(80);
  });
});

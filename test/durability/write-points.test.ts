import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { auditLog, sinceCreation } from "../harness/audit.ts";
import { Conversation } from "../harness/conversation.ts";
import { isMissing } from "../harness/debian.ts";
import { type Start, lines, runPiped, temporaryFolder } from "../harness/program.ts";
import { place, story, tryEveryFault } from "./every-fault.ts";
import { type Effects, type ExpectedUser, listedUsers, missing, usersAfter } from "./expected-users.ts";
import type { Spoken } from "./fault.ts";

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

/** Finds the users that the audit log accounts for, each with its password, and no acknowledgement without its event. */
async function inspect(start: Start, spoken: Pick<Spoken, "stdout">): Promise<readonly (readonly string[])[]> {
  const reopened = new Conversation(start);
  await reopened.prompt();
  const listed = listedUsers(await reopened.command("listUsers"));
  const logs = hosts.map((host) => auditLog(start.home, host));
  for (const server of hosts.keys()) {
    const log = logs[server] ?? [];
    const events = sinceCreation(log);
    // The log of the first HSM alone begins with its initialisation.
    expect(log.length - events.length).toBe(server === 0 ? 3 + (initial[server]?.length ?? 0) : 0);
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

describe.skipIf(isMissing("strace"))("killed, out of space or with a broken disk at any write", () => {
  test("the first start creates each HSM or none of it", { timeout: 3_600_000 }, async () => {
    const session = { title: "first start", cluster, template: undefined, steps: [], inspect };
    const { killed, told } = await tryEveryFault(session);
    expect(killed).toBeGreaterThan(20);
    expect(told).toBeGreaterThan(20);
  });

  test("each command leaves each HSM before or after it", { timeout: 3_600_000 }, async () => {
    const folder = temporaryFolder();
    const created = place(folder, { cluster, template: undefined });
    await runPiped(created, lines("quit"));
    const session = { title: "every change", cluster, template: join(folder, "home"), steps: everyChange, inspect };
    const { killed, told } = await tryEveryFault(session);
    expect(killed).toBeGreaterThan(80);
    expect(told).toBeGreaterThan(40);
  });
});

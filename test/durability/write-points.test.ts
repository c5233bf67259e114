import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { auditLog, sinceCreation } from "../harness/audit.ts";
import { Conversation } from "../harness/conversation.ts";
import { isMissing } from "../harness/debian.ts";
import { type Start, lines, runPiped, temporaryFolder } from "../harness/program.ts";
import { type Scenario, place, story, tryEveryFault } from "./every-fault.ts";
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
const both = ["h0", "h1"];
const firstAlone = cluster.replace(/^.*hsm-b.*\n/m, "");

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

/** Leaves the shell waiting for a line, so that it empties the logs of the HSMs. */
const pause = (): void => undefined;

const settling = [...everyChange.slice(0, 2), pause, "createUser CU bob bob12345", pause];

/** What everyChange does on a server: bob's id differs, since officer2 stands on server 0 only. */
function effectsOn(server: number): Effects {
  return {
    created: { id: server === 0 ? 7 : 4, type: "CU", name: "bob", failures: 0, password: "bob12345" },
    changedPassword: "bob54321",
    synchronised: officer2,
  };
}

/** Finds the users that the audit log accounts for, each with its password, and no acknowledgement without its event. */
async function inspect(
  start: Start,
  { stdout }: Spoken,
  of: readonly string[],
): Promise<readonly (readonly string[])[]> {
  const reopened = new Conversation(start);
  await reopened.prompt();
  const listed = listedUsers(await reopened.command("listUsers"));
  const logs = of.map((host) => auditLog(start.home, host));
  for (const server of of.keys()) {
    const log = logs[server] ?? [];
    const events = sinceCreation(log);
    // The log of the first HSM alone begins with its initialisation.
    expect(log.length - events.length).toBe(server === 0 ? 3 + (initial[server]?.length ?? 0) : 0);
    const users = usersAfter(initial[server] ?? [], events, effectsOn(server));
    expect(listed[server]).toEqual(users.map(({ password: _, ...row }) => row));
    expect(missing(stdout, server, events)).toEqual([]);
    const logins = users.map(({ type, name, password }) => `loginHSM ${type} ${name} ${password}`);
    const [, ...said] = await reopened.burst([`server ${String(server)}`, ...logins, "exit"]);
    expect(logins.filter((_, at) => said[at]?.includes("loginHSM success\n") !== true)).toEqual([]);
  }
  await reopened.say("quit");
  expect(await reopened.end()).toMatchObject({ status: 0, stderr: "" });
  return logs.map(story);
}

describe.skipIf(isMissing("strace"))("killed, out of space or with a broken disk at any write", () => {
  test("the first start creates each HSM or none of it", { timeout: 3_600_000 }, async () => {
    const inspectBoth: Scenario["inspect"] = (start, spoken) => inspect(start, spoken, both);
    const session = { title: "first start", cluster, template: undefined, steps: [], inspect: inspectBoth };
    const { killed, told } = await tryEveryFault(session);
    expect(killed).toBeGreaterThan(60);
    expect(told).toBeGreaterThan(15);
  });

  test.each([
    { title: "every change", text: cluster, hosts: both, steps: everyChange, manyKilled: 120, manyTold: 20 },
    { title: "settling", text: firstAlone, hosts: ["h0"], steps: settling, manyKilled: 80, manyTold: 10 },
  ])("each command leaves each HSM before or after it: $title", { timeout: 3_600_000 }, async (row) => {
    const { title, text, hosts, steps, manyKilled, manyTold } = row;
    const folder = temporaryFolder();
    await runPiped(place(folder, { cluster: text, template: undefined }), lines("quit"));
    const { killed, told } = await tryEveryFault({
      title,
      cluster: text,
      template: join(folder, "home"),
      steps,
      inspect: (start, spoken) => inspect(start, spoken, hosts),
    });
    expect(killed).toBeGreaterThan(manyKilled);
    expect(told).toBeGreaterThan(manyTold);
  });
});

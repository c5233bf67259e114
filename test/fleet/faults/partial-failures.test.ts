import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RoadFaultKind, roadFaultKinds } from "../../../src/config/fault-entry.ts";
import { faultsOf } from "../../../src/fleet/faults/set-fault.ts";
import { type RequestName, requests } from "../../../src/hsm/requests.ts";
import { returnCodes } from "../../../src/hsm/return-code.ts";
import { readComparable } from "../../../src/simulator/comparable-reader.ts";
import { sessions, tokens } from "../../../src/simulator/records/records.ts";
import { commands } from "../../harness/offered-commands.ts";
import { FaultyShell, set } from "../../harness/faulty-cluster.ts";
import { type Rehearsed, cluster, rehearsals, writeFiles } from "../../harness/partial-failures.ts";
import type { RehearsedHome } from "../../harness/rehearsed-home.ts";
import { ofSiblings } from "../../harness/sibling-failures.ts";

const hosts = ["h0", "h1", "h2"] as const;
const addresses = hosts.map((hostname) => ({ hostname, port: 2225 }));
const secret = randomBytes(32);
const officers: Readonly<Record<string, string>> = { admin: "admin12345", officer1: "officer12345" };

/** What is answered to the question what to do about an HSM that failed; none is asked where all else goes on. */
type Decision = "R" | "I" | "A" | "B" | "none";

let home: RehearsedHome;
let cells = 0;
let mended = 0;
const asked = new Set<RequestName>();

beforeAll(async () => {
  home = await cluster();
});

afterAll(() => {
  process.stdout.write(
    `partial failures: ${String(cells)} cells; the lines of compare brought ${String(mended)} of them in step\n`,
  );
});

/** What a run of a rehearsed line leaves. */
interface Outcome {
  readonly home: RehearsedHome;
  readonly printed: string;
  /** What each HSM holds. */
  readonly states: readonly string[];
  /** Whether the fault was met. */
  readonly isMet: boolean;
  /** What may be decided about an HSM that fails. */
  readonly decisions: readonly Decision[];
}

/** Runs a line, in a cluster of its own, with a fault at an HSM. */
async function run(
  { command, request, before, line, prepare, confirm }: Rehearsed,
  fault?: { readonly kind: RoadFaultKind; readonly at: number },
  decision: Decision = "I",
): Promise<Outcome> {
  const own = home.copy();
  const entered = own.enter();
  const faulty = new FaultyShell(entered, addresses, (name) => asked.add(name));
  if (before.length > 0) await faulty.shell.type(...before);
  prepare?.();
  if (fault !== undefined) {
    const code = fault.kind === "refuse" ? "KEY_LIMIT" : undefined;
    const what = request === undefined ? { command } : { request };
    await set(entered, { kind: fault.kind, ...what, times: 1, code }, addresses[fault.at]);
  }
  let decisions: readonly Decision[] = ["none"];
  const left = [decision];
  const printed = await faulty.shell.command(line, (question) => {
    if (question.includes("(y/n)")) return "y";
    if (question.includes("R/I/A")) decisions = ["R", "I", "A"];
    else if (question.includes("R/B/I")) decisions = ["R", "B", "I"];
    else {
      confirm?.();
      return "";
    }
    return left.shift() ?? "I";
  });
  const states: string[] = [];
  for (const hostname of hosts) states.push(await stateOf(own, hostname));
  const isMet = (await faultsOf(entered)).some(({ seen }) => seen > 0);
  await faulty.shell.cluster.disconnect();
  await entered.close();
  return { home: own, printed, states, isMet, decisions };
}

/** All that an HSM holds, but for times and what is drawn; a password that was set is another one. */
async function stateOf(own: RehearsedHome, hostname: string): Promise<string> {
  const read = (from: RehearsedHome) =>
    readComparable(Promise.resolve(from.store(hostname)), { hostname, port: 2225 }, own.home.presence, secret);
  const [now, before] = [await read(own), await read(home)];
  const old = new Set(before.users.map(({ password }) => password));
  const users = now.users.map((user) => ({ ...user, password: old.has(user.password) ? "as before" : "changed" }));
  const store = own.store(hostname);
  const logins = (await store.read((snapshot) => sessions.list(snapshot))).map(([, { userId }]) => userId);
  const issued = (await store.read((snapshot) => tokens.list(snapshot))).map(([, { service, approvals }]) => [
    service,
    approvals.length,
  ]);
  return JSON.stringify([users, now.keys, [...now.minimums], logins, issued]);
}

const texts: Readonly<Record<Exclude<RoadFaultKind, "delay">, string>> = {
  unreachable: returnCodes.SERVER_UNAVAILABLE.text,
  drop: returnCodes.SERVER_UNAVAILABLE.text,
  "lose-answer": returnCodes.SERVER_UNAVAILABLE.text,
  refuse: returnCodes.KEY_LIMIT.text,
  "no-e2e": returnCodes.NOT_ENCRYPTED.text,
};

/** Whether an HSM did what was asked, by what was decided about HSM `at`. */
function isDone(kind: RoadFaultKind, at: number, decision: Decision, hsm: number): boolean {
  if (kind === "delay") return true;
  const did = kind === "lose-answer" || (decision === "R" && kind !== "no-e2e");
  if (hsm === at) return did;
  if (decision === "A") return hsm < at;
  return decision !== "B";
}

/** A copy is done at its destination, server 1, where both of its HSMs did their part. */
function isCopied(kind: RoadFaultKind, at: number): boolean {
  return kind === "delay" || at === 2 || (kind === "lose-answer" && at === 1);
}

async function mendByCompare(outcome: Outcome): Promise<void> {
  const { families, unusable } = await outcome.home.compare();
  expect(unusable).toEqual([]);
  for (const family of families) {
    const { findings } = family;
    if (findings.length === 0) continue;
    expect(findings.flatMap(({ obstacles, before }) => [...obstacles, ...before])).toEqual([]);
    await outcome.home.type(family, (_, name) => officers[name] ?? "no such password");
    mended++;
  }
  expect((await outcome.home.compare()).families.flatMap(({ findings }) => findings)).toEqual([]);
}

const folder = mkdtempSync(join(tmpdir(), "cloudhsm-"));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What each HSM holds just before the line. */
async function statesBefore({ before }: Rehearsed): Promise<readonly string[]> {
  const own = home.copy();
  const entered = own.enter();
  const { shell } = new FaultyShell(entered, addresses);
  if (before.length > 0) await shell.type(...before);
  const states: string[] = [];
  for (const hostname of hosts) states.push(await stateOf(own, hostname));
  await shell.cluster.disconnect();
  await entered.close();
  return states;
}

/** Without what is drawn. */
function plain(text: string): string {
  return text.replaceAll(/[\w+/=]{32,}/g, "…");
}

test.each(rehearsals(folder).map((each) => [each.line.replaceAll(folder, "."), each] as const))(
  "%s",
  async (_, rehearsed) => {
    writeFiles(folder);
    const usual = await run(rehearsed);
    const before = await statesBefore(rehearsed);
    expect(usual.printed).not.toContain("failed:");
    const isCopy = rehearsed.command.startsWith("sync");
    for (const kind of roadFaultKinds) {
      for (const at of [0, 1, 2]) {
        const first = await run(rehearsed, { kind, at });
        for (const decision of first.decisions) {
          cells++;
          const isFirst = decision === "I" || decision === "none";
          const outcome = isFirst ? first : await run(rehearsed, { kind, at }, decision);
          const cell = { kind, at, decision };
          if (kind === "delay" || !outcome.isMet) {
            expect({ ...cell, printed: plain(outcome.printed) }).toEqual({ ...cell, printed: plain(usual.printed) });
          } else {
            const told = [`failed: ${texts[kind]}`, "Disconnected", "is not connected"];
            expect({
              ...cell,
              isTold: told.some((text) => outcome.printed.includes(text)),
              printed: outcome.printed,
            }).toMatchObject({ isTold: true });
          }
          const done = hosts.map((__, hsm) => {
            if (!outcome.isMet) return true;
            return isCopy ? hsm !== 1 || isCopied(kind, at) : isDone(kind, at, decision, hsm);
          });
          const promised = done.map((did, hsm) => (did ? usual.states[hsm] : before[hsm]));
          expect({ ...cell, states: outcome.states }).toEqual({ ...cell, states: promised });
          await mendByCompare(outcome);
        }
      }
    }
  },
);

/** Requests of the topics that only the key utility asks of. */
const ofKeyUtility = /^(?:making|using|wrapping)\./;

test("every command is rehearsed, and so every request of the table but those that no fault meets", () => {
  const rehearsed = new Set(rehearsals("").map(({ command }) => command));
  expect(commands.map(({ name }) => name).filter((name) => !rehearsed.has(name))).toEqual([]);
  const unasked = (Object.keys(requests) as RequestName[]).filter((name) => !asked.has(name));
  expect(unasked.filter((name) => !ofKeyUtility.test(name))).toEqual(ofSiblings);
});

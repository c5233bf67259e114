import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { azure } from "../../../src/dialects/azure/azure.ts";
import { faultsOf } from "../../../src/fleet/faults/set-fault.ts";
import type { RequestName } from "../../../src/hsm/requests.ts";
import { returnCodes } from "../../../src/hsm/return-code.ts";
import { isMissing } from "../../harness/debian.ts";
import { FaultyShell, set } from "../../harness/faulty-cluster.ts";
import type { RehearsedHome } from "../../harness/rehearsed-home.ts";
import {
  type RehearsedSibling,
  type SiblingHomes,
  anHourFromNow,
  ofSiblings,
  siblingHomes,
  siblingRehearsals,
  signChallenges,
  writeSiblingFiles,
} from "../../harness/sibling-failures.ts";

const folder = mkdtempSync(join(tmpdir(), "cloudhsm-"));
const asked = new Set<RequestName>();

/** Each fault that is tried, and in what words the shell tells of it. */
const faults = [
  { kind: "unreachable", told: /failed: .*|Server \d is not connected/ },
  { kind: "refuse", told: new RegExp(`failed: ${returnCodes.KEY_LIMIT.text}`) },
] as const;

/** What a line did: what was printed, and on which HSMs something is other than before it. */
interface Outcome {
  readonly printed: string;
  readonly changed: readonly boolean[];
  /** Whether the fault was met. */
  readonly isMet: boolean;
}

describe.skipIf(isMissing("openssl"))("a command that only other vendors' shells have", () => {
  let homes: SiblingHomes;

  beforeAll(async () => {
    homes = await siblingHomes(folder);
    await writeSiblingFiles(folder, homes);
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  /** Runs a line in a cluster of its own, with a fault at an HSM. */
  async function run(
    { where, command, before, line }: RehearsedSibling,
    fault?: { readonly kind: (typeof faults)[number]["kind"]; readonly at: number },
  ): Promise<Outcome> {
    const own = homes[where].copy();
    const entered = own.enter();
    const addresses = own.hosts.map((hostname) => ({ hostname, port: 2225 }));
    const faulty = new FaultyShell(entered, addresses, (name) => asked.add(name), azure, anHourFromNow);
    if (before.length > 0) await faulty.shell.type(...before);
    if (command === "unlockCO") signChallenges(folder, homes.ca);
    if (fault !== undefined) {
      const code = fault.kind === "refuse" ? "KEY_LIMIT" : undefined;
      await set(entered, { kind: fault.kind, command, times: 1, code }, addresses[fault.at]);
    }
    const was = await recordsOf(own);
    const printed = await faulty.shell.command(line, (question) => (question.includes("(y/n)") ? "y" : "I"));
    const now = await recordsOf(own);
    const isMet = (await faultsOf(entered)).some(({ seen }) => seen > 0);
    await faulty.shell.cluster.disconnect();
    await entered.close();
    return { printed, changed: now.map((records, hsm) => records !== was[hsm]), isMet };
  }

  test.each(siblingRehearsals(folder).map((each) => [each.line.replaceAll(folder, "."), each] as const))(
    "%s",
    async (_, rehearsed) => {
      const { where, changes, before } = rehearsed;
      const usual = await run(rehearsed);
      expect(usual.printed).not.toContain("failed:");
      expect(usual.printed).toMatch(/ success/);
      expect(usual.changed).toEqual(usual.changed.map(() => changes));
      const isOfOne = before[0] === "server 0";
      for (const { kind, told } of faults) {
        for (const at of where === "pending" || isOfOne ? [0] : [0, 1, 2]) {
          const { printed, changed, isMet } = await run(rehearsed, { kind, at });
          expect({ kind, at, isMet }).toEqual({ kind, at, isMet: true });
          expect(printed).toMatch(told);
          expect({ kind, at, changed }).toEqual({ kind, at, changed: changed.map((__, hsm) => changes && hsm !== at) });
          const successes = printed.match(/ success/g)?.length ?? 0;
          expect({ kind, at, successes }).toEqual({ kind, at, successes: isOfOne ? 0 : changed.length - 1 });
        }
      }
    },
  );

  test("makes every request that no command of AWS's shell makes", () => {
    expect(ofSiblings.filter((name) => !asked.has(name))).toEqual([]);
  });
});

/** All that each HSM keeps, but for who is logged in and what was recorded of it. */
function recordsOf(own: RehearsedHome): Promise<readonly string[]> {
  return Promise.all(
    own.hosts.map((hostname) => {
      const store = own.store(hostname);
      const names = store.collections.filter((name) => !/audit|event|session|login/i.test(name)).sort();
      return store.read(async (snapshot) =>
        JSON.stringify(await Promise.all(names.map(async (name) => [name, await snapshot.list(name)]))),
      );
    }),
  );
}

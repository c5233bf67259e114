import { sign } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Mode } from "../../src/cluster/cluster.ts";
import { offeredOf } from "../../src/command/offer.ts";
import type { Dialect } from "../../src/command/wording.ts";
import { commands as declared } from "../../src/commands/management/command-table.ts";
import { alibaba } from "../../src/dialects/alibaba/alibaba.ts";
import { aws } from "../../src/dialects/aws/aws.ts";
import { azure } from "../../src/dialects/azure/azure.ts";
import { oracle } from "../../src/dialects/oracle/oracle.ts";
import { modelOf } from "../../src/simulator/models/models.ts";
import { cluster, key, user, withMore } from "../harness/backups.ts";
import { keyPair } from "../harness/key-pairs.ts";
import { writeFiles } from "../harness/partial-failures.ts";
import { ScriptedShell } from "../harness/scripted-shell.ts";
import { TestedHsm } from "../harness/tested-hsm.ts";
import { type Row, type Vendor, lines, rowsOf, tables } from "./rights-tables.ts";

const dialects: Readonly<Record<Vendor, Dialect>> = { aws, azure, oracle, alibaba };
const vendors = Object.keys(tables) as readonly Vendor[];
const modes = ["global", "server"] as const satisfies readonly Mode[];
const callers = { nobody: "N", PRECO: "P", CO: "C", CU: "U", AU: "A" } as const;
type Caller = keyof typeof callers;
const everybody = Object.keys(callers) as readonly Caller[];

/** What those who may are refused here for another reason: nothing is approved of, locked, or left to be stored. */
const metByOtherRefusals = new Set([
  "loginHSM",
  "approveToken",
  "delToken",
  "storeCert",
  "unlockUser",
  "getChallenge",
  "unlockCO",
  "modifyKeyOwner",
]);

const folder = mkdtempSync(join(tmpdir(), "cloudhsm-"));
writeFiles(folder);
writeFileSync(join(folder, "template"), "CKA_USER_SIGN\n0x00\n");
writeFileSync(join(folder, "unlock.json"), '{"Unlock CO signatures":{}}');
writeFileSync(join(folder, "token"), "00".repeat(80) + "\n");
writeFileSync(join(folder, "token.sig"), sign("sha256", Buffer.from("another"), keyPair(0).privateKey));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const secret = "password-of-all";

async function hsmsOf(vendor: Vendor): Promise<readonly TestedHsm[]> {
  const people = [
    user(1, "CO", "co", secret),
    user(2, "AU", "au", secret),
    user(3, "CU", "cu", secret),
    user(4, "PRECO", "preco", secret),
    user(5, "CU", "sharee", secret),
    user(6, "CU", "idle", secret),
    user(7, "CO", "other", secret),
  ];
  const model = modelOf({ model: vendor });
  const both = await cluster(people, [key({ handle: 8, owner: "cu" })]);
  // Somebody to copy: where the user exists, some vendors' HSMs refuse it.
  const first = await withMore(both, [user(9, "CU", "local", secret)]);
  return Promise.all([
    TestedHsm.with(first, { hsmId: "hsm-one", model }),
    TestedHsm.with(both, { hsmId: "hsm-two", model }),
  ]);
}

const offered = new Map(vendors.map((vendor) => [vendor, offeredOf(dialects[vendor].offer, declared)] as const));
const fresh = new Map(await Promise.all(vendors.map(async (vendor) => [vendor, await hsmsOf(vendor)] as const)));

/** Somebody at a vendor's shell in one of its modes. */
class Operator {
  readonly questions: string[] = [];
  readonly #vendor: Vendor;
  readonly #mode: Mode;
  readonly #caller: Caller;
  readonly #shell: ScriptedShell;

  private constructor(vendor: Vendor, mode: Mode, caller: Caller, hsms: readonly TestedHsm[]) {
    const dialect = dialects[vendor];
    this.#vendor = vendor;
    this.#mode = mode;
    this.#caller = caller;
    this.#shell = new ScriptedShell(hsms, offered.get(vendor), false, undefined, dialect);
  }

  /** On HSMs that nobody has changed. */
  static async at(vendor: Vendor, mode: Mode, caller: Caller): Promise<Operator> {
    const hsms = await Promise.all((fresh.get(vendor) ?? []).map((hsm) => hsm.copy()));
    const operator = new Operator(vendor, mode, caller, hsms);
    if (caller !== "nobody") await operator.type(`loginHSM <type> <own> ~${secret}`);
    if (mode === "server") await operator.type("server 0");
    operator.questions.length = 0;
    return operator;
  }

  /** Types a line of the tables; gives what is printed. */
  type(line: string): Promise<string> {
    const words = { "<folder>": folder, "<type>": this.#caller, "<own>": this.#caller.toLowerCase() };
    const [inGlobal = "", inServer = inGlobal] = line.split("|");
    const whole = this.#mode === "server" ? inServer : inGlobal;
    const given = this.#vendor === "oracle" ? whole.replace(/ ~.*/, "") : whole.replace("~", "");
    return this.#shell.command(
      given.replace(/<\w+>/g, (word) => words[word as keyof typeof words]),
      (question) => {
        this.questions.push(question);
        if (/password/i.test(question)) return secret;
        return question.includes("y/n") ? "y" : "I";
      },
    );
  }
}

const refusal = /HSM Error: (?:No user is logged in to|The current logged in user is not authorized to) do this/;

/** What became of a command, in one word. */
function outcomeOf(written: string, name: string): string {
  if (written.startsWith("Unknown command")) return "unknown";
  if (written.includes(`${name} is not simulated`)) return "not simulated";
  if (/^Usage: |mode first/m.test(written)) return "misfit";
  if (refusal.test(written)) return "refused";
  return /^\w+ failed/m.test(written) ? "failed" : "done";
}

function wanted({ use, may, modes: given }: Row, mode: Mode, caller: Caller): string {
  if (!given.includes(mode)) return "not in this mode";
  if (may === undefined) return "not simulated";
  if (!may.includes(callers[caller])) return "refused";
  return metByOtherRefusals.has(use) ? "allowed" : "done";
}

const rows = vendors.flatMap((vendor) => rowsOf(vendor).map((row) => ({ vendor, ...row })));

test.each(rows.filter(({ may }) => may !== undefined))(
  "$vendor: $use, by everybody in both modes",
  async ({ vendor, ...row }) => {
    const cells = row.modes.flatMap((mode) => everybody.map((caller) => ({ mode, caller })));
    const got = await Promise.all(
      cells.map(async ({ mode, caller }) => {
        const operator = await Operator.at(vendor, mode, caller);
        const written = await operator.type(lines[row.use] ?? "");
        const outcome = outcomeOf(written, row.name);
        const asked = operator.questions.some((question) => question.includes("y/n"));
        return {
          mode,
          caller,
          outcome: metByOtherRefusals.has(row.use) && /done|failed/.test(outcome) ? "allowed" : outcome,
          asks: asked ? "y/n" : written.includes("CAUTION") ? "box" : "",
        };
      }),
    );
    expect(got).toEqual(
      cells.map((cell) => ({ ...cell, outcome: wanted(row, cell.mode, cell.caller), asks: row.asks })),
    );
  },
);

test.each(vendors)("%s: what is named only is not simulated, and what others have is unknown", async (vendor) => {
  const own = rowsOf(vendor);
  const names = new Set(vendors.flatMap((each) => rowsOf(each).map(({ name }) => name)));
  const others = [...names, "sealPartition"].filter((name) => own.every((row) => row.name !== name));
  for (const mode of modes) {
    const named = own.filter(({ may, modes: given }) => may === undefined && given.includes(mode));
    for (const caller of everybody) {
      const operator = await Operator.at(vendor, mode, caller);
      for (const { name } of named) {
        expect(outcomeOf(await operator.type(`${name} 1 1`), name), name).toBe("not simulated");
      }
      for (const name of others) expect(outcomeOf(await operator.type(name), name), name).toBe("unknown");
      expect(operator.questions).toEqual([]);
    }
  }
});

test.each(vendors)("%s: a command of one mode is none in the other", async (vendor) => {
  for (const mode of modes) {
    const operator = await Operator.at(vendor, mode, "CO");
    const elsewhere = rowsOf(vendor).filter(({ modes: given }) => !given.includes(mode));
    expect(elsewhere.length).toBeGreaterThan(0);
    for (const { name, use } of elsewhere) {
      expect(await operator.type(lines[use] ?? name), name).toMatch(new RegExp(`^(?:Unknown command|${name}: )`));
    }
    expect(operator.questions).toEqual([]);
  }
});

test.each(vendors)("%s: the table has each command of the shell, in its modes", (vendor) => {
  const inModes = (rows: readonly { readonly name: string; readonly modes: readonly Mode[] }[]): readonly string[] =>
    [...new Set(rows.flatMap(({ name, modes: given }) => given.map((mode) => `${name} ${mode}`)))].sort();
  expect(inModes(rowsOf(vendor))).toEqual(inModes(offered.get(vendor) ?? []));
});

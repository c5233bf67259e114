import { expect, test } from "vitest";
import { offeredOf } from "../../src/command/offer.ts";
import type { Dialect } from "../../src/command/wording.ts";
import { commands as declared } from "../../src/commands/management/command-table.ts";
import { alibaba } from "../../src/dialects/alibaba/alibaba.ts";
import { aws } from "../../src/dialects/aws/aws.ts";
import { azure } from "../../src/dialects/azure/azure.ts";
import { oracle } from "../../src/dialects/oracle/oracle.ts";
import { alibaba as alibabaHsms } from "../../src/simulator/models/alibaba.ts";
import { aws as awsHsms } from "../../src/simulator/models/aws.ts";
import { azure as azureHsms } from "../../src/simulator/models/azure.ts";
import type { Model } from "../../src/simulator/models/model.ts";
import { oracle as oracleHsms } from "../../src/simulator/models/oracle.ts";
import { cluster, key, user } from "../harness/backups.ts";
import { temporaryFolder } from "../harness/program.ts";
import { ScriptedShell } from "../harness/scripted-shell.ts";
import { TestedHsm } from "../harness/tested-hsm.ts";

const callers = ["nobody", "CO", "CU", "AU"] as const;

/** What each command is given; a password stands behind `~` and is left out where it is always asked for. */
const lines: Readonly<Record<string, string>> = {
  getHSMInfo: "getHSMInfo",
  info: "info server 0",
  listAttributes: "listAttributes",
  listUsers: "listUsers",
  changePswd: "changePswd CU idle ~another-password",
  createUser: "createUser CU dora ~another-password",
  deleteUser: "deleteUser CU idle",
  findAllKeys: "findAllKeys 3 0",
  getKeyInfo: "getKeyInfo 8",
  getAttribute: "getAttribute 8 3",
  setAttribute: "setAttribute 8 3 orders",
  shareKey: "shareKey 8 5 1",
  getCert: "getCert <folder>/got.crt 4",
  logoutHSM: "logoutHSM",
  syncUser: "syncUser 6 1",
};

/**
 * What each vendor's documentation says, written from it and not from the program: which callers may (N nobody, C the CO,
 * U the CU who owns the key, A the AU), and where a question or a box comes before it. Where a vendor's says nothing of a
 * caller, it is AWS's table.
 */
const tables = {
  aws: `
    getHSMInfo NCUA   info NCUA   listAttributes NCUA   listUsers NCUA   changePswd C y/n   createUser C y/n   deleteUser C
    findAllKeys CA   getKeyInfo CUA   getAttribute U   setAttribute U y/n   shareKey U y/n   getCert NCUA   logoutHSM CUA
    syncUser C`,
  azure: `
    getHSMInfo NCUA   info NCUA   listAttributes NCUA   listUsers NCUA   changePswd C y/n   createUser C y/n   deleteUser C
    findAllKeys CA   getKeyInfo CUA   getAttribute U   setAttribute U y/n   shareKey U y/n   getCert NCUA   logoutHSM CUA
    syncUser C`,
  oracle: `
    info NCUA   listAttributes NCUA   listUsers NCUA   changePswd C y/n   createUser C y/n   deleteUser C box
    findAllKeys CA   getKeyInfo UA   getAttribute U   setAttribute U y/n   shareKey U y/n   logoutHSM CUA   syncUser C`,
  alibaba: `
    getHSMInfo NCUA   info NCUA   listAttributes NCUA   listUsers NCUA   changePswd C y/n   createUser C y/n   deleteUser C
    findAllKeys CA   getKeyInfo U   getAttribute U   setAttribute U y/n   shareKey U y/n   getCert CUA   logoutHSM CUA`,
} as const;

const vendors: readonly (readonly [keyof typeof tables, Dialect, Model])[] = [
  ["aws", aws, awsHsms],
  ["azure", azure, azureHsms],
  ["oracle", oracle, oracleHsms],
  ["alibaba", alibaba, alibabaHsms],
];

interface Row {
  readonly name: string;
  readonly may: string;
  /** `y/n`, `box`, or empty. */
  readonly asks: string;
}

function rowsOf(table: string): readonly Row[] {
  return table
    .trim()
    .split(/ {3,}|\n\s*/)
    .map((cell) => {
      const [name = "", may = "", asks = ""] = cell.split(" ");
      return { name, may, asks };
    });
}

const cells = vendors.flatMap(([vendor, dialect, model]) =>
  rowsOf(tables[vendor]).flatMap((row) =>
    (dialect.offer[row.name]?.modes ?? []).flatMap((mode) =>
      callers.map((caller) => ({ ...row, vendor, dialect, model, mode, caller })),
    ),
  ),
);

const refusal = /HSM Error: (?:No user is logged in to|The current logged in user is not authorized to) do this/;

const secret = "password-of-all";

async function hsmsOf(model: Model): Promise<readonly TestedHsm[]> {
  const people = [
    user(1, "CO", "co", secret),
    user(2, "AU", "au", secret),
    user(3, "CU", "cu", secret),
    user(5, "CU", "sharee", secret),
    user(6, "CU", "idle", secret),
  ];
  const backup = await cluster(people, [key({ handle: 8, owner: "cu" })]);
  return Promise.all(["hsm-one", "hsm-two"].map((hsmId) => TestedHsm.with(backup, { hsmId, model })));
}

const fresh = new Map(
  await Promise.all(vendors.map(async ([vendor, , model]) => [vendor, await hsmsOf(model)] as const)),
);

test.each(cells)(
  "$vendor: $name in $mode mode, by $caller",
  async ({ vendor, dialect, mode, caller, name, may, asks }) => {
    const hsms = await Promise.all((fresh.get(vendor) ?? []).map((hsm) => hsm.copy()));
    const shell = new ScriptedShell(hsms, offeredOf(dialect.offer, declared), false, undefined, dialect);
    const questions: string[] = [];
    const answer = (question: string): string => {
      questions.push(question);
      if (/password/i.test(question)) return secret;
      return question.includes("y/n") ? "y" : "I";
    };
    const typed = (line: string): string => (vendor === "oracle" ? line.replace(/ ~.*/, "") : line.replace("~", ""));
    if (caller !== "nobody")
      await shell.command(typed(`loginHSM ${caller} ${caller.toLowerCase()} ~${secret}`), answer);
    if (mode === "server") await shell.command("server 0");
    questions.length = 0;
    const line = typed(lines[name] ?? "").replace("<folder>", temporaryFolder());

    const written = await shell.command(line, answer);

    expect(written).not.toMatch(/^Unknown command|^Usage: /m);
    expect(refusal.test(written)).toBe(
      !may.includes(caller === "nobody" ? "N" : caller === "CU" ? "U" : caller.slice(0, 1)),
    );
    expect(questions.some((question) => question.includes("y/n"))).toBe(asks === "y/n");
    expect(written.includes("CAUTION")).toBe(asks !== "");
  },
);

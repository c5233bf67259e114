import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { keyUtility as alibaba } from "../../../src/dialects/alibaba/key-utility/key-utility.ts";
import { keyUtility as aws } from "../../../src/dialects/aws/key-utility/key-utility.ts";
import { keyUtility as azure } from "../../../src/dialects/azure/key-utility/key-utility.ts";
import { keyUtility as oracle } from "../../../src/dialects/oracle/key-utility/key-utility.ts";
import { dialectOfKeyProgram } from "../../../src/app/vendor.ts";
import { cluster, key, users } from "../../harness/backups.ts";
import { KeyShell, handleIn } from "../../harness/key-shell.ts";
import { TestedHsm } from "../../harness/tested-hsm.ts";

let hsms: readonly TestedHsm[];
const folder = mkdtempSync(join(tmpdir(), "key-siblings-"));
const out = join(folder, "exported");
afterAll(() => {
  rmSync(folder, { recursive: true });
});

beforeAll(async () => {
  const content = await cluster(users(["CO", "admin"], ["CU", "alice"]), [key({ handle: 100, owner: "alice" })]);
  hsms = [await TestedHsm.with(content), await TestedHsm.with(content, { hsmId: "hsm-other" })];
});

async function shellIn(words: typeof aws, minimumNodes?: number): Promise<KeyShell> {
  const shell = new KeyShell(hsms, words, minimumNodes);
  await shell.type("loginHSM -u CU -s alice -p password");
  return shell;
}

test("prompts have one blank with Azure and Oracle, else two", () => {
  expect([aws, azure, oracle, alibaba].map(({ prompt }) => prompt)).toEqual([
    "Command:  ",
    "Command: ",
    "Command: ",
    "Command:  ",
  ]);
});

test.each([
  ["/usr/bin/azcloudhsm_util", "azure"],
  ["/opt/hsm/bin/key_mgmt_tool.js", "alibaba"],
  ["/usr/bin/key_mgmt_util", undefined],
  ["/usr/bin/hsm_mgmt_tool", undefined],
])("who calls %s means %s", (path, dialect) => {
  expect(dialectOfKeyProgram(path)).toBe(dialect);
});

const nodes = ["0", "1"].map((node) => `\tNode id ${node} status: 0x00000000 : HSM Return: SUCCESS\n`).join("");

describe("Oracle's key utility", () => {
  const done = "returned: 0x00 : HSM Return: SUCCESS";

  test("names calls as its pages do, by its own prefix where none has one", async () => {
    const shell = new KeyShell(hsms, oracle);
    expect(await shell.type("loginHSM -u CU -s alice -p password")).toContain(`\tKeyMgmtUtilsLoginHSM ${done}\n`);
    expect(await shell.type("findSingleKey -k 100")).toContain(`\tKeyMgmtUtilsFindSingleKey ${done}\n`);
    expect(await shell.type("getKeyInfo -k 100")).toContain(`\tCfm3GetKey ${done}\n`);
    const pair = await shell.type("genECCKeyPair -i 2 -l pair -sess");
    expect(pair).toContain("\n\tKeyMgmtUtilsGenerateKeyPair:    public key handle: ");
    expect(pair).not.toContain("Cfm");
  });

  test("has a table of users without quorum keys and second factors", async () => {
    const printed = await (await shellIn(oracle)).type("listUsers");
    expect(printed).toContain("\n\tIndex  \t    User ID    \tUser Type      \tUser Name      \t\t\t LoginFailureCnt\n");
    expect(
      printed
        .split("\n")
        .find((line) => line.includes("alice"))
        ?.trim(),
    ).toMatch(/^2\s+2\s+CU\s+alice\s+0$/);
    expect(printed).toContain(`\tListUsers ${done}\n`);
  });

  test("says of masked and wrapped keys what its pages show", async () => {
    const shell = await shellIn(oracle);
    expect(await shell.type(`extractMaskedObject -o 100 -out ${out}`)).toContain(`\tCfm2ExtractMaskedObject ${done}\n`);
    expect(await shell.type(`insertMaskedObject -f ${out}`)).toMatch(
      /^\n\tCfm2InsertMaskedObject returned: 0x00 : HSM Return: SUCCESS\n\tNew Key Handle: \d+\n\tret 0\n\n\tCluster Status:\n/,
    );
    expect(await shell.type(`wrapKey -k 100 -w 100 -m 6 -out ${out}`)).toMatch(
      /^\n\tKeyMgmtUtilwrapKey returned: 0x00 : [^]*\n\tCluster Status:\n\tNode id 0 status: 0x00000000 : HSM Return: SUCCESS\n\n$/,
    );
  });

  test("tells in findKey how the nodes counted, before the keys", async () => {
    expect(await (await shellIn(oracle)).type("findKey -l nothing")).toContain(
      `\n\tKey count request cluster status:\n${nodes}\n\tTotal number of keys present: 0\n`,
    );
    expect(await (await shellIn(aws)).type("findKey -l nothing")).toMatch(/^\n\tTotal number of keys present: 0\n/);
  });
});

describe("Azure's key utility", () => {
  const other = "genSymKey -t 31 -s 32 -l other";

  /** The code of an export of the second key that is made here, under the first one. */
  async function exported(shell: KeyShell, made: string): Promise<string> {
    const handle = String(handleIn(await shell.type(made)));
    const [, code = ""] =
      /ExportWrapKey\S+ returned: (\S+)/.exec(await shell.type(`exSymKey -k ${handle} -w 100 -out ${out}`)) ?? [];
    return code;
  }

  test.each([
    [other, "0x1161"],
    [`${other} -wrap_with_trusted 1`, "0x1161"],
    [`${other} -wrap_with_trusted 0`, "0x00"],
  ])("after %s, a key that is not trusted wraps it: %s", async (line, code) => {
    expect(await exported(await shellIn(azure), line)).toBe(code);
  });

  test("imports and private keys are alike, and AWS's has no such option", async () => {
    const shell = await shellIn(azure);
    for (const command of ["genECCKeyPair", "imSymKey", "importPrivateKey", "unWrapKey"])
      expect(await shell.type(`${command} -h`)).toContain("[-wrap_with_trusted <0|1>]");
    const pair = handleIn(await shell.type("genECCKeyPair -i 2 -l pair"), "private key handle:");
    const { session, hsm } = (await hsms[0]?.login("CU", "alice")) ?? {};
    const [attribute] = (await hsm?.keys.attributes(session ?? 0, pair, 528)) ?? [];
    expect(attribute?.value).toEqual({ kind: "number", number: 1 });
    expect(await (await shellIn(aws)).type(`${other} -wrap_with_trusted 1`)).toContain(
      "Error: Unknown option -wrap_with_trusted.",
    );
  });
});

describe("Alibaba's key utility", () => {
  test("has a colon behind the owner, and the word that AWS's capture lacks", async () => {
    expect(await (await shellIn(alibaba)).type("getKeyInfo -k 100")).toContain("\n\tOwned by user: 2\n");
    expect(await (await shellIn(aws)).type("getKeyInfo -k 100")).toContain("\n\tOwned by user 2\n");
    expect(alibaba.returned("importUnwrap")).toBe("\tCfm3ImportUnWrapKey returned: 0x00 : HSM Return: SUCCESS");
  });

  test("sets more attributes, on all nodes", async () => {
    const shell = await shellIn(alibaba);
    const done = `\n\tCfm3SetAttribute returned: 0x00 : HSM Return: SUCCESS\n\n\tCluster Status:\n${nodes}\n`;
    expect(await shell.type("setAttribute -o 100 -a 3", "new label")).toBe(done);
    expect(await shell.type("setAttribute -o 100 -a 264", "1")).toContain(done);
    expect(await shell.type("setAttribute -o 100 -a 264", "2")).toContain("Cfm3SetAttribute returned: 0x1002");
    for (const hsm of hsms) {
      const { session, hsm: connected } = await hsm.login("CU", "alice");
      const [label] = await connected.keys.attributes(session, 100, 3);
      const [sign] = await connected.keys.attributes(session, 100, 264);
      expect([label?.value, sign?.value]).toEqual([
        { kind: "text", text: "new label" },
        { kind: "number", number: 1 },
      ]);
    }
    expect(await shell.type("setAttribute -o 100 -a 354")).toContain("0x1110");
  });

  test("makes a token key of a session key, as AWS's does", async () => {
    const shell = await shellIn(alibaba);
    const handle = handleIn(await shell.type("genSymKey -t 31 -s 16 -l kept -sess"));
    expect(await shell.type(`setAttribute -o ${String(handle)} -a 1`, "1")).toContain(nodes);
  });
});

test("a client's minimum of nodes is a floor under that of a command", async () => {
  const shell = await shellIn(aws, 3);
  expect(await shell.type("genSymKey -t 31 -s 16 -l floor -min_srv 1")).toContain("returned: 0x30000085 : ");
  expect(await shell.type("findKey -l floor")).toContain("Total number of keys present: 0");
  expect(await (await shellIn(aws, 2)).type("genSymKey -t 31 -s 16 -l floor")).toContain("returned: 0x00 : ");
});

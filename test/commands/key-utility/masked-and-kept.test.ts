import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { cluster, key, users } from "../../harness/backups.ts";
import { KeyShell, handleIn } from "../../harness/key-shell.ts";
import { keptMaterial } from "../../harness/kept-material.ts";
import { TestedHsm } from "../../harness/tested-hsm.ts";

const folder = mkdtempSync(join(tmpdir(), "key-masked-"));
const path = (name: string): string => join(folder, name);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

let hsms: readonly [TestedHsm, TestedHsm];
let shell: KeyShell;

const everybody = users(["CO", "admin"], ["CU", "alice"], ["CU", "bob"]);

beforeEach(async () => {
  const content = await cluster(everybody, [
    key({ handle: 100, owner: "alice", label: "kept", extractable: false, sharedWith: ["bob"], mValue: 2 }),
  ]);
  hsms = [await TestedHsm.with(content), await TestedHsm.with(content, { hsmId: "hsm-other" })];
  shell = await shellOf("alice");
});

async function shellOf(name: string): Promise<KeyShell> {
  const opened = new KeyShell(hsms);
  await opened.type(`loginHSM -u CU -s ${name} -p password`);
  return opened;
}

const everyNode =
  "\tCluster Status:\n\tNode id 0 status: 0x00000000 : HSM Return: SUCCESS\n\tNode id 1 status: 0x00000000 : HSM Return: SUCCESS\n";

describe("a masked object", () => {
  test("is of a key that is not extractable, and comes back under a new handle on all nodes", async () => {
    expect(await shell.type(`extractMaskedObject -o 100 -out ${path("masked")}`)).toBe(
      `\nObject was masked and written to file "${path("masked")}"\n\n` +
        "\tCfm3ExtractMaskedObject returned: 0x00 : HSM Return: SUCCESS\n\n",
    );
    const printed = await shell.type(`insertMaskedObject -f ${path("masked")}`);
    const handle = handleIn(printed);
    expect(handle).not.toBe(100);
    expect(printed).toBe(
      `\n\tCfm3InsertMaskedObject returned: 0x00 : HSM Return: SUCCESS\n\tNew Key Handle: ${String(handle)}\n\n` +
        `${everyNode}\n`,
    );
    const secret = await Promise.all(hsms.map((hsm) => keptMaterial(hsm, handle)));
    expect(secret[0]).toEqual(secret[1]);
    expect(secret[0]).toEqual(await keptMaterial(hsms[0], 100));
    expect(await shell.type(`getKeyInfo -k ${String(handle)}`)).toBe(await shell.type("getKeyInfo -k 100"));
  });

  test("holds no key in clear", async () => {
    await shell.type(`extractMaskedObject -o 100 -out ${path("masked")}`);
    const secret = await keptMaterial(hsms[0], 100);
    const sealed = readFileSync(path("masked"));
    expect(sealed.includes(secret)).toBe(false);
    expect(sealed.includes(secret.toString("base64"))).toBe(false);
  });

  test("is its owner's to extract and to insert", async () => {
    const bob = await shellOf("bob");
    expect(await bob.type(`extractMaskedObject -o 100 -out ${path("of-bob")}`)).toContain("0xc6");
    await shell.type(`extractMaskedObject -o 100 -out ${path("masked")}`);
    expect(await bob.type(`insertMaskedObject -f ${path("masked")}`)).toContain("0xc6");
    const nobody = new KeyShell(hsms);
    expect(await nobody.type(`insertMaskedObject -f ${path("masked")}`)).toContain("No user is logged in");
  });

  test("is refused by another cluster, where it was damaged, and of a session key", async () => {
    await shell.type(`extractMaskedObject -o 100 -out ${path("masked")}`);
    const stranger = new KeyShell([await TestedHsm.with(await cluster(everybody))]);
    await stranger.type("loginHSM -u CU -s alice -p password");
    expect(await stranger.type(`insertMaskedObject -f ${path("masked")}`)).toContain("0x1105");
    const damaged = readFileSync(path("masked"));
    damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 1;
    writeFileSync(path("damaged"), damaged);
    expect(await shell.type(`insertMaskedObject -f ${path("damaged")}`)).toContain("0x1106");
    const session = handleIn(await shell.type("genSymKey -t 31 -s 16 -l session -sess"));
    expect(await shell.type(`extractMaskedObject -o ${String(session)} -out ${path("session")}`)).toContain("0xa8");
  });

  test("of a file that is not there is no refusal of an HSM", async () => {
    expect(await shell.type(`insertMaskedObject -f ${path("nowhere")}`)).toMatch(
      /^\nError: Cannot open file .*nowhere\.\n/,
    );
    expect(shell.last?.isMisuse).toBe(true);
  });
});

describe("setAttribute", () => {
  const question = "         This attribute is defined as a boolean value.\n";

  test("makes a token key of a session key, on all nodes under its handle", async () => {
    const handle = handleIn(await shell.type("genSymKey -t 31 -s 24 -l tmpAES -sess"));
    expect(await shell.type(`setAttribute -o ${String(handle)} -a 1`, "1")).toBe(
      `${question}\n\tCfm3SetAttribute returned: 0x00 : HSM Return: SUCCESS\n\n${everyNode}\n`,
    );
    expect(await shell.type("findKey -sess 1")).toContain("Total number of keys present: 0");
    expect(await shell.type("findKey -sess 0 -l tmpAES")).toContain(`\t${String(handle)}\n`);
    const later = await shellOf("alice");
    expect(await later.type(`findSingleKey -k ${String(handle)}`)).toContain(everyNode);
    expect(await keptMaterial(hsms[0], handle)).toEqual(await keptMaterial(hsms[1], handle));
  });

  test.each(["0", "", "yes"])("changes nothing where %j is answered", async (answer) => {
    const handle = handleIn(await shell.type("genSymKey -t 31 -s 24 -l tmpAES -sess"));
    expect(await shell.type(`setAttribute -o ${String(handle)} -a 1`, answer)).toContain("0x1002");
    expect(await shell.type("findKey -sess 1")).toContain("Total number of keys present: 1");
  });

  test("asks nothing about another attribute, and refuses a token key", async () => {
    expect(await shell.type("setAttribute -o 100 -a 3")).toContain("Cfm3SetAttribute returned: 0x1110");
    expect(await shell.type("setAttribute -o 100 -a 1", "1")).toContain("Cfm3SetAttribute returned: 0x1002");
    expect(await shell.type("setAttribute -o 999 -a 1", "1")).toContain("Cfm3SetAttribute returned: 0xa8");
  });
});

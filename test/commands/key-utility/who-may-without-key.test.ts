import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { keyCommands } from "../../../src/commands/key-utility/command-table.ts";
import { keyUtility } from "../../../src/dialects/aws/key-utility/key-utility.ts";
import { cluster, key, users } from "../../harness/backups.ts";
import { KeyShell } from "../../harness/key-shell.ts";
import { TestedHsm } from "../../harness/tested-hsm.ts";
import { withKey, withoutKey } from "./who-may-tables.ts";

const folder = mkdtempSync(join(tmpdir(), "key-who-may-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const file = (name: string): string => join(folder, name);

/** What is typed, where the name of a command alone is not right. */
const lines: Readonly<Record<string, string>> = {
  genSymKey: "genSymKey -t 31 -s 32 -l new",
  genRSAKeyPair: "genRSAKeyPair -m 2048 -e 65537 -l new",
  genECCKeyPair: "genECCKeyPair -i 2 -l new",
  genDSAKeyPair: "genDSAKeyPair -m 2048 -l new",
  importPubKey: `importPubKey -f ${file("public")} -l new`,
  insertMaskedObject: `insertMaskedObject -f ${file("masked")}`,
  loginHSM: "loginHSM -u CU -s owner -p password",
  getCert: `getCert -f ${file("certificate")} -s 4`,
  Error2String: "Error2String -r 0xdb",
  IsValidKeyHandlefile: `IsValidKeyHandlefile -f ${file("private")}`,
};

const [head = "", ...rows] = withoutKey.trim().split("\n");
const callers = head.trim().split(/ +/);
const cells = rows.flatMap((row) => {
  const [command = "", ...words] = row.trim().split(/ +/);
  return callers.map((caller, column) => ({ command, caller, word: words[column] ?? "" }));
});

let tested: TestedHsm;
beforeAll(async () => {
  const people = users(["CO", "officer"], ["CU", "owner"]);
  const held = key({ handle: 10, owner: "owner", shape: { type: "AES", size: 256 } });
  tested = await TestedHsm.with(await cluster(people, [held]));
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  writeFileSync(file("private"), privateKey.export({ type: "pkcs8", format: "pem" }));
  writeFileSync(file("public"), publicKey.export({ type: "spki", format: "pem" }));
  const shell = new KeyShell([tested]);
  await shell.type("loginHSM -u CU -s owner -p password");
  await shell.type(`extractMaskedObject -o 10 -out ${file("masked")}`);
});

test("each command of the key utility has its row in one of the tables", () => {
  const listed = [...withKey.trim().split("\n").slice(1), ...rows].map((row) => row.trim().split(/[ -]/)[0] ?? "");
  const all = keyCommands(keyUtility).map(({ name }) => name);
  expect([...new Set(listed)].toSorted()).toEqual(all.toSorted());
});

test.each(cells)("$command by $caller: $word", async ({ command, caller, word }) => {
  const shell = new KeyShell([await tested.copy()]);
  if (caller === "user") await shell.type("loginHSM -u CU -s owner -p password");
  if (caller === "officer") await shell.type("loginHSM -u CO -s officer -p password");
  const printed = await shell.type(lines[command] ?? command);
  const done = command === "exit" || command === "quit" ? "quit" : "done";
  expect([shell.last?.outcome, printed]).toEqual([word === "yes" ? done : "failed", printed]);
  if (word === "login") expect(printed).toMatch(/0x0*1007 : /);
});

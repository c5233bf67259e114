import { X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { keyCommands } from "../../../src/commands/key-utility/command-table.ts";
import { keyUtility } from "../../../src/dialects/aws/key-utility/key-utility.ts";
import { users } from "../../harness/backups.ts";
import { KeyShell } from "../../harness/key-shell.ts";
import { TestedHsm } from "../../harness/tested-hsm.ts";

const folder = mkdtempSync(join(tmpdir(), "key-admin-"));
const path = (name: string): string => join(folder, name);
let shell: KeyShell;

beforeAll(async () => {
  shell = new KeyShell([await TestedHsm.with(users(["CO", "admin"], ["CU", "alice"]))]);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

test("loginStatus says who is logged in", async () => {
  const returned = "\n\tCfm3LoginStatus returned: 0x00 : HSM Return: SUCCESS\n\n";
  const own = new KeyShell([await TestedHsm.with(users(["CO", "admin"], ["CU", "alice"]))]);
  expect(await own.type("loginStatus")).toBe(`\n\tNo user is logged in\n${returned}`);
  await own.type("loginHSM -u CU -s alice -p password");
  expect(await own.type("loginStatus")).toBe(`\n\tLogged in as CU alice\n${returned}`);
  await own.type("logout");
  expect(await own.type("loginStatus")).toBe(`\n\tNo user is logged in\n${returned}`);
});

test("getHSMInfo and getPartitionInfo need no login, and show the first node once", async () => {
  const info = await shell.type("getHSMInfo");
  expect(info.match(/\*\*\* Server 0 HSM Info \*\*\*/g)).toHaveLength(1);
  expect(info).toMatch(/Firmware ID {10}:.*\n\n\tCfm3GetHSMInfo returned: 0x00 : HSM Return: SUCCESS\n\n$/);
  const partition = await shell.type("getPartitionInfo");
  expect(partition).toMatch(/^\nname {24}:hsm-test\n/);
  expect(partition).toMatch(
    /AvailableUsers.*\n(?:.*\n)*\n\tCfm3GetPartitionInfo returned: 0x00 : HSM Return: SUCCESS\n\n$/,
  );
});

test.each(["-t 4", "-s 4"])("getCert writes a certificate with %s", async (type) => {
  expect(await shell.type(`getCert -f ${path("root.crt")} ${type}`)).toBe(
    "\n\tCfm3GetCert() returned 0 :HSM Return: SUCCESS\n\n",
  );
  expect(new X509Certificate(readFileSync(path("root.crt"))).ca).toBe(true);
});

test("getCert names what is missing, and gives the code of a refusal", async () => {
  expect(await shell.type(`getCert -f ${path("none.crt")}`)).toContain("Error: Certificate type (-t) is missing.");
  expect(await shell.type(`getCert -f ${path("none.crt")} -t 3`)).toContain("Cfm3GetCert() returned 1002 :HSM Error: ");
});

test.each(["getToken", "delToken", "approveToken", "listTokens"])(
  "%s says that its words are not published",
  async (name) => {
    expect(await shell.type(`${name} -k 7 -anything`)).toBe(
      `\nError: ${name} is not simulated: its words are not published. Use keys without an M value (-m_value 0).\n\n`,
    );
    expect(shell.last?.isMisuse).toBe(true);
  },
);

test("genPBEKey is refused by the policy, and createPublicKey with its help", async () => {
  expect(await shell.type("genPBEKey -l x -p y")).toContain("Cfm3GeneratePBEKey returned: 0xb3 : HSM Error: ");
  expect(await shell.type("createPublicKey -l x")).toContain("\nSyntax: createPublicKey -h\n");
});

test.each([
  { code: "0xdb", text: "Error Code db maps to HSM Error: Invalid User Type." },
  { code: "0xDB", text: "Error Code db maps to HSM Error: Invalid User Type." },
  { code: "0x000000a8", text: "Error Code a8 maps to HSM Error: Invalid object handle is passed to this operation" },
  { code: "0x1b", text: "Error Code 1b maps to CSP Error: ERR_BAD_PKCS_DATA" },
  { code: "0x0", text: "Error Code 0 maps to HSM Return: SUCCESS" },
  { code: "0x99", text: "Error Code 99 maps to Unknown error" },
])("Error2String tells what $code is", async ({ code, text }) => {
  expect(await shell.type(`Error2String -r ${code}`)).toBe(`\n        ${text}\n\n`);
});

test.each(["219", "0x", "0xgg", "0x100000000", "-1"])("Error2String takes no %s", async (code) => {
  expect(await shell.type(`Error2String -r ${code}`)).toMatch(/Error: (?:Error code \(-r\)|Unknown option)/);
});

test("what is no command is answered with two words, and a comment with none", async () => {
  expect(await shell.type("frobnicate")).toBe("Invalid command\n");
  expect(await shell.type("# findKey")).toBe("");
});

test("a password that blanks have cut is not shown", async () => {
  expect(await shell.type("loginHSM -u CU -s alice -p top secret")).not.toContain("secret");
});

test("help lists every command of its list, and each explains itself in two ways", async () => {
  const listed = [...(await shell.type("help")).matchAll(/^ {3}([A-Za-z\d]{4,}) {2,}\S/gm)].map(
    ([, name]) => name ?? "",
  );
  const commands = listed.filter((name) => name !== "Command");
  const known = keyCommands(keyUtility).map(({ name }) => name);
  expect(commands.filter((name) => !known.includes(name))).toEqual([]);
  expect(commands.length).toBeGreaterThan(40);
  for (const name of known) {
    const explained = await shell.type(`help ${name}`);
    expect(explained).toContain("\nDescription\n===========\n");
    expect(await shell.type(`${name} -h`)).toBe(explained);
  }
});

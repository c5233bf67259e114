import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { auditLog } from "../harness/audit.ts";
import { Conversation } from "../harness/conversation.ts";
import { type Start, lines, runPiped, shipped, temporaryFolder } from "../harness/program.ts";

const cluster = `
clusters:
  - id: cluster-a
    passwordCost: 10
    users:
      - { id: 1, type: CO, name: admin, password: co12345 }
      - { id: 2, type: AU, name: app_user, password: appliance1 }
      - { id: 3, type: CU, name: alice, password: alice12345 }
    hsms: [{ id: hsm-a, hostname: h0 }, { id: hsm-b, hostname: h1 }]
`;

const commands = [
  "listUsers",
  "getHSMInfo",
  "loginHSM AU app_user appliance1",
  "logoutHSM",
  "loginHSM CU nobody nobody12345",
  "loginHSM CU alice wrong12345",
  "loginHSM cu alice alice12345",
  "loginHSM CO admin co12345",
  "createUser CU bob bob12345",
  "createUser CO carol carol12345",
  "createUser CU bob bob54321",
  "changePswd CU bob bob67890",
  "server 0",
  "syncUser 4 1",
  "exit",
  "deleteUser CU bob",
  "logoutHSM",
];

async function speak(): Promise<Start> {
  const folder = temporaryFolder();
  const config = join(folder, "cluster.yaml");
  writeFileSync(config, cluster);
  const start = { words: [config], home: join(folder, "home") };
  const conversation = new Conversation(start);
  await conversation.prompt();
  for (const command of [...commands, "quit"]) await conversation.command(command);
  expect(await conversation.end()).toMatchObject({ status: 0, stderr: "" });
  return start;
}

test("each request is an event, in the order of its transactions, and nothing else is", async () => {
  const { home } = await speak();
  const ofInitialisation = [
    "CN_INIT_TOKEN 0 undefined undefined",
    "CN_GEN_PSWD_ENC_KEY 0 undefined undefined",
    "CN_CREATE_APPLIANCE_USER 0 app_user CN_APPLIANCE_USER",
    "CN_INIT_DONE 0 undefined undefined",
    "CN_CHANGE_PSWD 0 admin CN_CRYPTO_PRE_OFFICER",
    "CN_CREATE_USER 0 alice CN_CRYPTO_USER",
  ];
  const ofSession = (copied: string, refused: readonly string[]): readonly string[] => [
    "CN_LOGIN 157 nobody CN_CRYPTO_USER",
    "CN_LOGIN 163 alice CN_CRYPTO_USER",
    "CN_LOGIN 4099 alice CN_UNKNOWN_USER",
    "CN_LOGIN 0 admin CN_CRYPTO_OFFICER",
    "CN_CREATE_USER 0 bob CN_CRYPTO_USER",
    "CN_CREATE_CO 0 carol CN_CRYPTO_OFFICER",
    ...refused,
    "CN_CHANGE_PSWD 0 bob CN_CRYPTO_USER",
    `${copied} 0 bob CN_CRYPTO_USER`,
    "CN_DELETE_USER 0 bob CN_CRYPTO_USER",
    "CN_LOGOUT 0 admin CN_CRYPTO_OFFICER",
  ];
  const summary = (host: string) =>
    auditLog(home, host).map(({ opcode, response, user, type }) =>
      [opcode, response, String(user), String(type)].join(" "),
    );
  // Abort answers the refusal of server 0, so that server 1 was not asked.
  const refused = ["CN_CREATE_USER 4097 bob CN_CRYPTO_USER"];
  expect(summary("h0")).toEqual([...ofInitialisation, ...ofSession("CN_EXTRACT_MASKED_OBJECT_USER", refused)]);
  expect(summary("h1")).toEqual(ofSession("CN_INSERT_MASKED_OBJECT_USER", []));
});

test("all events of a login carry its session handle", async () => {
  const { home } = await speak();
  const events = auditLog(home, "h0");
  const login = events.findIndex(({ opcode, response }) => opcode === "CN_LOGIN" && response === 0);
  const handles = new Set(events.slice(login).map(({ session }) => session));
  expect([...handles]).toEqual([expect.stringMatching(/^0x[1-9a-f][\da-f]{6}$/)]);
});

test("attempts that fail have the handle of the login that follows on the same connection", async () => {
  const { home } = await speak();
  const logins = auditLog(home, "h1").filter(({ opcode }) => opcode === "CN_LOGIN");
  expect(logins.map(({ response }) => response)).toEqual([157, 163, 4099, 0]);
  expect(new Set(logins.map(({ session }) => session)).size).toBe(1);
});

test("no password stands in any file of an HSM", async () => {
  const { home } = await speak();
  const given = [...cluster.matchAll(/password: (\w+)/g)].map(([, password]) => password ?? "");
  const typed = ["nobody12345", "wrong12345", "bob12345", "carol12345", "bob54321", "bob67890"];
  const files = readdirSync(home, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files.length).toBeGreaterThan(1);
  for (const { parentPath, name } of files) {
    const content = readFileSync(join(parentPath, name), "latin1");
    for (const password of [...given, ...typed]) expect(content).not.toContain(password);
  }
});

test("events are worded in the layout of CloudWatch", async () => {
  const { home } = await speak();
  const [first, , , , , , , login] = auditLog(home, "h0").map(({ text }) => text);
  expect(first?.split("\n").slice(1)).toEqual([
    "Sequence No : 0x0",
    "Reboot counter : 0x1",
    "Command Type(hex) : CN_MGMT_CMD (0x0)",
    "Opcode : CN_INIT_TOKEN (0x1)",
    expect.stringMatching(/^Session Handle : 0x[\da-f]{7}$/),
    "Response : 0:HSM Return: SUCCESS",
    "Log type : MINIMAL_LOG_ENTRY (0)",
  ]);
  const time = /^Time: \d\d\/\d\d\/\d\d \d\d:\d\d:\d\d\.(\d{6}), usecs:\d{10}(\d{6})$/.exec(
    login?.split("\n")[0] ?? "",
  );
  expect(time?.[1]).toBe(time?.[2]);
  expect(time).not.toBeNull();
  expect(login?.split("\n").slice(1)).toEqual([
    "Sequence No : 0x7",
    "Reboot counter : 0x1",
    "Command Type(hex) : CN_MGMT_CMD (0x0)",
    "Opcode : CN_LOGIN (0xd)",
    expect.stringMatching(/^Session Handle : 0x[\da-f]{7}$/),
    "Response : 163:HSM Error: RET_USER_LOGIN_FAILURE",
    "Log type : MGMT_USER_DETAILS_LOG (2)",
    "User Name : alice",
    "User Type : CN_CRYPTO_USER (1)",
  ]);
});

test("a key pair that was made is one event with both its handles", async () => {
  const start = { words: [shipped("keys.yaml")], home: temporaryFolder() };
  await runPiped(start, lines("quit"));
  const secret = (handle: number) => [
    "Opcode : CN_GENERATE_KEY (0x17)",
    "Log type : MGMT_KEY_DETAILS_LOG (1)",
    `Priv/Secret Key Handle : ${String(handle)}`,
    "Public Key Handle : 0",
  ];
  const made = auditLog(start.home, "10.5.1.4").filter(({ opcode }) => opcode.startsWith("CN_GENERATE"));
  expect(made.map(({ text }) => [text.split("\n")[4], ...text.split("\n").slice(7)])).toEqual([
    secret(262152),
    [
      "Opcode : CN_GENERATE_KEY_PAIR (0x19)",
      "Log type : MGMT_KEY_DETAILS_LOG (1)",
      "Priv/Secret Key Handle : 262153",
      "Public Key Handle : 262154",
    ],
    secret(262160),
    secret(262162),
  ]);
});

test("sharing a key is an event without details, a change of its attributes one with its handle", async () => {
  const start = { words: [shipped("keys.yaml")], home: temporaryFolder() };
  const typed = ["loginHSM CU billing billing12345", "shareKey 262160 3 0", "y", "A", "shareKey 262152 4 0", "y"];
  await runPiped(start, lines(...typed, "setAttribute 262152 3 wages", "y", "quit"));
  const details = auditLog(start.home, "10.5.1.4").map(({ text }) => text.split("\n").slice(4));
  const handle: unknown = expect.stringMatching(/^Session Handle : 0x[\da-f]{7}$/);
  expect(details.slice(-4, -1)).toEqual([
    [
      "Opcode : CN_SHARE_OBJECT (0x12)",
      handle,
      "Response : 4098:HSM Error: Invalid input data/params",
      "Log type : UNKNOWN_LOG_TYPE (5)",
    ],
    ["Opcode : CN_SHARE_OBJECT (0x12)", handle, "Response : 0:HSM Return: SUCCESS", "Log type : UNKNOWN_LOG_TYPE (5)"],
    [
      "Opcode : CN_MODIFY_OBJECT (0x1007)",
      handle,
      "Response : 0:HSM Return: SUCCESS",
      "Log type : MGMT_KEY_DETAILS_LOG (1)",
      "Priv/Secret Key Handle : 262152",
      "Public Key Handle : 0",
    ],
  ]);
});

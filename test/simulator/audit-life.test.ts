import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { auditLog } from "../harness/audit.ts";
import { Conversation } from "../harness/conversation.ts";
import { type Start, lines, runPiped, temporaryFolder } from "../harness/program.ts";

/** Every event of every log, as one reader of CloudWatch's bodies takes it. */
const anyEvent = new RegExp(
  [
    /Time: \d\d\/\d\d\/\d\d \d\d:\d\d:\d\d\.\d{6}, usecs:\d{16}/,
    /Sequence No : 0x[\da-f]+/,
    /Reboot counter : 0x[\da-f]+/,
    /Command Type\(hex\) : CN_MGMT_CMD \(0x0\)/,
    /Opcode : CN_[A-Z_]+ \(0x[\da-f]+\)/,
    /Session Handle : 0x[\da-f]{7}/,
    /Response : \d+:HSM (?:Return|Error): .+/,
    /Log type : [A-Z_]+ \(\d\)/,
  ]
    .map(({ source }) => `${source}\n`)
    .join("")
    .concat(
      /(?:User Name : .*\nUser Type : CN_[A-Z_]+ \(\d\)\n|Priv\/Secret Key Handle : \d+\nPublic Key Handle : \d+\n)?/
        .source,
    )
    .replace(/^/, "^")
    .concat("$"),
);

/** A whole life: activation, users, keys, quorum, copies, refusals of many kinds, and ends of all kinds. */
const life = [
  "loginHSM XX admin password",
  "loginHSM CU admin password",
  "loginHSM PRECO admin password",
  "createUser CU early early12345",
  "y",
  "A",
  "changePswd PRECO admin co12345678",
  "y",
  "loginHSM CO admin co12345678",
  "createUser CO officer1 officer12345",
  "y",
  "createUser CU alice alice12345",
  "y",
  "createUser CU bad-name alice12345",
  "y",
  "A",
  "createUser YY nobody alice12345",
  "y",
  "A",
  "createUser CU alice short",
  "y",
  "A",
  "changePswd CU nobody alice12345",
  "y",
  "A",
  "deleteUser CU nobody",
  "I",
  "I",
  "I",
  "registerQuorumPubKey CO officer1 token token token",
  "y",
  "A",
  "setMValue 3 2",
  "y",
  "setMValue 9 2",
  "y",
  "A",
  "getToken 3 admin token.out",
  "getToken 4 officer1 token.out",
  "delToken 1",
  "delToken 9",
  "createUser CU late late123456",
  "y",
  "A",
  "server 0",
  "syncUser 4 1",
  "syncUser 99 1",
  "exit",
  "loginHSM CU alice alice12345",
  "shareKey 7 3 1",
  "y",
  "A",
  "setAttribute 7 3 label",
  "y",
  "A",
  "loginHSM CO officer1 officer12345",
  "quit",
];

async function live(): Promise<Start> {
  const folder = temporaryFolder();
  const config = join(folder, "new.yaml");
  const hsms = "[{ id: hsm-a, hostname: h0 }, { id: hsm-b, hostname: h1 }]";
  const clone = "{ id: cluster-c, cloneOf: cluster-n, passwordCost: 10, hsms: [{ id: hsm-c, hostname: h2 }] }";
  writeFileSync(config, `clusters:\n  - { id: cluster-n, passwordCost: 10, hsms: ${hsms} }\n  - ${clone}\n`);
  const key = join(folder, "token");
  writeFileSync(key, "a file that is no key");
  const start = { words: [config], home: join(folder, "home") };
  const typed = life.map((line) => line.replaceAll(" token", ` ${key}`));
  expect(await runPiped(start, lines(...typed))).toMatchObject({ status: 0, stderr: "" });
  return start;
}

test("one pattern reads every event of a cluster's whole life", async () => {
  const { home } = await live();
  const events = ["h0", "h1", "h2"].flatMap((host) => auditLog(home, host));
  const opcodes = new Set(events.map(({ opcode }) => opcode));
  const responses = new Set(events.map(({ response }) => response));
  expect(events.filter(({ text }) => !anyEvent.test(`${text}\n`)).map(({ text }) => text)).toEqual([]);
  expect(opcodes.size).toBeGreaterThan(17);
  expect(responses.size).toBeGreaterThan(10);
});

test("a cluster that was never activated begins with its appliance user, its other HSMs and clones with a login", async () => {
  const { home } = await live();
  const told = (host: string) => auditLog(home, host).map(({ opcode, user }) => `${opcode} ${user ?? "-"}`);
  expect(told("h0").slice(0, 5)).toEqual([
    "CN_INIT_TOKEN -",
    "CN_GEN_PSWD_ENC_KEY -",
    "CN_CREATE_APPLIANCE_USER app_user",
    "CN_INIT_DONE -",
    "CN_LOGIN admin",
  ]);
  expect(told("h1")[0]).toBe("CN_LOGIN admin");
  expect(told("h2")[0]).toBe("CN_LOGIN admin");
});

test("a login that is replaced closes its session, and one that no logoutHSM ended goes with its connection", async () => {
  const { home } = await live();
  const events = auditLog(home, "h0").filter(({ response }) => response === 0);
  const ends = events.filter(({ opcode }) => ["CN_CLOSE_SESSION", "CN_APP_FINALIZE", "CN_LOGOUT"].includes(opcode));
  expect(ends.map(({ opcode, user }) => [opcode, user])).toEqual([
    ["CN_CLOSE_SESSION", "admin"],
    ["CN_CLOSE_SESSION", "admin"],
    ["CN_CLOSE_SESSION", "alice"],
    ["CN_APP_FINALIZE", "officer1"],
  ]);
  const logins = events.filter(({ opcode }) => opcode === "CN_LOGIN").map(({ session }) => session);
  expect(ends.map(({ session }) => session)).toEqual(logins);
});

test("the session of a shell that was killed is closed when the next login finds it dead", async () => {
  const { words, home } = await live();
  const killed = new Conversation({ words, home });
  await killed.prompt();
  await killed.say("loginHSM CO officer1 officer12345");
  killed.kill();
  await killed.end();
  await runPiped({ words, home }, lines("loginHSM CO admin co12345678", "logoutHSM", "quit"));
  const last = auditLog(home, "h0").slice(-4);
  expect(last.map(({ opcode, user }) => [opcode, user])).toEqual([
    ["CN_LOGIN", "officer1"],
    ["CN_APP_FINALIZE", "officer1"],
    ["CN_LOGIN", "admin"],
    ["CN_LOGOUT", "admin"],
  ]);
  expect(last[1]?.session).toBe(last[0]?.session);
});

test("registering a quorum key is an event, done or refused, about whom it is for", async () => {
  const { home } = await live();
  const [registered] = auditLog(home, "h0").filter(({ opcode }) => opcode === "CN_REGISTER_QUORUM_PUB_KEY");
  expect([registered?.user, registered?.type]).toEqual(["officer1", "CN_CRYPTO_OFFICER"]);
  expect(registered?.response).not.toBe(0);
});

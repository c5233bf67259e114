import { copyFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { listedUsers } from "./durability/expected-users.ts";
import { type AuditedEvent, auditLog, fileOf } from "./harness/audit.ts";
import { Conversation } from "./harness/conversation.ts";
import { type Start, lines, runPiped, temporaryFolder } from "./harness/program.ts";

const hosts = ["h0", "h1", "h2"];

const cluster = `
clusters:
  - id: cluster-a
    passwordCost: 10
    users:
      - { id: 1, type: CO, name: admin, password: co12345 }
      - { id: 2, type: CO, name: officer1, password: officer12345 }
      - { id: 3, type: CU, name: alice, password: alice12345 }
    hsms: [{ id: hsm-a, hostname: h0 }, { id: hsm-b, hostname: h1 }, { id: hsm-c, hostname: h2 }]
`;

/** A home in which nothing was created yet. */
function emptyHome(): Start {
  const folder = temporaryFolder();
  const config = join(folder, "cluster.yaml");
  writeFileSync(config, cluster);
  return { words: [config], home: join(folder, "home") };
}

async function shell(start: Start, ...commands: readonly string[]): Promise<Conversation> {
  const conversation = new Conversation(start);
  await conversation.prompt();
  for (const command of commands) await conversation.command(command);
  return conversation;
}

async function quit(...shells: readonly Conversation[]): Promise<void> {
  for (const each of shells) {
    await each.say("quit");
    expect(await each.end()).toMatchObject({ status: 0, stderr: "" });
  }
}

/** Ids and names after the events of an audit log, one after the other: what some serial order leaves. */
function replay(events: readonly AuditedEvent[]): readonly { readonly id: number; readonly name: string }[] {
  const users = [
    { id: 1, name: "admin" },
    { id: 2, name: "officer1" },
    { id: 3, name: "alice" },
  ];
  const created = events.findIndex(({ opcode }) => opcode === "CN_INIT_DONE");
  for (const { opcode, response, user: name = "" } of events.slice(created)) {
    if (response !== 0) continue;
    if (opcode === "CN_CREATE_USER") users.push({ id: (users.at(-1)?.id ?? 0) + 1, name });
    if (opcode === "CN_DELETE_USER")
      users.splice(
        users.findIndex((user) => user.name === name),
        1,
      );
  }
  return users;
}

test("two shells that change users at once leave what some order of their commands leaves", async () => {
  const start = emptyHome();
  const shells = [
    await shell(start, "loginHSM CO admin co12345"),
    await shell(start, "loginHSM CO officer1 officer12345"),
  ];
  const own = (name: string) => [0, 1, 2, 3, 4, 5].map((n) => `createUser CU ${name}${String(n)} password${name}`);
  const shared = ["createUser CU shared password1", "changePswd CU shared password2", "deleteUser CU shared"];
  const scripts = ["a", "b"].map((name) => own(name).flatMap((command) => [command, ...shared]));
  const said = await Promise.all(
    shells.map(async (each, turn) => {
      const answers: string[] = [];
      for (const command of scripts[turn] ?? []) answers.push(await each.command(command));
      return answers.join("");
    }),
  );

  for (const output of said) expect(output).not.toMatch(/unexpected|busy|Storage/);
  const listed = listedUsers((await shells[0]?.command("listUsers")) ?? "");
  for (const [server, host] of hosts.entries()) {
    const events = auditLog(start.home, host);
    const users = (listed[server] ?? []).map(({ id, name }) => ({ id, name }));
    expect(users).toEqual(replay(events));
    for (const [turn, name] of ["a", "b"].entries()) {
      const created = users.filter(
        (user) => user.name.startsWith(name) && user.name !== "alice" && user.name !== "admin",
      );
      expect(created).toHaveLength(6);
      const told = said[turn]?.split(`createUser success on server ${String(server)}(`).length ?? 0;
      expect(told - 1).toBeGreaterThanOrEqual(6);
    }
    for (const [opcode, command] of [
      ["CN_CREATE_USER", "createUser"],
      ["CN_CHANGE_PSWD", "changePswd"],
      ["CN_DELETE_USER", "deleteUser"],
    ] as const) {
      const told = said.join("").split(`${command} success on server ${String(server)}(`).length - 1;
      const initial = opcode === "CN_CREATE_USER" ? 1 : 0;
      expect(events.filter((event) => event.opcode === opcode && event.response === 0)).toHaveLength(told + initial);
    }
  }
  await quit(...shells);
});

test("a user of another live shell is left alone; of a shell that was killed it is not", async () => {
  const start = emptyHome();
  const other = await shell(start, "loginHSM CU alice alice12345");
  const mine = await shell(start, "loginHSM CO admin co12345");
  const refused = "HSM Error: This user is logged in from another session";

  expect(await mine.command("deleteUser CU alice")).toContain(`deleteUser failed: ${refused}`);
  expect(await mine.command("changePswd CU alice alice54321")).toContain(`changePswd failed: ${refused}`);
  await mine.say("server 0");
  expect(await mine.command("syncUser 3 1")).toContain(`syncUser failed: ${refused}`);
  await mine.say("exit");
  expect(await mine.command("listUsers")).toMatch(/ 3 +\t+ *CU.*alice/);

  other.kill();
  await other.end();
  await mine.say("server 0");
  expect(await mine.command("syncUser 3 1")).toContain("syncUser success\n");
  await mine.say("exit");
  expect(await mine.command("changePswd CU alice alice54321")).toContain("changePswd success on server 2(h2)");
  expect(await mine.command("deleteUser CU alice")).toContain("deleteUser success on server 2(h2)");
  await quit(mine);
});

test("a user who logged out in another shell, or whose shell ended, is not in the way", async () => {
  const start = emptyHome();
  const other = await shell(start, "loginHSM CU alice alice12345", "logoutHSM");
  const mine = await shell(start, "loginHSM CO admin co12345");
  expect(await mine.command("changePswd CU alice alice54321")).toContain("changePswd success on server 2(h2)");
  await other.command("loginHSM CU alice alice54321");
  await quit(other);
  expect(await mine.command("deleteUser CU alice")).toContain("deleteUser success on server 2(h2)");
  await quit(mine);
});

test("shells that start at once create each HSM once, and all work on it", async () => {
  for (let round = 0; round < 5; round++) {
    const start = emptyHome();
    const script = lines("loginHSM CO admin co12345", "logoutHSM", "quit");
    const runs = await Promise.all([0, 1, 2, 3].map(() => runPiped(start, script)));
    for (const { stdout, stderr, status } of runs) {
      expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
      expect(stdout.match(/(?:loginHSM|logoutHSM) success on server/g)).toHaveLength(6);
    }
    for (const host of hosts) {
      const opcodes = auditLog(start.home, host).map(({ opcode }) => opcode);
      expect(opcodes.filter((opcode) => opcode === "CN_INIT_DONE")).toHaveLength(1);
      expect(opcodes.filter((opcode) => opcode === "CN_LOGIN")).toHaveLength(4);
      expect(opcodes.filter((opcode) => opcode === "CN_LOGOUT")).toHaveLength(4);
    }
  }
});

test("what the shell that created a clone changes is kept, though another one quits meanwhile", async () => {
  const start = emptyHome();
  await runPiped(start, lines("quit"));
  const clone = "  - { id: cluster-b, cloneOf: cluster-a, passwordCost: 10, hsms: [{ id: hsm-d, hostname: h3 }] }\n";
  writeFileSync(start.words[0] ?? "", cluster + clone);
  const creator = await shell(start, "loginHSM CO admin co12345");
  await quit(await shell(start, "loginHSM CO officer1 officer12345"));
  expect(await creator.command("createUser CU bob bob12345")).toContain("createUser success on server 3(h3)");
  creator.kill();
  await creator.end();
  const next = await shell(start);
  expect((await next.command("listUsers")).match(/\bbob\b/g)).toHaveLength(4);
  await quit(next);
});

test("an HSM whose file is deleted or replaced under a shell is unavailable; the others answer", async () => {
  const start = emptyHome();
  await runPiped(start, lines("quit"));
  const mine = await shell(start, "loginHSM CO admin co12345");
  const unavailable = "HSM CLUSTER ERROR: Server in cluster is unavailable";

  rmSync(fileOf(start.home, "h0"));
  const twin = join(start.home, "twin");
  copyFileSync(fileOf(start.home, "h1"), twin);
  renameSync(twin, fileOf(start.home, "h1"));

  const listed = await mine.command("listUsers");
  expect(listed.split(unavailable)).toHaveLength(3);
  expect(listed).toContain("Users on server 2(h2):\nNumber of users found:3\n");
  await mine.say("server 2");
  expect(await mine.command("createUser CU bob bob12345")).toContain("createUser success\n");
  await mine.say("quit");
  const { status, stderr } = await mine.end();
  const failed = ["0(h0)", "1(h1)"].map(
    (server) => `cloudhsm_mgmt_util: logging out on server ${server} failed: ${unavailable}\n`,
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: failed.join("") });
});

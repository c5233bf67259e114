import { copyFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { listedUsers } from "../durability/expected-users.ts";
import { type AuditedEvent, auditLog, fileOf, loginsOf, sinceCreation } from "../harness/audit.ts";
import { lines, runPiped } from "../harness/program.ts";
import { atOnce, cluster, emptyHome, hosts, quit, shell } from "../harness/three-hsms.ts";

/** The passwords that each of two officers gives a user: when creating it, and when changing its password. */
const given = {
  admin: { CN_CREATE_USER: "created-by-admin", CN_CHANGE_PSWD: "changed-by-admin" },
  officer1: { CN_CREATE_USER: "created-by-officer1", CN_CHANGE_PSWD: "changed-by-officer1" },
} as const;

/** A user as an audit log tells of it. */
interface ReplayedUser {
  readonly id: number;
  readonly name: string;
  /** Undefined for one who was there from the beginning. */
  readonly password: string | undefined;
}

/** Users after the events of an audit log, one after the other: what some serial order leaves. */
function replay(events: readonly AuditedEvent[]): readonly ReplayedUser[] {
  const initial = ["admin", "officer1", "alice"];
  const users: ReplayedUser[] = initial.map((name, at) => ({ id: at + 1, name, password: undefined }));
  const officers = loginsOf(events);
  for (const { opcode, response, session, user: name = "" } of sinceCreation(events)) {
    if (response !== 0) continue;
    const at = users.findIndex((user) => user.name === name);
    if (opcode === "CN_DELETE_USER") users.splice(at, 1);
    if (opcode !== "CN_CREATE_USER" && opcode !== "CN_CHANGE_PSWD") continue;
    const password = given[officers.get(session) as keyof typeof given][opcode];
    if (opcode === "CN_CREATE_USER") users.push({ id: (users.at(-1)?.id ?? 0) + 1, name, password });
    else users[at] = { id: users[at]?.id ?? 0, name, password };
  }
  return users;
}

test("two shells that change users at once leave what some order of their commands leaves", async () => {
  const start = emptyHome();
  const shells = [
    await shell(start, "loginHSM CO admin co12345"),
    await shell(start, "loginHSM CO officer1 officer12345"),
  ] as const;
  // Whoever deletes the shared user last creates it once more: at the end it is there.
  const script = (
    prefix: string,
    { CN_CREATE_USER: first, CN_CHANGE_PSWD: second }: typeof given.admin | typeof given.officer1,
  ) => {
    const shared = [`createUser CU shared ${first}`, `changePswd CU shared ${second}`];
    const rounds = [0, 1, 2, 3, 4, 5].flatMap((round) => [
      `createUser CU ${prefix}${String(round)} ${first}`,
      ...shared,
      "deleteUser CU shared",
    ]);
    return [...rounds, ...shared];
  };
  const said = await atOnce([shells[0], script("a", given.admin)], [shells[1], script("b", given.officer1)]);

  for (const output of said) expect(output).not.toMatch(/unexpected|busy|Storage/);
  const listed = listedUsers(await shells[0].command("listUsers"));
  await quit(...shells);
  const onlooker = await shell(start);
  for (const [server, host] of hosts.entries()) {
    const events = auditLog(start.home, host);
    const users = (listed[server] ?? []).map(({ id, name }) => ({ id, name }));
    const replayed = replay(events);
    expect(users).toEqual(replayed.map(({ id, name }) => ({ id, name })));
    await onlooker.say(`server ${String(server)}`);
    for (const { name, password } of replayed) {
      if (password === undefined) continue;
      expect(await onlooker.say(`loginHSM CU ${name} ${password}`)).toContain("loginHSM success\n");
    }
    await onlooker.say("exit");
    expect(users.map(({ name }) => name)).toContain("shared");
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
      const done = sinceCreation(events).filter((event) => event.opcode === opcode && event.response === 0);
      expect(done).toHaveLength(told);
    }
  }
  await quit(onlooker);
});

test("a user of another live shell is left alone; of a shell that was killed it is not", async () => {
  const start = emptyHome();
  const other = await shell(start, "loginHSM CU alice alice12345");
  const mine = await shell(start, "loginHSM CO admin co12345");
  const refused = "HSM Error: Deletion or Changing password of a logged in User is denied";

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
      // How long it waits, the machine decides.
      const faults = stderr.replace(/^cloudhsm_mgmt_util: another shell is creating HSMs in .*: waiting for it\n/, "");
      expect({ faults, status }).toEqual({ faults: "", status: 0 });
      expect(stdout.match(/(?:loginHSM|logoutHSM) success on server/g)).toHaveLength(6);
    }
    for (const [server, host] of hosts.entries()) {
      const opcodes = auditLog(start.home, host).map(({ opcode }) => opcode);
      expect(opcodes.filter((opcode) => opcode === "CN_INIT_DONE")).toHaveLength(server === 0 ? 1 : 0);
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
  const gone = ["h0", "h1"].map(
    (name) =>
      `cloudhsm_mgmt_util: ${fileOf(start.home, name)}: was deleted or replaced: ` +
      "quit and start again, to work with what is there now\n",
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: [...gone, ...failed].join("") });
});

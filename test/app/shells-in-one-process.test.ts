import { beforeEach, describe, expect, test } from "vitest";
import { startOfTime } from "../harness/backups.ts";
import { createIn } from "../harness/created-home.ts";
import { type Enter, homes, inPostgres } from "../harness/homes.ts";
import { codeOf } from "../harness/return-codes.ts";
import { ScriptedShell } from "../harness/scripted-shell.ts";
import { logIn } from "../harness/tested-hsm.ts";
import type { Hsm } from "../../src/hsm/hsm.ts";
import { openHsm } from "../../src/simulator/simulated-hsm.ts";
import type { Home } from "../../src/store/home.ts";

const addresses = ["h0", "h1"].map((hostname) => ({ hostname, port: 2225 }));
const cluster = `
clusters:
  - id: cluster-a
    passwordCost: 10
    users:
      - { id: 1, type: CO, name: admin, password: co12345 }
      - { id: 2, type: CO, name: officer1, password: officer12345 }
      - { id: 3, type: CU, name: carol, password: carol12345 }
    keys:
      - { handle: 262152, type: AES, size: 256, label: payments, owner: carol }
    hsms: [{ id: hsm-a, hostname: h0 }, { id: hsm-b, hostname: h1 }]
`;

const officers = [
  { name: "admin", login: "loginHSM CO admin co12345", user: "alice" },
  { name: "officer1", login: "loginHSM CO officer1 officer12345", user: "bob" },
] as const;

/** Switches an HSM on for the shell that entered this home, as the program does. */
function connect(home: Home, address: (typeof addresses)[number]): Promise<Hsm> {
  return openHsm(home.open(address), { clock: () => startOfTime, presence: home.presence, address });
}

/** One more shell of this process, on all HSMs of a home. */
class Session {
  readonly #home: Home;
  readonly #shell: ScriptedShell;

  constructor(home: Home) {
    this.#home = home;
    const reachable = addresses.map((address) => ({ connect: async () => ({ hsm: await connect(home, address) }) }));
    this.#shell = new ScriptedShell(reachable);
  }

  /** Gives a command, whose questions are answered with y, and where a server failed with Abort or Ignore. */
  type(line: string): Promise<string> {
    return this.#shell.command(line, (question) => {
      if (question.includes("(y/n)")) return "y";
      return question.includes("(R/I/A)") ? "A" : "I";
    });
  }

  /** Gives a command that must succeed on so many servers. */
  async succeed(line: string, servers = addresses.length): Promise<string> {
    const printed = await this.type(line);
    expect([line, printed.match(/\bsuccess\b/g)?.length, printed.match(/\bfailed: .*/g)]).toEqual([
      line,
      servers,
      null,
    ]);
    return printed;
  }

  /** Ends it as the program ends. */
  async end(): Promise<void> {
    expect(await this.#shell.cluster.disconnect()).toEqual([]);
    await this.#home.close();
  }
}

/** The life of a user, from its creation to its deletion, in a shell of its own. */
async function live(session: Session, { login, user }: (typeof officers)[number]): Promise<void> {
  await session.succeed(login);
  await session.type("server 0");
  await session.succeed(`createUser CU ${user} ${user}12345`, 1);
  const id = new RegExp(`^ *(\\d+)\\s+CU\\s+${user}\\b`, "m").exec(await session.type("listUsers"))?.[1] ?? "none";
  await session.succeed(`syncUser ${id} 1`, 1);
  await session.type("exit");
  await session.succeed(`changePswd CU ${user} ${user}54321`);
  await session.succeed("logoutHSM");
  await session.succeed(`loginHSM CU ${user} ${user}54321`);
  await session.succeed("logoutHSM");
  await session.succeed(login);
  expect(await session.succeed("findAllKeys 3 0")).toContain("262152");
  await session.succeed(`deleteUser CU ${user}`);
  await session.succeed("logoutHSM");
}

describe.each([...homes, ...inPostgres()])("two shells of one process on one home in %s", (_, make) => {
  let enter: Enter;
  let one: Session;
  let other: Session;

  beforeEach(async () => {
    enter = make();
    await createIn(enter(), cluster);
    one = new Session(enter());
    other = new Session(enter());
  });

  test("live users' lives at once, round after round", async () => {
    for (let round = 0; round < 3; round++) await Promise.all([live(one, officers[0]), live(other, officers[1])]);
    const listed = await one.type("listUsers");
    expect(listed.match(/\b(?:admin|officer1|carol)\b/g)).toHaveLength(6);
    expect(listed).not.toMatch(/alice|bob/);
    await Promise.all([one.end(), other.end()]);
  });

  test("see each other's commits, logins and ends", async () => {
    await Promise.all([one.succeed(officers[0].login), other.succeed(officers[1].login)]);
    await one.succeed("createUser CU alice alice12345");
    expect((await other.type("listUsers")).match(/\balice\b/g)).toHaveLength(2);
    await one.type("server 0");
    expect(await one.type("getPartitionInfo")).toMatch(/^SessionCount\s*:\s*2$/m);
    await one.type("exit");
    await other.succeed("loginHSM CU alice alice12345");
    expect(await one.type("deleteUser CU alice")).toContain("deleteUser failed");
    expect(await one.type("changePswd CU alice alice54321")).toContain("changePswd failed");
    await other.end();
    await one.succeed("deleteUser CU alice");
    await one.end();
  });

  test("keep their logins when the other one logs in, and cannot use each other's", async () => {
    const [mine, theirs] = [enter(), enter()];
    for (const address of addresses) {
      const [hsm, otherHsm] = [await connect(mine, address), await connect(theirs, address)];
      const { session } = await logIn(hsm, "CO", "admin", "co12345");
      const second = await logIn(otherHsm, "CO", "admin", "co12345");
      expect(await codeOf(otherHsm.tokens.list(session))).toBe("NOT_LOGGED_IN");
      expect(await codeOf(hsm.tokens.list(second.session))).toBe("NOT_LOGGED_IN");
      expect(await hsm.tokens.list(session)).toEqual(await otherHsm.tokens.list(second.session));
      await otherHsm.logins.logout(second.session);
      expect(await hsm.tokens.list(session)).toEqual([]);
    }
  });

  test("wait for each other's transactions, and the rest of the process goes on meanwhile", async () => {
    await one.succeed(officers[0].login);
    const [address = { hostname: "", port: 0 }] = addresses;
    const store = await enter().open(address);
    let end = (): void => undefined;
    let change: Promise<void> = Promise.resolve();
    await new Promise<void>((begun) => {
      change = store.change(async () => {
        begun();
        await new Promise<void>((resolve) => (end = resolve));
      });
    });
    let answered = false;
    const created = one.succeed("createUser CU alice alice12345").then(() => (answered = true));
    for (let turn = 0; turn < 100; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(answered).toBe(false);
    end();
    await Promise.all([change, created]);
    await one.end();
  });
});

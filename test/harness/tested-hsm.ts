import { type InitialUser, Backup } from "../../src/hsm/backup.ts";
import type { Hsm, SessionHandle } from "../../src/hsm/hsm.ts";
import { Password } from "../../src/hsm/password.ts";
import { HsmError, type ReturnCodeName } from "../../src/hsm/return-code.ts";
import { openHsm } from "../../src/hsm/simulated-hsm.ts";
import type { UserType } from "../../src/hsm/user.ts";
import { MemoryStore } from "./memory-store.ts";

/** The password of everybody in these tests. */
const password = "password";

const passwordCost = 10;
const clusterId = "cluster-test";
const startOfTime = 1_700_000_000_000_000;

let blankCluster: Promise<Backup> | undefined;

/** The cluster of all HSMs in memory: drawing its keys takes long. */
function blank(): Promise<Backup> {
  blankCluster ??= Backup.blank(clusterId, startOfTime);
  return blankCluster;
}

/** Users with ids in this order. */
export function users(...names: readonly (readonly [UserType, string])[]): readonly InitialUser[] {
  return names.map(([type, name], at) => ({ id: at + 1, type, name, password: new Password(password) }));
}

/** One HSM in memory, its clock, and as many shells on it as a test opens. */
export class TestedHsm {
  /** Microseconds since 1970. */
  time = startOfTime;
  readonly hsmId: string;
  readonly #store: MemoryStore;
  readonly #alive = new Set<string>();
  #shells = 0;

  private constructor(hsmId: string, store: MemoryStore) {
    this.hsmId = hsmId;
    this.#store = store;
  }

  static async with(initial: readonly InitialUser[], hsmId = "hsm-test"): Promise<TestedHsm> {
    const store = new MemoryStore();
    const tested = new TestedHsm(hsmId, store);
    const backup = await (await blank()).withUsers(initial, passwordCost);
    const identity = { hsmId, clusterId, hostname: "10.0.0.1", port: 2225, passwordCost, maxKeys: 10 };
    await store.change((transaction) => backup.restore(transaction, identity, tested.time));
    return tested;
  }

  /** A shell's connection. */
  async connect(): Promise<Connection> {
    const mark = `shell ${String(this.#shells++)}`;
    this.#alive.add(mark);
    const presence = {
      announce: () => Promise.resolve(mark),
      isAlive: (other: string) => Promise.resolve(this.#alive.has(other)),
      close: () => undefined,
    };
    const hsm = await openHsm(Promise.resolve(this.#store), { clock: () => this.time, presence });
    return { hsm, die: () => this.#alive.delete(mark) };
  }

  /** A shell in which a user is logged in. */
  async login(type: string, name: string): Promise<LoggedIn> {
    const connection = await this.connect();
    const { session } = await connection.hsm.logins.login(credentials(type, name));
    return { ...connection, session };
  }

  pass(seconds: number): void {
    this.time += seconds * 1_000_000;
  }

  /** The bodies of the audit events so far. */
  async auditLog(): Promise<readonly string[]> {
    return (await this.#store.read((snapshot) => snapshot.list("audit"))).map(({ text }) => text);
  }
}

/** A shell's connection to an HSM; it dies as a killed process does. */
export interface Connection {
  readonly hsm: Hsm;
  readonly die: () => void;
}

/** A connection with a login. */
export interface LoggedIn extends Connection {
  readonly session: SessionHandle;
}

/** Who logs in, or is created, with the password of everybody. */
export function credentials(type: string, name: string) {
  return { type, name, password: new Password(password) };
}

/** How a request ended: its return code. */
export async function codeOf(request: Promise<unknown>): Promise<ReturnCodeName> {
  try {
    await request;
    return "SUCCESS";
  } catch (error) {
    if (error instanceof HsmError) return error.returnCode;
    throw error;
  }
}

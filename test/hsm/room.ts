import { expect } from "vitest";
import { Backup, type InitialUser } from "../../src/hsm/backup.ts";
import type { Hsm, Login } from "../../src/hsm/hsm.ts";
import { limits } from "../../src/hsm/limits.ts";
import { Password } from "../../src/hsm/password.ts";
import { HsmError, type ReturnCodeName } from "../../src/hsm/return-code.ts";
import { openHsm } from "../../src/hsm/simulated-hsm.ts";
import { HsmFolder } from "../../src/store/hsm-folder.ts";
import type { Presence } from "../../src/store/presence.ts";
import type { Snapshot } from "../../src/store/store.ts";
import { onTestFinished } from "vitest";
import { temporaryFolder } from "../harness/program.ts";

/** The cheapest password that an HSM keeps. */
export const cost = limits.passwordCost.minimum;

const start = Date.UTC(2026, 0, 31) * 1000;

/** A new cluster with these users on every HSM. */
export async function backupWith(users: readonly InitialUser[]): Promise<Backup> {
  return (await Backup.blank("cluster-test", start)).withUsers(users, cost);
}

/** A folder of HSMs, and shells that live and die as a test says. */
export class Room {
  readonly #folder = new HsmFolder(temporaryFolder());
  readonly #alive = new Set<string>();
  #now = start;

  /** Creates an HSM with the content of a backup. */
  async create(hostname: string, backup: Backup): Promise<void> {
    const address = { hostname, port: 2225 };
    const identity = {
      hsmId: `hsm-${hostname}`,
      clusterId: "cluster-test",
      ...address,
      passwordCost: cost,
      maxKeys: 10,
    };
    await this.#folder.create(address, identity.hsmId, (transaction) => backup.restore(transaction, identity, start));
  }

  /** Opens an HSM in a shell; the same shell is on several HSMs at once. */
  async open(hostname: string, shell = "shell"): Promise<Hsm> {
    this.#alive.add(shell);
    const presence: Presence = {
      announce: () => Promise.resolve(shell),
      isAlive: (mark) => Promise.resolve(this.#alive.has(mark)),
      close: () => undefined,
    };
    const surroundings = { clock: () => (this.#now += 1), presence };
    const hsm = await openHsm(this.#folder.open({ hostname, port: 2225 }), surroundings);
    onTestFinished(() => hsm.close());
    return hsm;
  }

  /** Ends a shell without a word. */
  kill(shell: string): void {
    this.#alive.delete(shell);
  }

  /** Looks at what an HSM keeps. */
  async look<T>(hostname: string, work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
    const store = await this.#folder.open({ hostname, port: 2225 });
    try {
      return await store.read(work);
    } finally {
      await store.close();
    }
  }
}

/** Logs in with a password that is given as text. */
export function logIn(hsm: Hsm, type: string, name: string, password: string): Promise<Login> {
  return hsm.logins.login({ type, name, password: new Password(password) });
}

/** The return code with which a request ends. */
export async function codeOf(request: Promise<unknown>): Promise<ReturnCodeName> {
  try {
    await request;
    return "SUCCESS";
  } catch (error) {
    if (error instanceof HsmError) return error.returnCode;
    throw error;
  }
}

/** Holds the return code of a request against the one that it must have. */
export async function expectCode(request: Promise<unknown>, code: ReturnCodeName): Promise<void> {
  expect(await codeOf(request)).toBe(code);
}

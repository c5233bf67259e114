import type { Snapshot, Transaction } from "../../store/store.ts";
import { audit, requireWholeLog } from "../records/audit-log.ts";
import type { Device } from "../request/device.ts";
import { eventOf } from "../request/event.ts";
import { refuseButKeep } from "../request/refusal.ts";
import type { Credentials, Login, Logins, SessionHandle } from "../../hsm/hsm.ts";
import { type PasswordHash, costOf, fits, hashOf } from "../sealing/password-hash.ts";
import { noteTime } from "../records/latest-time.ts";
import { passwords, tokens, users } from "../records/records.ts";
import { HsmError } from "../../hsm/return-code.ts";
import { drawChallenge, requireSecondFactor, spendChallenge } from "../quorum/second-factor.ts";
import { type EndedSession, closeSession, drawHandle, openSession } from "../records/session-records.ts";
import { type FoundUser, findUser, isLocked } from "../records/user-records.ts";
import { type UserType, answersTo, parseUserType } from "../../hsm/user.ts";

/** Who is logged in on one HSM. */
export class HsmLogins implements Logins {
  readonly #device: Device;

  constructor(device: Device) {
    this.#device = device;
  }

  async prepare(credentials: Credentials): Promise<void> {
    await this.#compare(credentials, await this.#keptHash(credentials.name));
  }

  challenge(): Promise<Uint8Array> {
    return Promise.resolve(drawChallenge(this.#device.connection));
  }

  async login(credentials: Credentials, signature?: Uint8Array): Promise<Login> {
    for (;;) {
      try {
        const login = await this.#attempt(credentials, signature);
        spendChallenge(this.#device.connection);
        return login;
      } catch (error) {
        if (!(error instanceof StaleAttempt)) throw error;
      }
    }
  }

  logout(session: SessionHandle): Promise<void> {
    return this.#end(session, "logins.logout");
  }

  leave(session: SessionHandle): Promise<void> {
    return this.#end(session, "logins.leave");
  }

  /** Where nobody is logged in there is no login to tell the audit log of. */
  async #end(session: SessionHandle, name: "logins.logout" | "logins.leave"): Promise<void> {
    const { user } = await this.#device.look((snapshot) => this.#device.caller(snapshot, session));
    await this.#device.perform(name, { session, user }, (transaction) => closeSession(transaction, session));
  }

  async #keptHash(name: string): Promise<PasswordHash | undefined> {
    return this.#device.look(async (snapshot) => {
      const found = await findUser(snapshot, name);
      return found === undefined ? undefined : passwords.get(snapshot, found.id);
    });
  }

  /** Compares at the same cost whether the user exists or not. */
  async #compare({ password }: Credentials, kept: PasswordHash | undefined): Promise<boolean> {
    if (kept !== undefined) return fits(password, kept);
    await hashOf(password, await this.#usualCost());
    return false;
  }

  /** What a comparison costs for the users of this HSM, who may come from one with another cost. */
  async #usualCost(): Promise<number> {
    return this.#device.look(async (snapshot) => {
      const last = await passwords.lastKey(snapshot);
      const kept = last === undefined ? undefined : await passwords.get(snapshot, last);
      return kept === undefined ? this.#device.identity.passwordCost : costOf(kept);
    });
  }

  /** Derives first, and decides in a short transaction. Throws {@link StaleAttempt}, {@link HsmError}. */
  async #attempt(credentials: Credentials, signature: Uint8Array | undefined): Promise<Login> {
    const { type, name } = credentials;
    const kept = await this.#keptHash(name);
    const matches = await this.#compare(credentials, kept);
    const asked = parseUserType(type);
    // A connection has its handle before anybody logs in: that of an attempt which fails serves the next one.
    const { connection } = this.#device;
    const session = connection.nextSession ?? drawHandle();
    connection.nextSession = session;
    const asking = { session, user: { name, type: asked } };
    const login = await this.#device.perform("logins.login", asking, async (transaction) => {
      await this.#requireWholeLog(transaction);
      const found = await findUser(transaction, name);
      const current = found === undefined ? undefined : await passwords.get(transaction, found.id);
      if (current !== kept) throw new StaleAttempt();
      const user = await this.#admit(transaction, asked, found, matches, signature);
      const { clock, presence } = this.#device.surroundings;
      const ended = (other: EndedSession): Promise<void> => this.#recordEnd(transaction, other);
      const opened = { handle: session, userId: user.id, since: clock() };
      if (!(await openSession(transaction, presence, opened, ended))) {
        // Another shell's: the next attempt draws one.
        connection.nextSession = undefined;
        throw new StaleAttempt();
      }
      if ((await tokens.count(transaction)) > 0) await noteTime(transaction, this.#device.surroundings.clock());
      return { session, userId: user.id, type: user.record.type, name: user.record.name };
    });
    connection.nextSession = undefined;
    return login;
  }

  /** The user who may log in. The count of a wrong password stays. Throws {@link HsmError}. */
  async #admit(
    transaction: Transaction,
    asked: UserType | undefined,
    found: FoundUser | undefined,
    matches: boolean,
    signature: Uint8Array | undefined,
  ): Promise<FoundUser> {
    if (asked === undefined) throw new HsmError("UNKNOWN_USER_TYPE");
    if (found === undefined) throw new HsmError("UNKNOWN_USER_NAME");
    const { id, record } = found;
    if (!answersTo(record.type, asked)) throw new HsmError("USER_NOT_FOUND");
    if (isLocked(record, this.#device.model.limits)) throw new HsmError("USER_LOCKED");
    if (!matches) {
      await users.put(transaction, id, { ...record, loginFailures: record.loginFailures + 1 });
      refuseButKeep("LOGIN_FAILURE");
    }
    requireSecondFactor(record, this.#device.connection, signature);
    if (record.loginFailures > 0) await users.put(transaction, id, { ...record, loginFailures: 0 });
    return found;
  }

  async #requireWholeLog(snapshot: Snapshot): Promise<void> {
    const { connection } = this.#device;
    if (connection.isLogWhole === true) return;
    await requireWholeLog(snapshot);
    connection.isLogWhole = true;
  }

  /** Records a session that another login, or the end of its shell, closed. */
  async #recordEnd(transaction: Transaction, { handle, userId, reason }: EndedSession): Promise<void> {
    const user = await users.get(transaction, userId);
    const left = user === undefined ? undefined : eventOf("logins.leave", { session: handle, user }, "SUCCESS");
    if (left === undefined) return;
    const event = reason === "replaced" ? ({ ...left, opcode: "CN_CLOSE_SESSION" } as const) : left;
    await audit(transaction, this.#device.surroundings.clock(), event);
  }
}

/** The user's password, or the sessions, changed while the key was derived. */
class StaleAttempt extends Error {}

import type { Snapshot, Store, Transaction } from "../../store/store.ts";
import { requireRight } from "./access.ts";
import { type Asking, type Caller, type CallerOf, type Subject, nobody } from "./asking.ts";
import type { ConnectionState } from "./connection.ts";
import { eventOf } from "./event.ts";
import { refusable } from "./refusal.ts";
import type { Surroundings } from "./surroundings.ts";
import type { Model } from "../models/model.ts";
import { audit } from "../records/audit-log.ts";
import type { SessionHandle } from "../../hsm/hsm.ts";
import { type IdentityRecord, sessions, users } from "../records/records.ts";
import { type RequestName, type RequestRow, type RequestsThatChange, requests } from "../../hsm/requests.ts";
import { HsmError, type ReturnCodeName } from "../../hsm/return-code.ts";

/**
 * What the topics of an HSM share: its store, its sessions, the state of the connection, and the one way in which a
 * request is carried out.
 */
export class Device {
  readonly identity: IdentityRecord;
  readonly model: Model;
  readonly surroundings: Surroundings;
  readonly connection: ConnectionState = {};
  readonly #store: Store;

  constructor(store: Store, identity: IdentityRecord, model: Model, surroundings: Surroundings) {
    this.#store = store;
    this.identity = identity;
    this.model = model;
    this.surroundings = surroundings;
  }

  /** Looks at the records for what is no request by itself. Throws StoreError. */
  look<T>(work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
    return this.#store.read(work);
  }

  /** Answers a request that changes nothing, for those who have the right to it. Throws {@link HsmError}. */
  read<Name extends RequestsThatChange<false>, T>(
    name: Name,
    session: SessionHandle,
    work: (snapshot: Snapshot, caller: CallerOf<Name>) => Promise<T>,
  ): Promise<T> {
    return this.look(async (snapshot) => work(snapshot, await this.#authorise(snapshot, session, name)));
  }

  /**
   * Carries a request out for those who have the right to it, and records it, done or refused, in one transaction. A
   * refusal takes back what `work` wrote, but for one by {@link refuseButKeep}. It calls `about` where it learns only
   * on the way whom the request is about.
   */
  async perform<Name extends RequestsThatChange<true>, T>(
    name: Name,
    asking: Asking,
    work: (transaction: Transaction, caller: CallerOf<Name>, about: (subject: Subject) => void) => Promise<T>,
  ): Promise<T> {
    const { audit: audited }: RequestRow = requests[name];
    // Asked once, though a store may run the work again that met another program's.
    const refusal = this.surroundings.refusal?.();
    const outcome = await this.#store.change(async (transaction) => {
      let subject: Subject = asking;
      const about = (found: Subject): void => {
        subject = { ...subject, ...found };
      };
      const result = await refusable(transaction, async () => {
        if (refusal !== undefined) throw new HsmError(refusal);
        const caller = await this.#authorise(transaction, asking.session, name);
        if (caller !== undefined && audited.about === "caller") about({ user: caller.user });
        return work(transaction, caller, about);
      });
      const response: ReturnCodeName = result instanceof HsmError ? result.returnCode : "SUCCESS";
      const event = eventOf(name, { ...subject, session: asking.session }, response);
      if (event !== undefined) await audit(transaction, this.surroundings.clock(), event);
      return result;
    });
    if (outcome instanceof HsmError) throw outcome;
    return outcome;
  }

  /** The user of `session`. Throws {@link HsmError} NOT_LOGGED_IN. */
  async caller(snapshot: Snapshot, session: SessionHandle): Promise<Caller> {
    const record = await sessions.get(snapshot, session);
    if (record === undefined) throw new HsmError("NOT_LOGGED_IN");
    if (record.presence !== (await this.surroundings.presence.announce())) throw new HsmError("NOT_LOGGED_IN");
    const user = await users.get(snapshot, record.userId);
    if (user === undefined) throw new HsmError("NOT_LOGGED_IN");
    return { session, id: record.userId, user };
  }

  /** Looks whether the HSM's file is still there. Throws StoreError. */
  check(): Promise<void> {
    return this.#store.check();
  }

  close(): Promise<void> {
    return this.#store.close();
  }

  /** Who asks, who must have the right to. Throws {@link HsmError} NOT_LOGGED_IN or NOT_AUTHORISED. */
  async #authorise<Name extends RequestName>(
    snapshot: Snapshot,
    session: SessionHandle,
    name: Name,
  ): Promise<CallerOf<Name>> {
    const { right, ofCaller }: RequestRow = requests[name];
    if (right === "none") {
      if (ofCaller !== undefined && session !== nobody) {
        requireRight(ofCaller, (await this.caller(snapshot, session)).user.type, this.model.userRights);
      }
      return undefined as CallerOf<Name>;
    }
    const caller = await this.caller(snapshot, session);
    if (right !== "login") requireRight(right, caller.user.type, this.model.userRights);
    return caller as CallerOf<Name>;
  }
}

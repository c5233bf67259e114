import { type Snapshot, type Store, type Transaction, StoreError, type StoreFailure } from "../store/store.ts";

import type { Address } from "../store/sqlite/hsm-folder.ts";
import type { Presence } from "../store/presence.ts";
import { requireRight } from "./access.ts";
import { type AuditEvent, type AuditedUser, audit } from "./audit-log.ts";
import type { Opcode } from "./records/opcode.ts";
import type { SessionHandle } from "../hsm/hsm.ts";
import { type IdentityRecord, type UserRecord, sessions, users } from "./records/records.ts";
import { type RequestName, type RequestRow, type RequestsThatChange, requests } from "../hsm/requests.ts";
import { HsmError, type ReturnCodeName } from "../hsm/return-code.ts";

/** What an HSM gets from outside: time and the lives of shells. Tests bring their own. */
export interface HsmSurroundings {
  /** Microseconds since 1970. */
  readonly clock: () => number;
  readonly presence: Presence;
  /** Where it is reached, which must be its own address; left out, nothing could have been copied there. */
  readonly address?: Address;
  /** Hears of what keeps the HSM from its records: a shell's words for it name neither file nor reason. */
  readonly storageFailed?: (error: HsmError) => void;
}

/** The session of those who ask for what takes no login. */
export const nobody: SessionHandle = 0;

/** The logged-in user of a request. */
export interface Caller {
  readonly session: SessionHandle;
  readonly id: number;
  readonly user: UserRecord;
}

/** Who asks for a request of that name: nobody in particular where it takes no login. */
type CallerOf<Name extends RequestName> = (typeof requests)[Name]["right"] extends "none" ? undefined : Caller;

/** Whom or what a request is about. */
export interface Subject {
  readonly user?: AuditedUser;
  /** The handle of a key. */
  readonly key?: number;
}

/** One asking for a request: in which session, and about whom, as far as is known before it is carried out. */
export interface Asking extends Subject {
  readonly session: SessionHandle;
}

/** What the topics of an HSM share: its store, its sessions, and the one way in which a request is carried out. */
export class HsmCore {
  readonly identity: IdentityRecord;
  readonly surroundings: HsmSurroundings;
  readonly #store: Store;

  constructor(store: Store, identity: IdentityRecord, surroundings: HsmSurroundings) {
    this.#store = store;
    this.identity = identity;
    this.surroundings = surroundings;
  }

  /** Looks at the records for what is no request by itself. Throws {@link HsmError} for a store that fails. */
  look<T>(work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
    return this.#watched(() => this.#store.read(work));
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
    const { audit: audited }: RequestRow<Opcode> = requests[name];
    const outcome = await this.#watched(() =>
      this.#store.change(async (transaction) => {
        let subject: Subject = asking;
        const about = (found: Subject): void => {
          subject = { ...subject, ...found };
        };
        const result = await refusable(transaction, async () => {
          const caller = await this.#authorise(transaction, asking.session, name);
          if (caller !== undefined && audited.about === "caller") about({ user: caller.user });
          return work(transaction, caller, about);
        });
        const response: ReturnCodeName = result instanceof HsmError ? result.returnCode : "SUCCESS";
        const event = eventOf(name, { ...subject, session: asking.session }, response);
        if (event !== undefined) await audit(transaction, this.surroundings.clock(), event);
        return result;
      }),
    );
    if (outcome instanceof HsmError) throw outcome;
    return outcome;
  }

  /** The user of `session`. Throws {@link HsmError} NOT_LOGGED_IN. */
  async caller(snapshot: Snapshot, session: SessionHandle): Promise<Caller> {
    const record = await sessions.get(snapshot, session);
    const mark = await this.surroundings.presence.announce();
    if (record?.presence !== mark) throw new HsmError("NOT_LOGGED_IN");
    const user = await users.get(snapshot, record.userId);
    if (user === undefined) throw new HsmError("NOT_LOGGED_IN");
    return { session, id: record.userId, user };
  }

  /** Looks whether the HSM's file is still there. Throws {@link HsmError} SERVER_UNAVAILABLE. */
  check(): Promise<void> {
    return this.#watched(() => this.#store.check());
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
    const { right }: RequestRow = requests[name];
    if (right === "none") return undefined as CallerOf<Name>;
    const caller = await this.caller(snapshot, session);
    if (right !== "login") requireRight(right, caller.user.type);
    return caller as CallerOf<Name>;
  }

  async #watched<T>(work: () => Promise<T>): Promise<T> {
    return telling(this.surroundings, async () => {
      const outcome = await translated(work);
      if (outcome instanceof HsmError && outcome.returnCode === "STORAGE_FAILURE")
        this.surroundings.storageFailed?.(outcome);
      return outcome;
    });
  }
}

/** Does `work`; what the store or a record of it fails with is told of, and thrown all the same. */
export async function telling<T>({ storageFailed }: HsmSurroundings, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof HsmError && (error.cause instanceof StoreError || error.returnCode === "STORAGE_FAILURE")) {
      storageFailed?.(error);
    }
    throw error;
  }
}

/**
 * Refuses a request, and lets stand what was written before: a wrong password's count, or the time at which a token had
 * expired. Throws {@link HsmError}.
 */
export function refuseButKeep(code: ReturnCodeName): never {
  throw new KeptRefusal(code);
}

/** A refusal that takes nothing back. */
class KeptRefusal extends HsmError {}

/** What the audit log says of a request; undefined is nothing. A word that is no type creates as CO does. */
export function eventOf(name: RequestName, asking: Asking, response: ReturnCodeName): AuditEvent | undefined {
  const { audit: audited }: RequestRow<Opcode> = requests[name];
  const type = asking.user?.type;
  if (audited === undefined || (type !== undefined && audited.exceptOf?.includes(type) === true)) return undefined;
  const opcode = typeof audited.opcode === "string" ? audited.opcode : audited.opcode[type ?? "CO"];
  return { ...asking, opcode, response };
}

/** What `work` gives, or the refusal that it throws. */
async function refusable<T>(transaction: Transaction, work: () => Promise<T>): Promise<T | HsmError> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof HsmError)) throw error;
    if (!(error instanceof KeptRefusal)) await transaction.undo();
    return error;
  }
}

const codes = {
  unavailable: "SERVER_UNAVAILABLE",
  damaged: "STORAGE_FAILURE",
  busy: "HSM_BUSY",
  full: "STORAGE_FULL",
  failed: "STORAGE_FAILURE",
} as const satisfies Record<StoreFailure, ReturnCodeName>;

/** Does `work` with a store; what fails there rejects with {@link HsmError}. */
export async function translated<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StoreError) throw new HsmError(codes[error.failure], { cause: error });
    throw error;
  }
}

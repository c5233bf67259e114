import { type Snapshot, type Store, type Transaction, StoreError, type StoreFailure } from "../store/store.ts";

import type { Address } from "../store/sqlite/hsm-folder.ts";
import type { Presence } from "../store/presence.ts";
import { type Operation, isAllowed } from "./access.ts";
import { type AuditedUser, type Opcode, audit } from "./audit-log.ts";
import type { SessionHandle } from "../hsm/hsm.ts";
import { type IdentityRecord, type UserRecord, sessions, users } from "./records/records.ts";
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

/** The logged-in user of a request. */
export interface Caller {
  readonly id: number;
  readonly user: UserRecord;
}

/** A request to be audited: what it is, in which session, about whom. */
export interface AuditedRequest {
  readonly opcode: Opcode;
  readonly session: SessionHandle;
  readonly user?: AuditedUser;
  /** The handle of the key that the request is about. */
  readonly key?: number;
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

  /** Looks at the records. Throws {@link HsmError} for a store that fails. */
  read<T>(work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
    return this.#watched(() => this.#store.read(work));
  }

  /**
   * Carries a request out and records it, done or refused, in one transaction; undefined is a request that the
   * audit log leaves out. A refusal that `work` throws takes back what it wrote; one that it gives back lets stand
   * what it wrote. It calls `about` where it learns only on the way whom the request is about.
   */
  async perform<T>(
    request: AuditedRequest | undefined,
    work: (
      transaction: Transaction,
      about: (subject: Pick<AuditedRequest, "user" | "key">) => void,
    ) => Promise<T | HsmError>,
  ): Promise<T> {
    const outcome = await this.#watched(() =>
      this.#store.change(async (transaction) => {
        let event = request;
        const about = (subject: Pick<AuditedRequest, "user" | "key">): void => {
          if (event !== undefined) event = { ...event, ...subject };
        };
        const result = await refusable(transaction, () => work(transaction, about));
        const response: ReturnCodeName = result instanceof HsmError ? result.returnCode : "SUCCESS";
        if (event !== undefined) await audit(transaction, this.surroundings.clock(), { ...event, response });
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
    return { id: record.userId, user };
  }

  /** The user of `session`, who must be allowed to. Throws {@link HsmError} NOT_LOGGED_IN or NOT_AUTHORISED. */
  async authorise(snapshot: Snapshot, session: SessionHandle, operation: Operation): Promise<Caller> {
    const caller = await this.caller(snapshot, session);
    if (!isAllowed(operation, caller.user.type)) throw new HsmError("NOT_AUTHORISED");
    return caller;
  }

  /** Looks whether the HSM's file is still there. Throws {@link HsmError} SERVER_UNAVAILABLE. */
  check(): Promise<void> {
    return this.#watched(() => this.#store.check());
  }

  close(): Promise<void> {
    return this.#store.close();
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

async function refusable<T>(transaction: Transaction, work: () => Promise<T>): Promise<T | HsmError> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof HsmError)) throw error;
    await transaction.undo();
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

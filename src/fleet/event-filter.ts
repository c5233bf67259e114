import { type Address, addressKey } from "../store/address.ts";
import { longestAuditedName } from "../simulator/records/audit-log.ts";
import type { FleetEvent } from "./merged-events.ts";

/** Which events are wanted; undefined is all. */
export interface EventWish {
  /** Microseconds since 1970: the first moment. */
  readonly since: number | undefined;
  /** Whose: those about this user, and those of their logins. Case does not matter. */
  readonly user: string | undefined;
}

/** Picks events. It has to see all of an HSM, in their order: who did something is known by the login before it. */
export class EventFilter {
  readonly #since: number;
  readonly #user: string | undefined;
  /** Sessions of that user which are open, by HSM. */
  readonly #sessions = new Map<string, Set<number>>();

  constructor({ since, user }: EventWish) {
    this.#since = since ?? -Infinity;
    this.#user = user?.toLowerCase().slice(0, longestAuditedName);
  }

  /** Whether an event is wanted. */
  accepts({ hsm, event }: FleetEvent): boolean {
    const isTheirs = this.#user === undefined || this.#isOf(this.#user, this.#sessionsOf(hsm), event);
    return isTheirs && event.time >= this.#since;
  }

  #isOf(wanted: string, sessions: Set<number>, { opcode, session, response, user }: FleetEvent["event"]): boolean {
    const isAbout = user?.name.toLowerCase() === wanted;
    const isBy = sessions.has(session);
    if (opcode === "CN_LOGIN" && response === 0 && isAbout) sessions.add(session);
    if (endings.has(opcode)) sessions.delete(session);
    return isAbout || isBy;
  }

  #sessionsOf(address: Address): Set<number> {
    const key = addressKey(address);
    const known = this.#sessions.get(key) ?? new Set();
    this.#sessions.set(key, known);
    return known;
  }
}

/** What ends a session. */
const endings: ReadonlySet<string> = new Set(["CN_LOGOUT", "CN_APP_FINALIZE", "CN_CLOSE_SESSION"]);

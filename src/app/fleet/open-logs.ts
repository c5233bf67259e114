import type { ServerEntry } from "../../config/configuration.ts";
import { MergedEvents } from "../../fleet/merged-events.ts";
import { HsmError } from "../../hsm/return-code.ts";
import { AuditLog } from "../../simulator/audit-reader.ts";
import type { Address } from "../../store/address.ts";
import { problemAt } from "../connect.ts";
import { Damages } from "../damages.ts";
import { complain } from "../process/standard-error.ts";
import type { RequestedHome } from "./requested-home.ts";

/** The audit logs that are read, and what standard error is told of those that cannot be. */
export class OpenLogs {
  readonly events = new MergedEvents((address, error) => {
    this.#fail(address, error);
  });
  readonly #requested: RequestedHome;
  readonly #damages: Damages;
  readonly #told = new Set<string>();
  /** The places of HSMs that are damaged: what was read of them is not read once more. */
  readonly #damaged = new Set<string>();

  constructor(requested: RequestedHome) {
    this.#requested = requested;
    this.#damages = new Damages(requested.home, complain);
  }

  /** Whether anything was told. */
  get hasProblems(): boolean {
    return this.#told.size > 0;
  }

  /** There is no HSM at all. */
  complainOfNone(): void {
    this.#complain(`${this.#requested.home.name} holds no HSM`);
  }

  /** Opens those logs that are not open yet; goes on with the next HSM where one is not there, or damaged. */
  async open(entries: readonly ServerEntry[]): Promise<void> {
    const { configuration, home } = this.#requested;
    for (const entry of entries) {
      if (this.events.has(entry) || this.#damaged.has(home.placeOf(entry))) continue;
      const problem = await problemAt(configuration.file, entry, home);
      if (problem === undefined) await this.#add(entry);
      else this.#complain(problem);
    }
  }

  async #add(entry: ServerEntry): Promise<void> {
    const { home } = this.#requested;
    try {
      const log = await AuditLog.open(home.open(entry), entry);
      if (!log.isWhole) this.#complain(`${home.placeOf(entry)}: events are missing from its audit log`);
      this.events.add(entry, log);
    } catch (error) {
      if (!(error instanceof HsmError)) throw error;
      this.#fail(entry, error);
    }
  }

  #fail(address: Address, error: HsmError): void {
    const place = this.#requested.home.placeOf(address);
    // Of what another process does to it for a moment, nothing else is told.
    if (error.returnCode === "HSM_BUSY") {
      this.#complain(`${place}: ${error.message}`);
      return;
    }
    this.#told.add(place);
    // One that was deleted may come back.
    if (error.returnCode !== "SERVER_UNAVAILABLE") this.#damaged.add(place);
    this.#damages.listenerOf(address)(error);
  }

  #complain(problem: string): void {
    if (this.#told.has(problem)) return;
    this.#told.add(problem);
    complain(problem);
  }
}

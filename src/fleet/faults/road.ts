import type { Passage } from "../../hsm/passage.ts";
import { type RequestName, type RequestRow, requests } from "../../hsm/requests.ts";
import { HsmError, type ReturnCodeName } from "../../hsm/return-code.ts";
import type { Unencrypted } from "../../hsm/unencrypted.ts";
import type { Address } from "../../store/address.ts";
import type { Home } from "../../store/home.ts";
import { type Store, StoreError } from "../../store/store.ts";
import { type HsmNotUp, notUpAt, notUpIn } from "../hsm-states.ts";
import { type RoadFault, type SetFault, isOnRoad } from "./fault.ts";
import { faultsIn, faultsMet } from "./fault-records.ts";

/** What a shell's connection finds at its start. */
export type Meeting =
  | {
      readonly kind: "connected";
      readonly isEncrypted: boolean;
      /** Where no fault keeps the connection from being encrypted. */
      readonly why?: Unencrypted;
    }
  | { readonly kind: "stopped" | "destroyed"; readonly hsmId: string; readonly clusterId: string }
  | { readonly kind: "unreachable"; readonly faultId: number };

/** Whose road it is: what it does meanwhile. */
export interface Traveller {
  /** The command that runs; undefined outside commands. */
  readonly command: () => string | undefined;
  /** Waits that long, or less where somebody is called away. */
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Told why what is set cannot be read. */
  readonly storageFailed?: (error: HsmError) => void;
  /** Looks what keeps the shell from encrypting its connection; left out, nothing does. */
  readonly unencrypted?: (() => Promise<Unencrypted | undefined>) | undefined;
}

/** What is set, as one look at it found it. */
interface Look {
  readonly records: Store;
  /** The HSM, where it is stopped or destroyed. */
  readonly gone: HsmNotUp | undefined;
  /** All faults of the home. */
  readonly faults: readonly SetFault[];
}

/** What reaches the HSM whatever is set: a shell's own work before a login, and the end of its connection. */
const unhindered: readonly RequestName[] = ["logins.prepare", "logins.leave"];

/**
 * The road from one shell to the HSM at an address, on which things go wrong that were set to. It belongs to the shell:
 * whether its connection is encrypted is its own. What is set is looked up for each request.
 */
export class Road {
  readonly address: Address;
  readonly #home: Home;
  readonly #traveller: Traveller;
  #isEncrypted = true;
  /** Whether the HSM answers only what it answers before its certificates. */
  #isLimited = false;
  /** What the HSM is to refuse the request with that is on its way. */
  #refusal: ReturnCodeName | undefined;

  constructor(home: Home, address: Address, traveller: Traveller) {
    this.#home = home;
    this.address = address;
    this.#traveller = traveller;
  }

  /** Connects, as a shell does at its start. Throws StoreError. */
  async connect(): Promise<Meeting> {
    const seen = await this.#look();
    const gone = seen?.gone;
    if (gone !== undefined) return { kind: gone.state, hsmId: gone.hsmId, clusterId: gone.clusterId };
    for (const fault of await this.#met(seen, undefined)) {
      if (fault.kind === "unreachable") return { kind: "unreachable", faultId: fault.id };
      if (fault.kind === "delay") await this.#delay(fault);
      if (fault.kind === "no-e2e") this.#isEncrypted = false;
    }
    if (!this.#isEncrypted) return { kind: "connected", isEncrypted: false };
    const why = await this.#encrypt();
    return why === undefined
      ? { kind: "connected", isEncrypted: true }
      : { kind: "connected", isEncrypted: false, why };
  }

  /** What every request passes. */
  readonly passage: Passage = async ({ name, given }, carryOut) => {
    const seen = await this.#lookedUp(() => this.#look());
    if (seen === undefined && this.#isEncrypted && !this.#isLimited) return carryOut(given);
    if (seen?.gone !== undefined) {
      // A login ended with the power: there is nothing to leave.
      if (name === "logins.leave") return undefined;
      throw new HsmError("SERVER_UNAVAILABLE");
    }
    if (unhindered.includes(name)) return carryOut(given);
    let losesAnswer = false;
    let refusal: ReturnCodeName | undefined;
    for (const fault of await this.#lookedUp(() => this.#met(seen, name))) {
      switch (fault.kind) {
        case "delay":
          await this.#delay(fault);
          break;
        case "unreachable":
        case "drop":
          throw new HsmError("SERVER_UNAVAILABLE");
        case "no-e2e":
          this.#isEncrypted = false;
          break;
        case "refuse":
          refusal ??= fault.code;
          break;
        case "lose-answer":
          losesAnswer = true;
      }
      if (fault.kind === "no-e2e" && name === "encrypt") throw new HsmError("NOT_ENCRYPTED");
    }
    if (name === "encrypt") {
      this.#isEncrypted = true;
      if ((await this.#encrypt()) !== undefined) throw new HsmError("NOT_ENCRYPTED");
    } else if (!this.#isEncrypted && name !== "identify") throw new HsmError("NOT_ENCRYPTED");
    if (this.#isLimited && !isLimited(name)) throw new HsmError("NOT_ENCRYPTED");
    const answer = await this.#refusing(name, refusal, () => carryOut(given));
    if (losesAnswer) throw new HsmError("SERVER_UNAVAILABLE");
    return answer;
  };

  /** What the HSM is to refuse a request with, once; undefined where it decides by itself. */
  readonly refusal = (): ReturnCodeName | undefined => {
    const code = this.#refusal;
    this.#refusal = undefined;
    return code;
  };

  /** Encrypts the connection, or says why it cannot be. */
  async #encrypt(): Promise<Unencrypted | undefined> {
    const why = await this.#traveller.unencrypted?.();
    this.#isLimited = why !== undefined;
    return why;
  }

  /** A request that changes something is refused by the HSM itself, which records that. */
  async #refusing(
    name: RequestName,
    code: ReturnCodeName | undefined,
    carryOut: () => Promise<unknown>,
  ): Promise<unknown> {
    if (code !== undefined && !requests[name].changes) throw new HsmError(code);
    this.#refusal = code;
    try {
      return await carryOut();
    } finally {
      this.#refusal = undefined;
    }
  }

  /** Looks once at all that is kept of what was set; undefined where nothing ever was. */
  async #look(): Promise<Look | undefined> {
    const records = await this.#home.records();
    return records?.read(async (snapshot) => ({
      records,
      gone: notUpAt(await notUpIn(snapshot), this.address),
      faults: await faultsIn(snapshot),
    }));
  }

  async #met(seen: Look | undefined, request: RequestName | undefined): Promise<readonly RoadFault[]> {
    if (seen === undefined) return [];
    const occasion = { ...this.address, request, command: this.#traveller.command() };
    return (await faultsMet(seen.records, seen.faults, occasion, Date.now())).filter(isOnRoad);
  }

  async #delay({ milliseconds = 0 }: SetFault): Promise<void> {
    await this.#traveller.wait(milliseconds);
  }

  /** What is set may not be readable; nobody may take that for an HSM in order. */
  async #lookedUp<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      const isAway = error.failure === "unavailable";
      const failure = new HsmError(isAway ? "SERVER_UNAVAILABLE" : "STORAGE_FAILURE", { cause: error });
      this.#traveller.storageFailed?.(failure);
      throw failure;
    }
  }
}

function isLimited(name: RequestName): boolean {
  const { limited }: RequestRow = requests[name];
  return limited === true;
}

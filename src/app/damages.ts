import type { HsmError } from "../hsm/return-code.ts";
import type { Address } from "../store/address.ts";
import type { Home } from "../store/home.ts";
import { StoreError, type StoreFailure } from "../store/store.ts";
import { trace } from "./process/trace.ts";

/** Tells once for each HSM why its storage fails. The original's words name no place, reason or fix. */
export class Damages {
  readonly #home: Home;
  readonly #tell: (text: string) => void;
  readonly #told = new Set<string>();

  constructor(home: Home, tell: (text: string) => void) {
    this.#home = home;
    this.#tell = tell;
  }

  /** Hears of the HSM at one address. */
  listenerOf(address: Address): (error: HsmError) => void {
    const place = this.#home.placeOf(address);
    return (error) => {
      trace(error);
      const { failure } = causeOf(error.cause, this.#home, place);
      // Another shell has it for a moment, and the answer says so.
      if (failure === "busy" || this.#told.has(place)) return;
      this.#told.add(place);
      this.#tell(damageOf(this.#home, address, error));
    };
  }
}

/** Why the storage of the HSM at an address fails, and what to do about it. */
export function damageOf(home: Home, address: Address, error: HsmError): string {
  const place = home.placeOf(address);
  const { failure, reason, advice } = causeOf(error.cause, home, place);
  return `${place}: ${reason}: ${advice ?? adviceFor(failure, home)}`;
}

interface Cause {
  readonly failure: StoreFailure;
  readonly reason: string;
  /** Undefined where the failure itself says it. */
  readonly advice: string | undefined;
}

function causeOf(cause: unknown, home: Home, place: string): Cause {
  if (!(cause instanceof StoreError)) {
    return { failure: "damaged", reason: "a record is not as this program writes it", advice: undefined };
  }
  const { failure, message, advice } = cause;
  return { failure, reason: message.replace(place, "").replace(`${home.name}: `, "").replace(/^:? /, ""), advice };
}

function adviceFor(failure: StoreFailure, { words }: Home): string {
  switch (failure) {
    case "unavailable":
    case "damaged":
      return `${words.restore("the")}, and the next start creates it anew`;
    case "busy":
      return "try again";
    case "full":
      return "make room on its disk";
    case "failed":
      return "check its disk, and who may read and write it";
  }
}

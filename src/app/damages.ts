import type { HsmError } from "../hsm/return-code.ts";
import type { Address } from "../store/address.ts";
import type { HsmFolder } from "../store/sqlite/hsm-folder.ts";
import { StoreError, type StoreFailure } from "../store/store.ts";
import { trace } from "./process/trace.ts";

/** What keeps HSMs from their files, told once each: the original's words name no file, no reason and no way out. */
export class Damages {
  readonly #folder: HsmFolder;
  readonly #tell: (text: string) => void;
  readonly #told = new Set<string>();

  constructor(folder: HsmFolder, tell: (text: string) => void) {
    this.#folder = folder;
    this.#tell = tell;
  }

  /** Hears of the HSM at one address. */
  listenerOf(address: Address): (error: HsmError) => void {
    const file = this.#folder.file(address);
    return (error) => {
      trace(error);
      const { cause } = error;
      const { failure, reason, advice } = causeOf(cause, file);
      // Another shell has it for a moment, and the answer says so.
      if (failure === "busy" || this.#told.has(file)) return;
      this.#told.add(file);
      this.#tell(`${file}: ${reason}: ${advice}`);
    };
  }
}

interface Cause {
  readonly failure: StoreFailure;
  readonly reason: string;
  readonly advice: string;
}

function causeOf(cause: unknown, file: string): Cause {
  if (!(cause instanceof StoreError)) {
    return { failure: "failed", reason: "a record is not as this program writes it", advice: putBack };
  }
  const { failure, message } = cause;
  const reason = message.replace(file, "").replace(/^:? /, "");
  return { failure, reason, advice: cause.advice ?? advices[failure] };
}

const putBack =
  "remove its -wal and -shm and put a backup of the file back, or delete all three, and the next start creates it anew";

const advices: Readonly<Record<StoreFailure, string>> = {
  unavailable: putBack,
  damaged: putBack,
  busy: "try again",
  full: "make room on its disk",
  failed: "look at its disk, and at who may read and write it",
};

import type { HsmError } from "../../hsm/return-code.ts";
import type { Address } from "../../store/address.ts";
import { problemAt } from "../connect.ts";
import { damageOf } from "../damages.ts";
import { complain } from "../process/standard-error.ts";
import { trace } from "../process/trace.ts";
import { chosenHsms } from "./chosen-hsms.ts";
import type { RequestedHome } from "./requested-home.ts";

/** The HSMs that a subcommand is about and that are there; standard error is told of the others. */
export class PresentHsms {
  readonly addresses: readonly Address[];
  readonly #requested: RequestedHome;
  #hasProblems: boolean;

  private constructor(requested: RequestedHome, addresses: readonly Address[], hasProblems: boolean) {
    this.#requested = requested;
    this.addresses = addresses;
    this.#hasProblems = hasProblems;
  }

  /** @param word picks one of them ({@link chosenHsms}). Throws ConfigurationError where it is none's */
  static async find(requested: RequestedHome, word: string | undefined): Promise<PresentHsms> {
    const { configuration, home } = requested;
    const chosen = await chosenHsms(requested, word);
    const there: Address[] = [];
    for (const entry of chosen) {
      const problem = await problemAt(configuration.file, entry, home);
      if (problem === undefined) there.push({ hostname: entry.hostname, port: entry.port });
      else complain(problem);
    }
    return new PresentHsms(requested, there, there.length < chosen.length);
  }

  /** The exit status that goes with what was told. */
  get status(): 0 | 1 {
    return this.#hasProblems ? 1 : 0;
  }

  /** Tells of an HSM that could not be asked. */
  readonly failed = (address: Address, error: HsmError): void => {
    this.#hasProblems = true;
    trace(error);
    complain(damageOf(this.#requested.home, address, error));
  };
}

import type { HomeTurns } from "../../endpoint/home-turns.ts";
import { StoreError } from "../../store/store.ts";
import { changing } from "./changing-home.ts";
import type { RequestedHome, Visit } from "./requested-home.ts";

/** Milliseconds after the last visit at which what was read is let go of; and after the first one, where visits go on. */
const rest = { quiet: 100, longest: 500 } as const;

/** Visits to a home by a process that lives on, each by itself: it is opened for the work, and closed after it. */
export class HomeVisits {
  readonly #visit: Visit;
  readonly #turns: HomeTurns;
  readonly #failed: (error: unknown) => void;
  #resting: NodeJS.Timeout | undefined;
  /** When what was read is let go of at the latest. */
  #due: number | undefined;

  /**
   * @param turns of all that visits it in this process
   * @param failed told where the home cannot be let go of
   */
  constructor(visit: Visit, turns: HomeTurns, failed: (error: unknown) => void) {
    this.#visit = visit;
    this.#turns = turns;
    this.#failed = failed;
  }

  /** Reads beside others who do. Throws what `work` does. */
  reading<T>(work: (requested: RequestedHome) => Promise<T>): Promise<T> {
    return this.#thenRest(this.#turns.together(() => this.#visit(work)));
  }

  /** Changes what is there, while nobody else in this process is there, and no other process changes it. Throws StoreError. */
  changing<T>(work: (requested: RequestedHome) => Promise<T>): Promise<T> {
    const change = (requested: RequestedHome) => changing(requested.home, () => work(requested));
    return this.#thenRest(this.#turns.alone(() => this.#visit(change)));
  }

  /** Lets nothing wait any more. */
  end(): void {
    clearTimeout(this.#resting);
  }

  async #thenRest<T>(visit: Promise<T>): Promise<T> {
    try {
      return await visit;
    } finally {
      this.#restLater();
    }
  }

  /** Whoever wants to delete an HSM is not to wait until this process happens to give back its file. */
  #restLater(): void {
    clearTimeout(this.#resting);
    const now = performance.now();
    this.#due ??= now + rest.longest;
    this.#resting = setTimeout(
      () => {
        this.#due = undefined;
        void this.#giveBack();
      },
      Math.min(rest.quiet, this.#due - now),
    );
  }

  /** In nobody's turn: a change of this process may wait for another one, which waits for this. */
  async #giveBack(): Promise<void> {
    try {
      await this.#visit(({ home }) => home.giveBack());
    } catch (error) {
      // Nothing was read of a home whose server is away.
      if (!(error instanceof StoreError) || error.failure !== "unavailable") this.#failed(error);
    }
  }
}

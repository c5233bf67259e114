import type { Look, ShownFleet } from "./shown-fleet.ts";
import type { BoardEvent, Snapshot } from "./snapshot.ts";

/** Hears what there is to see. */
export interface Watcher {
  /** All that there is to see, also where nothing is new but that it could be looked at again. */
  readonly saw: (snapshot: Snapshot) => void;
  readonly happened: (events: readonly BoardEvent[]) => void;
  /** The fleet cannot be looked at, and why, until something is seen; it is tried again. */
  readonly failed: (problem: string) => void;
}

/** Events that somebody who comes later is told of. */
export const remembered = 200;

/** One watch over the fleet for all who look: it is looked at only while there is anybody. */
export class Watchers {
  readonly #fleet: ShownFleet;
  readonly #all = new Set<Watcher>();
  #isLooking = false;
  #snapshot: Snapshot | undefined;
  #events: readonly BoardEvent[] = [];
  /** Why the last look failed. */
  #problem: string | undefined;

  constructor(fleet: ShownFleet) {
    this.#fleet = fleet;
  }

  /** Tells a watcher what is known, and of all that comes, until the function is called that this returns. */
  add(watcher: Watcher): () => void {
    this.#all.add(watcher);
    // What is known may be old where nobody watched; what changed since comes at once.
    if (this.#snapshot !== undefined) watcher.saw(this.#snapshot);
    if (this.#events.length > 0) watcher.happened(this.#events);
    if (this.#problem !== undefined) watcher.failed(this.#problem);
    void this.#watch();
    return () => this.#all.delete(watcher);
  }

  async #watch(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    while (this.#all.size > 0) {
      await this.#look();
      await this.#fleet.untilChanged();
    }
    this.#isLooking = false;
  }

  async #look(): Promise<void> {
    try {
      const seen = await this.#fleet.look();
      const before = this.#problem;
      this.#problem = undefined;
      if (seen !== undefined) {
        this.#tell(seen);
        await this.#fleet.rest();
      } else if (before !== undefined && this.#snapshot !== undefined) {
        this.#tell({ snapshot: this.#snapshot, events: [] });
      }
    } catch (error) {
      this.#fail(error instanceof Error ? error.message : String(error));
    }
  }

  #fail(problem: string): void {
    if (problem === this.#problem) return;
    this.#problem = problem;
    for (const watcher of this.#all) watcher.failed(problem);
  }

  #tell({ snapshot, events }: Look): void {
    this.#snapshot = snapshot;
    this.#events = [...this.#events, ...events].slice(-remembered);
    for (const watcher of this.#all) {
      watcher.saw(snapshot);
      if (events.length > 0) watcher.happened(events);
    }
  }
}

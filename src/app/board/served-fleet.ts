import { bundledDrills } from "../../config/bundled-drills.ts";
import { ConfigurationError } from "../../config/configuration.ts";
import { refusalCodes, roadFaultKinds } from "../../config/fault-entry.ts";
import type { BoardChange } from "../../endpoint/board/change.ts";
import type { Look, RowsAsked, ShownFleet } from "../../endpoint/board/shown-fleet.ts";
import type { BoardHome, FaultWords, Row } from "../../endpoint/board/snapshot.ts";
import type { Home } from "../../store/home.ts";
import { commandNames } from "../command-named.ts";
import type { HomeRequest } from "../fleet/requested-home.ts";
import { changeDrill, changeHome } from "./board-changes.ts";
import { WatchedDrills } from "./watched-drills.ts";
import { WatchedHome } from "./watched-home.ts";

/** By which changes name the home that is served. */
const servedName = "home";

/** Milliseconds between two looks at a home that tells of no changes. */
const pace = 100;

/** Who may be at the HSMs of this process when. */
export interface Turns {
  readonly together: <T>(work: () => Promise<T>) => Promise<T>;
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>;
}

/** The home that is served, and the drills, as the board shows and changes them. */
export class ServedFleet implements ShownFleet {
  readonly faultWords: FaultWords = {
    kinds: roadFaultKinds,
    commands: commandNames(),
    codes: refusalCodes,
  };
  readonly #home: WatchedHome;
  readonly #drills: WatchedDrills;
  readonly #turns: Turns;
  #view: BoardHome | undefined;

  /** Open as long as the board is, to be told of changes. */
  readonly #told: Home;
  readonly #ended = new AbortController();

  /** @param drills the folder in which drills are started */
  constructor(request: HomeRequest, told: Home, drills: string, turns: Turns) {
    this.#home = new WatchedHome(servedName, request);
    this.#told = told;
    this.#drills = new WatchedDrills(drills);
    this.#turns = turns;
  }

  untilChanged(): Promise<void> {
    return this.#told.untilChanged(pace, this.#ended.signal);
  }

  /** Ends the wait of whoever watches. */
  async close(): Promise<void> {
    this.#ended.abort();
    await this.#told.close();
  }

  look(): Promise<Look | undefined> {
    return this.#turns.together(() => this.#look());
  }

  async rest(): Promise<void> {
    await this.#told.giveBack();
    await this.#drills.rest();
  }

  async #look(): Promise<Look | undefined> {
    const seen = await this.#home.look();
    this.#view = seen?.view ?? this.#view;
    const { isChanged, drills, homes, events } = await this.#drills.look();
    if (this.#view === undefined || (seen === undefined && !isChanged)) return undefined;
    const all = [...(seen?.events ?? []), ...events].sort((one, other) => one.time - other.time);
    return { snapshot: { homes: [this.#view, ...homes], drills }, events: all };
  }

  rows({ home, cluster, kind }: RowsAsked): readonly Row[] {
    return this.#homeNamed(home)?.rows(cluster, kind) ?? [];
  }

  async change(change: BoardChange): Promise<string> {
    try {
      return await this.#turns.alone(() => this.#change(change));
    } finally {
      await this.rest();
    }
  }

  async #change(change: BoardChange): Promise<string> {
    if ("drill" in change) {
      if (!bundledDrills().includes(change.drill)) {
        throw new ConfigurationError(`${change.drill} is no drill: cloudhsm-sim drill list names them`);
      }
      return changeDrill(change, this.#drills.folderOf(change.drill));
    }
    const home = this.#homeNamed(change.home);
    if (home === undefined) throw new ConfigurationError(`${change.home} is no home here: load the page again`);
    return home.visit((requested) => changeHome(change, requested));
  }

  #homeNamed(name: string): WatchedHome | undefined {
    return name === servedName ? this.#home : this.#drills.homeOf(name);
  }
}

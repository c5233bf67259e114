import { join } from "node:path";
import { bundledDrills } from "../../config/bundled-drills.ts";
import type { Drill } from "../../config/drill.ts";
import type { BoardDrill, BoardEvent, BoardHome } from "../../endpoint/board/snapshot.ts";
import { ProgramError } from "../../errors/program-error.ts";
import { bundledDrill, checkIn } from "../fleet/drill-deeds.ts";
import { DrillFolder } from "../fleet/drill-folder.ts";
import { goalText } from "../fleet/drill-forms.ts";
import { shortfallText } from "../fleet/shortfall-text.ts";
import { openHome } from "../home/open-home.ts";
import { WatchedHome } from "./watched-home.ts";

/** What was seen of the drills at one look. */
export interface SeenDrills {
  readonly isChanged: boolean;
  readonly drills: readonly BoardDrill[];
  /** The homes of those that were started. */
  readonly homes: readonly BoardHome[];
  readonly events: readonly BoardEvent[];
}

/** The drills that come with this program, and those of them that were started in folders `drill-<name>` of one folder. */
export class WatchedDrills {
  readonly #folder: string;
  readonly #told = new Map<string, Drill>();
  readonly #watched = new Map<string, WatchedHome>();
  readonly #views = new Map<string, BoardHome>();
  readonly #drills = new Map<string, BoardDrill>();

  /** @param folder where drills are started */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Where a drill is, or would be. */
  folderOf(name: string): DrillFolder {
    return new DrillFolder(join(this.#folder, `drill-${name}`));
  }

  /** The home of a drill that was started. */
  homeOf(name: string): WatchedHome | undefined {
    return this.#watched.get(name);
  }

  /** Lets go of their HSMs, which are in folders, wherever those are that are served. */
  async rest(): Promise<void> {
    if (this.#watched.size === 0) return;
    // One home gives back what all of its kind closed.
    const home = await openHome(this.#folder);
    await home.giveBack();
    await home.close();
  }

  /** Looks at all of them; one that cannot be looked at says why, and is looked at again. */
  async look(): Promise<SeenDrills> {
    let isChanged = false;
    const events: BoardEvent[] = [];
    for (const name of bundledDrills()) {
      const before = this.#drills.get(name);
      const [drill, happened] = await this.#lookAt(name, before);
      if (drill === before) continue;
      this.#drills.set(name, drill);
      events.push(...happened);
      isChanged ||= JSON.stringify(drill) !== JSON.stringify(before) || drill.started !== undefined;
    }
    return { isChanged, drills: [...this.#drills.values()], homes: [...this.#views.values()], events };
  }

  async #lookAt(
    name: string,
    before: BoardDrill | undefined,
  ): Promise<readonly [drill: BoardDrill, events: readonly BoardEvent[]]> {
    const told = this.#told.get(name) ?? (await bundledDrill(name));
    this.#told.set(name, told);
    const { title, story } = told;
    const folder = this.folderOf(name);
    if (!folder.isTaken) {
      this.#watched.delete(name);
      this.#views.delete(name);
      return [before !== undefined && before.started === undefined ? before : { name, title, story }, []];
    }
    const { home } = folder;
    const watched = this.#watched.get(name) ?? new WatchedHome(name, { home, config: folder.configurationOf(told) });
    this.#watched.set(name, watched);
    try {
      const seen = await watched.look();
      if (seen === undefined && before !== undefined) return [before, []];
      if (seen !== undefined) this.#views.set(name, seen.view);
      return [{ name, title, story, started: await startedIn(folder) }, seen?.events ?? []];
    } catch (error) {
      if (!(error instanceof ProgramError)) throw error;
      this.#watched.delete(name);
      return [{ name, title, story, problem: error.message }, []];
    }
  }
}

async function startedIn(folder: DrillFolder): Promise<NonNullable<BoardDrill["started"]>> {
  const { drill, checked, hints } = await checkIn(folder);
  return {
    folder: folder.name,
    goals: checked.map(({ goal, shortfalls }) => ({
      text: goalText(goal),
      isMet: shortfalls.length === 0,
      missing: shortfalls.map(shortfallText),
    })),
    hints: drill.hints.slice(0, hints),
    hintsLeft: Math.max(0, drill.hints.length - hints),
  };
}

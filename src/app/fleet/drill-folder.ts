import { existsSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { Drill } from "../../config/drill.ts";
import { isServerHome } from "../../config/home.ts";
import { readDrill } from "../../config/drill-file.ts";
import { loadText } from "../../config/load.ts";
import { StateError } from "../../errors/state-error.ts";
import { makeFolder } from "../../files/folder.ts";
import { changingFolder, writeWholeFile } from "../../files/whole-file.ts";
import { limitsBy } from "../vendor.ts";
import { layouts } from "./installed-layout.ts";

/** What a folder takes of a drill: whose shell it is for, and its servers. */
type Rehearsed = Pick<Drill, "configuration">;

/**
 * Where a drill is rehearsed: a copy of its file, a configuration that leads to its servers, and its HSMs, unless those are in
 * another home, which is noted then.
 */
export class DrillFolder {
  /** As it was named. */
  readonly name: string;
  /** A folder, or the address of a database. */
  readonly home: string;
  /** The file that says which processes hold the logins of the drill. */
  readonly holders: string;
  readonly #drill: string;
  /** The file that names another home. */
  readonly #elsewhere: string;

  /** @param home where the HSMs of a drill are to be that is not started yet; left out, in the folder */
  constructor(name: string, home?: string) {
    this.name = name;
    this.#elsewhere = join(name, "home");
    const own = join(name, "hsms");
    this.home = home ?? (existsSync(this.#elsewhere) ? readFileSync(this.#elsewhere, "utf8").trim() : own);
    this.holders = join(name, "logins.json");
    this.#drill = join(name, "drill.yaml");
  }

  /** The file that the shell is given, which has the name and the form of the vendor's. */
  configurationOf({ configuration: { dialect = "aws" } }: Rehearsed): string {
    return join(this.name, basename(layouts[dialect].configuration));
  }

  /** Whether a drill was started here. */
  get isTaken(): boolean {
    return existsSync(this.#drill);
  }

  /** The drill that was started here. Throws {@link StateError} where none was, ConfigurationError. */
  async drill(): Promise<Drill> {
    if (!this.isTaken) {
      throw new StateError(
        `no drill was started in ${resolve(this.name)}: cloudhsm-sim drill start <name> --dir ${this.name}`,
      );
    }
    return parseDrill(this.#drill, await loadText(this.#drill));
  }

  /** Makes the folder, with the configuration of a drill. Throws {@link StateError} where it cannot be written. */
  prepare(drill: Rehearsed): Promise<void> {
    const { dialect = "aws", servers } = drill.configuration;
    const { text, folder } = layouts[dialect];
    return changingFolder(this.name, () => {
      makeFolder(this.name);
      if (!isServerHome(this.home)) makeFolder(this.home);
      if (this.home !== join(this.name, "hsms")) writeWholeFile(this.#elsewhere, `${this.home}\n`, 0o600);
      writeWholeFile(this.configurationOf(drill), text(servers, folder), 0o600);
    });
  }

  /** Keeps which processes hold logins. Throws {@link StateError} where it cannot be written. */
  keepHolders(text: string): Promise<void> {
    return changingFolder(this.name, () => {
      writeWholeFile(this.holders, text, 0o600);
    });
  }

  /** Keeps the drill's own file: from then on it is started. Throws {@link StateError} where it cannot be written. */
  keep(text: string): Promise<void> {
    return changingFolder(this.name, () => {
      writeWholeFile(this.#drill, text, 0o600);
    });
  }
}

/** Reads a drill. Throws ConfigurationError. */
export async function parseDrill(file: string, text: string): Promise<Drill> {
  return readDrill(file, text, await limitsBy());
}

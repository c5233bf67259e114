import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { cfgText } from "../../config/cfg-text.ts";
import type { ServerEntry } from "../../config/configuration.ts";
import type { Drill } from "../../config/drill.ts";
import { readDrill } from "../../config/drill-file.ts";
import { loadText } from "../../config/load.ts";
import { StateError } from "../../errors/state-error.ts";
import { makeFolder } from "../../files/folder.ts";
import { changingFolder, writeWholeFile } from "../../files/whole-file.ts";
import { limitsBy } from "../vendor.ts";

/** Where a drill is rehearsed: its HSMs, a copy of its file, and a configuration that lists its servers. */
export class DrillFolder {
  /** As it was named. */
  readonly name: string;
  readonly home: string;
  readonly configuration: string;
  /** The file that says which processes hold the logins of the drill. */
  readonly holders: string;
  readonly #drill: string;

  constructor(name: string) {
    this.name = name;
    this.home = join(name, "hsms");
    this.configuration = join(name, "cloudhsm_mgmt_util.cfg");
    this.holders = join(name, "logins.json");
    this.#drill = join(name, "drill.yaml");
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

  /** Makes the folder, with the list of servers. Throws {@link StateError} where it cannot be written. */
  prepare(servers: readonly ServerEntry[]): Promise<void> {
    return changingFolder(this.name, () => {
      makeFolder(this.name);
      makeFolder(this.home);
      writeWholeFile(this.configuration, cfgText(servers, "/opt/cloudhsm/etc"), 0o600);
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

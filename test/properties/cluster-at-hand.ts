import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Cluster } from "../../src/cluster/cluster.ts";
import { commands } from "../../src/commands/table.ts";
import { aws } from "../../src/dialect/aws.ts";
import type { HsmSurroundings } from "../../src/hsm/core.ts";
import { openHsm } from "../../src/hsm/simulated-hsm.ts";
import { History } from "../../src/shell/history.ts";
import type { LineReader } from "../../src/shell/line-reader.ts";
import { Shell } from "../../src/shell/shell.ts";
import type { Presence } from "../../src/store/presence.ts";
import type { Store } from "../../src/store/store.ts";
import { fileOf } from "../harness/audit.ts";
import { lines, runPiped, temporaryFolder } from "../harness/program.ts";
import { MemoryStore, recordsOf } from "./memory-store.ts";

/** Has the program create the HSMs of a configuration; gives what each keeps, by host name. */
export async function createHsms(yaml: string, hostnames: readonly string[]): Promise<readonly HsmAtHand[]> {
  const folder = temporaryFolder();
  const config = join(folder, "cluster.yaml");
  writeFileSync(config, yaml);
  const home = join(folder, "home");
  const { stderr } = await runPiped({ words: [config], home }, lines("quit"));
  if (stderr !== "") throw new Error(stderr);
  return hostnames.map((hostname) => ({ hostname, records: recordsOf(fileOf(home, hostname)) }));
}

/** What an HSM keeps. */
interface HsmAtHand {
  readonly hostname: string;
  readonly records: ReturnType<typeof recordsOf>;
}

/** No other shell is alive. */
const alone: Presence = {
  announce: () => Promise.resolve("this shell"),
  isAlive: () => Promise.resolve(false),
  close: () => undefined,
};

/** A cluster in memory, with the shell in front of it. */
export class ClusterAtHand {
  readonly cluster: Cluster;
  /** In the order of the servers. */
  readonly stores: readonly Store[];
  #printed = "";

  constructor(hsms: readonly HsmAtHand[]) {
    this.stores = hsms.map(({ records }) => new MemoryStore(records));
    const byName = new Map(hsms.map(({ hostname }, server) => [hostname, this.stores[server]]));
    const surroundings: HsmSurroundings = { clock: () => Date.now() * 1000, presence: alone };
    const addresses = hsms.map(({ hostname }) => ({ name: hostname, hostname, port: 2225 }));
    this.cluster = new Cluster(addresses, ({ hostname }) => {
      const store = byName.get(hostname);
      if (store === undefined) throw new Error(`no HSM at ${hostname}`);
      return openHsm(Promise.resolve(store), surroundings);
    });
  }

  /** Types one line; `answers` gives what to type behind each question. Gives what was printed. */
  async type(line: string, answers: (question: string) => string): Promise<string> {
    this.#printed = "";
    const pending = [line];
    const reader: LineReader = {
      read: (prompt, purpose) => {
        const text = purpose === "command" ? pending.shift() : answers(prompt);
        return Promise.resolve(text === undefined ? { kind: "end" } : { kind: "line", text });
      },
      hangUp: () => undefined,
      close: () => undefined,
    };
    const print = (...printed: readonly string[]): void => {
      this.#printed += printed.map((each) => `${each}\n`).join("");
    };
    await new Shell({
      cluster: this.cluster,
      commands,
      dialect: aws,
      reader,
      output: { print, hint: print },
      history: new History(undefined),
      bail: false,
      pause: () => Promise.resolve(),
      hungUp: () => false,
    }).run();
    return this.#printed;
  }
}

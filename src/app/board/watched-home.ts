import { statSync } from "node:fs";
import type { BoardEvent, BoardHome, FamilyTable, HsmColumn, Row, RowKind } from "../../endpoint/board/snapshot.ts";
import { type SeenHsms, compareSeen, seeHsms } from "../../fleet/compare/compare-home.ts";
import { familiesOf } from "../../fleet/compare/relative.ts";
import { type SetFault, isOver } from "../../fleet/faults/fault.ts";
import { faultsOf } from "../../fleet/faults/set-fault.ts";
import { addressKey } from "../../store/address.ts";
import type { Home } from "../../store/home.ts";
import { printable } from "../../text/printable.ts";
import { faultLine } from "../fleet/fault-forms.ts";
import { openingLine } from "../fleet/opening-line.ts";
import { type HomeRequest, type RequestedHome, type Visit, findHome } from "../fleet/requested-home.ts";
import { reasonOf } from "../fleet/status-forms.ts";
import { dialectOfModel, passwordWords } from "../vendor.ts";
import { boardEvents } from "./board-events.ts";
import { columnOf, columnOfGone } from "./columns.ts";
import { type FullTable, tableOf } from "./family-table.ts";
import { WatchedHsms } from "./watched-hsms.ts";

/** Milliseconds after which an HSM that could not be read is tried again, though nothing changed. */
const retry = 1000;

/** What was seen of a home at one look. */
export interface SeenHome {
  readonly view: BoardHome;
  readonly events: readonly BoardEvent[];
}

/** A home that is looked at again and again: whatever did not change since is not read again. */
export class WatchedHome {
  readonly name: string;
  readonly #request: HomeRequest;
  readonly #hsms = new WatchedHsms();
  #visit: Visit | undefined;
  /** The configuration file, as it was when it was read. */
  #file: { readonly path: string; readonly trace: string } | undefined;
  #trace: string | undefined;
  #faults: readonly SetFault[] = [];
  #tables: readonly FullTable[] = [];
  /** Whether an HSM could not be read: somebody may only have been in the way for a moment. */
  #isUnreadable = false;

  /** @param name by which changes name it */
  constructor(name: string, request: HomeRequest) {
    this.name = name;
    this.#request = request;
  }

  /** Visits it, with the configuration as it is now. Throws ConfigurationError. */
  async visit<T>(work: (requested: RequestedHome) => Promise<T>): Promise<T> {
    const { path, trace } = this.#file ?? {};
    if (this.#visit === undefined || path === undefined || traceOf(path) !== trace) {
      this.#visit = await findHome(this.#request);
    }
    return this.#visit((requested) => {
      const { file } = requested.configuration;
      this.#file = { path: file, trace: traceOf(file) };
      return work(requested);
    });
  }

  /** Looks at it; undefined where nothing changed since the last look. Throws ConfigurationError, StoreError. */
  look(): Promise<SeenHome | undefined> {
    return this.visit(async (requested) => {
      const { traces, trace } = await this.#traces(requested.home);
      if (trace === this.#trace) return undefined;
      const seen = await this.#see(requested, traces);
      // From before it was looked at: what was changed meanwhile is looked at again.
      this.#trace = trace;
      return seen;
    });
  }

  /** All rows of a kind of the family that a cluster begins; none where there is no such family. */
  rows(cluster: string, kind: RowKind): readonly Row[] {
    return this.#tables.find(({ table }) => table.clusters[0] === cluster)?.rows[kind] ?? [];
  }

  async #traces(home: Home): Promise<{ readonly traces: ReadonlyMap<string, string>; readonly trace: string }> {
    const traces = new Map<string, string>();
    for (const address of await home.list()) traces.set(addressKey(address), await home.traceOf(address));
    const alive: string[] = [];
    for (const shell of this.#hsms.shells) if (await home.presence.isAlive(shell)) alive.push(shell);
    const now = Date.now();
    const over = this.#faults.map((fault) => isOver(fault, now));
    const again = this.#isUnreadable ? Math.floor(now / retry) : 0;
    const trace = JSON.stringify([[...traces], await home.traceOfRecords(), this.#file?.trace, alive, over, again]);
    return { traces, trace };
  }

  async #see(requested: RequestedHome, traces: ReadonlyMap<string, string>): Promise<SeenHome> {
    const { home, configuration } = requested;
    this.#faults = await faultsOf(home);
    const traced = { home, traces };
    const seen = await seeHsms(home, configuration.servers, this.#hsms.reading(traced), await passwordWords());
    this.#isUnreadable = seen.unusable.length > 0;
    const { families } = await compareSeen(seen, this.#hsms.readingLastSet(traced));
    const current = familiesOf(seen.relatives);
    this.#tables = families.map((compared, at) =>
      tableOf(current[at] ?? [], compared, this.#columns(seen, compared.clusters), configuration.file),
    );
    const [first] = seen.relatives;
    const dialect = configuration.dialect ?? (first && dialectOfModel(first.model));
    const view: BoardHome = {
      name: this.name,
      folder: printable(home.name),
      shell: printable(openingLine(home.name, configuration.file, dialect)),
      families: [...this.#tables.map(({ table }) => table), ...this.#tablesOfGone(seen)],
      faults: this.#faults.map((fault) => ({
        id: fault.id,
        text: faultLine(fault),
        isOver: isOver(fault, Date.now()),
      })),
      problems: seen.unusable.map((hsm) => printable(`${hsm.hostname}:${String(hsm.port)}: ${reasonOf(hsm, home)}`)),
    };
    return { view, events: boardEvents(this.name, await this.#hsms.news(traced, seen.relatives)) };
  }

  /** Columns of clusters, in the order of the servers. */
  #columns({ relatives, notUp, servers }: SeenHsms, clusters: readonly string[]): readonly HsmColumn[] {
    const isTheirs = ({ clusterId }: { readonly clusterId: string }): boolean => clusters.includes(clusterId);
    return [
      ...relatives.filter(isTheirs).map((hsm) => columnOf(hsm, this.#faults)),
      ...notUp.filter(isTheirs).map((hsm) => columnOfGone(hsm, servers, this.#faults)),
    ]
      .sort((one, other) => one.order - other.order)
      .map(({ column }) => column);
  }

  /** Clusters of which no HSM is up. */
  #tablesOfGone(seen: SeenHsms): readonly FamilyTable[] {
    const known = new Set(seen.relatives.map(({ clusterId }) => clusterId));
    const gone = [...new Set(seen.notUp.map(({ clusterId }) => clusterId))].filter((id) => !known.has(id));
    const [others] = [gone.filter((id) => !this.#tables.some(({ table }) => table.clusters.includes(id)))];
    return others.map((id) => ({
      clusters: [id],
      columns: this.#columns(seen, [id]),
      outOfStep: 0,
      logins: [],
      rows: [],
    }));
  }
}

/** What tells a file from what it was before. */
function traceOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false, bigint: true });
  return found === undefined ? "-" : `${String(found.ino)}:${String(found.mtimeNs)}`;
}

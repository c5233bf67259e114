import { ProgramError } from "../errors/program-error.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Server } from "../cluster/server.ts";
import type { Output } from "../command/command.ts";
import { type Configuration, ConfigurationError, type ServerEntry } from "../config/configuration.ts";
import type { Dialect } from "../command/wording.ts";
import type { Meeting } from "../fleet/faults/road.ts";
import { addWords } from "./add-words.ts";
import { complain } from "./process/standard-error.ts";
import type { Roads } from "./roads.ts";
import { type EmptyPlace, type Place, placeAt } from "../store/place.ts";
import { type Address, addressText } from "../store/address.ts";
import type { Home } from "../store/home.ts";

/** A server that cannot be reached: the original's words, and what fixes it. */
class ConnectionError extends ProgramError {
  override readonly name = "ConnectionError";
  override readonly fault = "system";
  override readonly isOriginal = true;
}

/** Where HSMs are, and the way to them. */
interface Surroundings {
  readonly home: Home;
  readonly roads: Roads;
}

/**
 * Connects to the servers of a configuration in order, in the original's words. Throws {@link ConnectionError} for
 * the first that is not there, unless the dialect goes on without it, and ConfigurationError for an address at which
 * another HSM lives.
 */
export async function connect(
  cluster: Cluster,
  { file, servers }: Configuration,
  { home, roads }: Surroundings,
  dialect: Dialect,
  output: Output,
): Promise<void> {
  const { traits } = dialect;
  output.print(...dialect.banner, ...dialect.connectingHead);
  const copies = new CopyFinder(file, home);
  const met = new Map<number, Connected>();
  const sayEncrypted = (id: number): void => {
    const server = cluster.server(id);
    const meeting = met.get(id);
    if (server !== undefined && meeting !== undefined) output.print(...encryptionLines(server, meeting, dialect));
  };
  for (const [id, entry] of servers.entries()) {
    if (id === 1 && traits.discovery === "fromFirst") output.print(...dialect.discovering);
    else output.print("");
    output.print(dialect.connecting({ id, ...entry }));
    const found = await placeAt(home, entry);
    if (found.kind === "hsm") {
      const problem = strangerProblem(file, entry, found.mark, home);
      if (problem !== undefined) throw new ConfigurationError((await replacement(file, entry, home)) ?? problem);
      copies.add(entry, found.mark);
    }
    // Where nobody can look, nobody knows what is set.
    const meeting = found.kind === "hidden" ? undefined : await roads.meet(entry);
    if (found.kind === "hsm" && meeting?.kind === "connected") {
      met.set(id, meeting);
      output.print(...dialect.versionExchange, dialect.connected({ id, ...entry }));
      if (traits.encryptionTold === "behindEach") sayEncrypted(id);
      continue;
    }
    const failed = dialect.connectionFailed({ id, ...entry });
    const { unreachableAtStart } = traits;
    if (unreachableAtStart === "ends" || (unreachableAtStart === "endsAtFirst" && id === 0)) {
      const mend =
        adviceOn(meeting, entry) ?? laterAdvice(entry) ?? (found.kind === "hsm" ? "" : mendOf(found, entry, home));
      throw new ConnectionError([failed, dialect.startFailed, mend].join("\n"));
    }
    const server = cluster.server(id);
    server?.missed();
    output.print(failed, ...dialect.notConnectedAtStart(server?.label ?? String(id)));
  }
  if (traits.encryptionTold === "behindAll") for (const { id } of cluster.servers) sayEncrypted(id);
  await tellMisplaced(file, servers, met, home);
}

/** Says once on standard error where the owner's certificate lies that is missing where it is looked for. */
async function tellMisplaced(
  file: string,
  servers: readonly ServerEntry[],
  met: ReadonlyMap<number, Connected>,
  home: Home,
): Promise<void> {
  const told = new Set<string>();
  for (const [id, { why }] of met) {
    const entry = servers[id];
    if (why?.why !== "ownerMissing" || entry === undefined) continue;
    const { misplacedOwner } = await import("./misplaced-owner.ts");
    const advice = await misplacedOwner(home, entry, why.path, file);
    if (advice !== undefined && !told.has(advice)) complain(advice);
    if (advice !== undefined) told.add(advice);
  }
}

type Connected = Extract<Meeting, { readonly kind: "connected" }>;

/** Says whether a connection is encrypted end to end, and why it is not. */
function encryptionLines(server: Server, { isEncrypted, why }: Connected, dialect: Dialect): readonly string[] {
  const { label } = server;
  server.isEncrypted = isEncrypted;
  if (isEncrypted) return dialect.e2eEnabledAtStart(label);
  switch (why?.why) {
    case undefined:
      return dialect.unencrypted(label);
    case "uninitialised":
      return dialect.uninitialised(label);
    case "ownerMissing":
      return dialect.ownerCertificateMissing(label, why.path);
    case "ownerForeign":
      return dialect.ownerCertificateForeign(label, why.path);
  }
}

/** What an operator does about an HSM that a configuration names and that is still to come; undefined for any other. */
function laterAdvice({ hsm, isMadeLater, ...address }: ServerEntry): string | undefined {
  if (hsm === undefined || isMadeLater === undefined) return undefined;
  return (
    `${hsm.id} at ${addressText(address)} joins its cluster at the next start after the first HSM was activated: ` +
    "until then start with a .cfg that names the first alone."
  );
}

/** What is to be done where another HSM took the place of the one that a configuration names; undefined where none did. */
async function replacement(file: string, entry: ServerEntry, home: Home): Promise<string | undefined> {
  const { hsm } = entry;
  if (hsm === undefined || (await home.records()) === undefined) return undefined;
  const { hsmsNotUp } = await import("../fleet/hsm-states.ts");
  const replacedBy = (await hsmsNotUp(home)).find(({ hsmId }) => hsmId === hsm.id)?.replacedBy;
  if (replacedBy === undefined) return undefined;
  const where = addressText(entry);
  return `${file}:${hsm.position}: ${hsm.id} at ${where} was replaced by ${replacedBy}: write that id in its place`;
}

/** What an operator does about an HSM that somebody made unreachable; undefined where nobody did. */
export function adviceOn(meeting: Meeting | undefined, address: Address): string | undefined {
  const where = addressText(address);
  switch (meeting?.kind) {
    case undefined:
    case "connected":
      return undefined;
    case "unreachable": {
      const id = String(meeting.faultId);
      return `Fault ${id} keeps everybody from the HSM at ${where}: cloudhsm-sim fault clear ${id} ends it.`;
    }
    case "stopped":
      return `${meeting.hsmId} at ${where} is stopped: cloudhsm-sim hsm start ${meeting.hsmId} starts it.`;
    case "destroyed":
      return (
        `${meeting.hsmId} at ${where} was destroyed, and is not created anew: take it out of the configuration, or ` +
        `have another one there (${addWords({ ...address, clusterId: meeting.clusterId })}).`
      );
  }
}

/** Returns what is wrong at the place of an HSM; undefined where the HSM is there. */
export function placeProblem(file: string, entry: ServerEntry, found: Place, home: Home): string | undefined {
  return found.kind === "hsm" ? strangerProblem(file, entry, found.mark, home) : mendOf(found, entry, home);
}

/** Returns why an HSM of a configuration cannot be read; undefined where it can. */
export async function problemAt(file: string, entry: ServerEntry, home: Home): Promise<string | undefined> {
  return placeProblem(file, entry, await placeAt(home, entry), home);
}

/** What is wrong where another HSM than the expected one is. */
function strangerProblem(file: string, entry: ServerEntry, mark: string, home: Home): string | undefined {
  const { hsm } = entry;
  if (hsm === undefined || mark === home.markOf(hsm.id)) return undefined;
  return (
    `${file}:${hsm.position}: ${hsm.id} belongs at ${addressText(entry)}, but ` +
    `another HSM is there already (${home.placeOf(entry)}): choose another ${home.words.home} with --home or ` +
    `home:, or delete that ${home.words.place}`
  );
}

/** Notices two addresses with one HSM: one that was copied. */
class CopyFinder {
  readonly #file: string;
  readonly #home: Home;
  readonly #seen = new Map<string, ServerEntry>();

  constructor(file: string, home: Home) {
    this.#file = file;
    this.#home = home;
  }

  /** Throws ConfigurationError for a second one; ids that a configuration names are told apart by it. */
  add(entry: ServerEntry, mark: string): void {
    if (entry.hsm !== undefined) return;
    const other = this.#seen.get(mark);
    this.#seen.set(mark, entry);
    if (other === undefined) return;
    throw new ConfigurationError(
      `${this.#file}: ${this.#home.placeOf(other)} and ${this.#home.placeOf(entry)} are the same HSM, one of them a copy: ` +
        "a copy is a backup, to be put back under the same name; remove the one at the other address",
    );
  }
}

/** What an operator does about an address without an HSM that this program can open. */
export function mendOf(found: EmptyPlace, address: Address, home: Home): string {
  const { words } = home;
  switch (found.kind) {
    case "absent":
      return (
        `There is no simulated HSM at ${addressText(address)} in ${home.name}: ` +
        `start once with a YAML configuration that describes it, or name the right ${words.home} with --home.`
      );
    case "otherFormat":
      return `${home.placeOf(address)} belongs to another version of this program: use that version, or choose another ${words.home} with --home.`;
    case "unusable":
      return found.reason;
    case "hidden":
      return `${found.cause}: make it readable, or choose another ${words.home} with --home.`;
  }
}

import { ProgramError } from "../errors/program-error.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Output } from "../command/command.ts";
import { type Configuration, ConfigurationError, type ServerEntry } from "../config/configuration.ts";
import type { Dialect } from "../command/wording.ts";
import { type FileState, idMark } from "../store/sqlite/hsm-file.ts";
import type { HsmFolder } from "../store/sqlite/hsm-folder.ts";
import { StoreError } from "../store/store.ts";

/** A server that cannot be reached: the original's words, and what mends it. */
class ConnectionError extends ProgramError {
  override readonly name = "ConnectionError";
  override readonly fault = "system";
  override readonly isOriginal = true;
}

/**
 * Connects to the servers of a configuration in order, in the original's words. Throws {@link ConnectionError} for
 * the first that is not there, and ConfigurationError for an address at which another HSM lives.
 */
export function connect(
  cluster: Cluster,
  { file, servers }: Configuration,
  folder: HsmFolder,
  dialect: Dialect,
  output: Output,
): void {
  output.print(...dialect.connectingHead);
  const copies = new CopyFinder(file, folder);
  servers.forEach((entry, id) => {
    output.print("", dialect.connecting({ id, ...entry }));
    copies.add(entry, requireHsm(file, id, entry, folder, dialect));
    output.print(dialect.connected({ id, ...entry }));
  });
  for (const server of cluster.servers) output.print(dialect.e2eEnabled(server.label));
}

/** Returns the mark of the HSM that is there. */
function requireHsm(file: string, id: number, entry: ServerEntry, folder: HsmFolder, dialect: Dialect): number {
  const found = inspect(entry, folder);
  if (found.kind !== "hsm") {
    const mend = mendOf(found, entry, folder);
    throw new ConnectionError([dialect.connectionFailed({ id, ...entry }), dialect.startFailed, mend].join("\n"));
  }
  const problem = strangerProblem(file, entry, found.idMark, folder);
  if (problem !== undefined) throw new ConfigurationError(problem);
  return found.idMark;
}

/** What is wrong with what was found at the place of an HSM; undefined where it is that HSM. */
export function placeProblem(file: string, entry: ServerEntry, found: Found, folder: HsmFolder): string | undefined {
  return found.kind === "hsm" ? strangerProblem(file, entry, found.idMark, folder) : mendOf(found, entry, folder);
}

/** What keeps whoever looks from the HSM of a configuration; undefined where it is there. */
export function problemAt(file: string, entry: ServerEntry, folder: HsmFolder): string | undefined {
  return placeProblem(file, entry, inspect(entry, folder), folder);
}

/** What is wrong where another HSM than the expected one is. */
function strangerProblem(
  file: string,
  { hsm, hostname, port }: ServerEntry,
  mark: number,
  folder: HsmFolder,
): string | undefined {
  if (hsm === undefined || mark === idMark(hsm.id)) return undefined;
  return (
    `${file}:${hsm.position}: ${hsm.id} is to stand at ${hostname}:${String(port)}, where ` +
    `another HSM lives already (${folder.file({ hostname, port })}): choose another folder with --home or home:, ` +
    "or delete that file"
  );
}

/** Notices two addresses with one HSM: a file that was copied. */
class CopyFinder {
  readonly #file: string;
  readonly #folder: HsmFolder;
  readonly #seen = new Map<number, ServerEntry>();

  constructor(file: string, folder: HsmFolder) {
    this.#file = file;
    this.#folder = folder;
  }

  /** Throws ConfigurationError for a second one; ids that a configuration names are told apart by it. */
  add(entry: ServerEntry, mark: number): void {
    if (entry.hsm !== undefined) return;
    const other = this.#seen.get(mark);
    this.#seen.set(mark, entry);
    if (other === undefined) return;
    throw new ConfigurationError(
      `${this.#file}: ${this.#folder.file(other)} and ${this.#folder.file(entry)} are one HSM, of which one is a copy: ` +
        "a copy is a backup, to be put back under the same name; remove the one that stands at another address",
    );
  }
}

/** What is at the place of an HSM, or why nobody can say. */
type Found = FileState | { readonly kind: "hidden"; readonly cause: string };

function inspect(entry: ServerEntry, folder: HsmFolder): Found {
  try {
    return folder.inspect(entry);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return { kind: "hidden", cause: error.message };
  }
}

/** What an operator does about an address without an HSM that this program can open. */
function mendOf(found: Exclude<Found, { kind: "hsm" }>, entry: ServerEntry, folder: HsmFolder): string {
  switch (found.kind) {
    case "absent":
      return (
        `There is no simulated HSM at ${entry.hostname}:${String(entry.port)} in ${folder.path}: ` +
        "start once with a YAML configuration that has it, or name the right folder with --home."
      );
    case "otherFormat":
      return `${folder.file(entry)} is the HSM of another version of this program: use that one, or choose another folder with --home.`;
    case "linked":
      return `${folder.file(entry)} has another name (a hard link), and an HSM has one: delete the other name, or put a copy in its place (cp to a new file, mv that here).`;
    case "otherLog": {
      const file = folder.file(entry);
      return (
        `${file} is older or newer than the log beside it, as when a backup is put back: ` +
        `remove ${file}-wal and ${file}-shm to have what the file holds, or put back the file that they belong to.`
      );
    }
    case "empty": {
      const file = folder.file(entry);
      return (
        `${file} is damaged: it has 0 bytes, as a full disk leaves a file, or an older version of this program that was ` +
        `killed. Put a backup of it back, or remove it with ${file}-wal and ${file}-shm: the next start creates it anew.`
      );
    }
    case "foreign":
      return `${folder.file(entry)} is not the file of an HSM: remove it.`;
    case "hidden":
      return `${found.cause}: make it readable, or choose another folder with --home.`;
  }
}

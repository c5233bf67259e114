import { type BigIntStats, constants, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fingerprint } from "../text/fingerprint.ts";
import { makeFolder } from "../files/folder.ts";
import { withOwnFile } from "../files/opened-file.ts";
import type { Configuration } from "./configuration.ts";

/** What a start on existing HSMs needs of a configuration: where they are. No user and no password. */
export type KnownServers = Pick<Configuration, "home" | "dialect" | "servers">;

/** To be raised when a file that was valid is read otherwise than before. */
const format = 9;

/**
 * What the configurations that were read lately say about servers. Reading YAML takes longer than all the rest of a
 * start, and a valid file stays valid: what is remembered holds as long as nobody touches the file. An entry that is
 * damaged, or of anything else, counts as none; so does a folder that cannot be read or written.
 */
export class ServerMemory {
  readonly #folder: string;
  readonly #purpose: string;

  /** @param purpose what a file is read for besides its servers: each purpose has a memory of its own */
  constructor(folder: string, purpose = "") {
    this.#folder = folder;
    this.#purpose = purpose;
  }

  /** What the file said when it was as it is now. */
  recall(file: string, seen: FileState): KnownServers | undefined {
    try {
      const text = withOwnFile(this.#entry(file), constants.O_RDONLY, (entry) => readFileSync(entry, "utf8"));
      const [head, known = ""] = text?.split("\n") ?? [];
      return head === this.#mark(file, seen, known) ? (JSON.parse(known) as KnownServers) : undefined;
    } catch {
      return undefined;
    }
  }

  /**
   * Remembers what a valid file says, in place of what it said before.
   *
   * @param seen the file as it was before it was read
   */
  remember(file: string, seen: FileState, { home, dialect, servers }: KnownServers): void {
    if (seen.isFresh) return;
    const known = JSON.stringify({ home, dialect, servers });
    const entry = this.#entry(file);
    const fresh = `${entry}.${String(process.pid)}`;
    try {
      makeFolder(this.#folder);
      writeFileSync(fresh, `${this.#mark(file, seen, known)}\n${known}`, { mode: 0o600 });
      renameSync(fresh, entry);
    } catch (error) {
      // The next start reads the file again.
      if (!(error instanceof Error && "syscall" in error)) throw error;
    }
  }

  #entry(file: string): string {
    return join(this.#folder, fingerprint(this.#name(file)).toString(16));
  }

  /** Ties what is known to the state of the file, and shows whether any of it was changed since. */
  #mark(file: string, { identity }: FileState, known: string): string {
    return `${String(format)} ${identity} ${String(fingerprint(known))} ${this.#name(file)}`;
  }

  #name(file: string): string {
    return `${resolve(file)}${this.#purpose}`;
  }
}

/** A file as the file system knows it. */
export interface FileState {
  /** Nobody can change the file and keep all of this. */
  readonly identity: string;
  /** Whether it was changed so lately that another change might bear the same time. */
  readonly isFresh: boolean;
}

/** The state of a file that can be read again; undefined for a pipe, and for what cannot be inspected. */
export function stateOf(file: string): FileState | undefined {
  const found = look(file);
  if (found?.isFile() !== true) return undefined;
  const { dev, ino, size, mtimeNs, ctimeNs } = found;
  // Some file systems count whole seconds, or two; others by the ticks of the kernel.
  const tick = ctimeNs % 1_000_000_000n === 0n ? 2000 : 20;
  return {
    identity: [dev, ino, size, mtimeNs, ctimeNs].join(" "),
    isFresh: Date.now() - Number(ctimeNs / 1_000_000n) < tick,
  };
}

function look(file: string): BigIntStats | undefined {
  try {
    return statSync(file, { bigint: true, throwIfNoEntry: false });
  } catch {
    // Reading the file says what is wrong.
    return undefined;
  }
}

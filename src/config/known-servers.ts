import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Configuration } from "./configuration.ts";

/** What a start on existing HSMs needs of a YAML file: where they are. No user and no password. */
export type KnownServers = Pick<Configuration, "home" | "servers">;

/** To be raised when a file that was valid is read otherwise than before. */
const format = 3;

/**
 * What the YAML files that were read lately say about servers. Reading YAML takes longer than all the rest of a
 * start, and a valid file stays valid: what is remembered holds for exactly the same text at the same path. An entry
 * that is damaged, or of anything else, counts as none; so does a folder that cannot be read or written.
 */
export class ServerMemory {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** What the file said, if it still has this text. */
  recall(file: string, text: string): KnownServers | undefined {
    try {
      const [head, known = ""] = readFileSync(this.#entry(file), "utf8").split("\n");
      return head === mark(file, text, known) ? (JSON.parse(known) as KnownServers) : undefined;
    } catch {
      return undefined;
    }
  }

  /** Remembers what a valid file says, in place of what it said before. */
  remember(file: string, text: string, { home, servers }: KnownServers): void {
    const known = JSON.stringify({ home, servers });
    const entry = this.#entry(file);
    const fresh = `${entry}.${String(process.pid)}`;
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      writeFileSync(fresh, `${mark(file, text, known)}\n${known}`, { mode: 0o600 });
      renameSync(fresh, entry);
    } catch (error) {
      // The next start reads the file again.
      if (!(error instanceof Error && "syscall" in error)) throw error;
    }
  }

  #entry(file: string): string {
    return join(this.#folder, digest(resolve(file)));
  }
}

/** Ties what is known to the text that it was read from, and shows whether any of it was changed since. */
function mark(file: string, text: string, known: string): string {
  return digest(JSON.stringify([format, resolve(file), text, known]));
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

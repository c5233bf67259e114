import { closeSync, constants, fstatSync, openSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Script } from "node:vm";
import { type FileState, stateOf } from "../config/configuration-cache.ts";
import { fingerprint } from "../text/fingerprint.ts";
import { makeFolder } from "../files/folder.ts";

/** Others must neither own nor write what is run as code of this user. */
const writableByOthers = 0o022;
/** A link might lead to what others write; not every system can refuse one. */
const noLink = (constants as Partial<typeof constants>).O_NOFOLLOW ?? 0;

/**
 * What V8 made of a source file, kept in this user's state folder: compiling takes a good part of a start. It belongs
 * to one state of the file and one version of Node. V8 refuses what another version or other flags made, but neither
 * what was damaged nor what was made of another source, and runs it: both are found out here.
 */
export class CompiledCode {
  readonly #script: Script;
  readonly #entry: string;
  readonly #head: string;
  readonly #isWanted: boolean;

  private constructor(script: Script, entry: string, head: string, isWanted: boolean) {
    this.#script = script;
    this.#entry = entry;
    this.#head = head;
    this.#isWanted = isWanted;
  }

  /**
   * Loads a CommonJS file, so that whoever requires it finds it loaded. Returns undefined where nothing can be kept:
   * then it is for `require` to load it.
   *
   * @param program whose code it is: each program has an entry of its own
   */
  static load(file: string, folder: string, program: string): CompiledCode | undefined {
    const seen = stateOf(file);
    if (seen === undefined || seen.isFresh) return undefined;
    // One entry for all builds in a place: the next one takes the place of the last.
    const place = `${process.version} ${process.arch} ${dirname(dirname(file))} ${program}`;
    const entry = join(folder, `code-${fingerprint(place).toString(16)}`);
    const head = headOf(file, seen);
    const cachedData = recall(entry, head);
    const source = Module.wrap(readFileSync(file, "latin1"));
    const script = new Script(source, { filename: file, ...(cachedData === undefined ? {} : { cachedData }) });
    const module = new Module(file);
    const require = createRequire(file);
    require.cache[file] = module;
    (script.runInThisContext() as Wrapped)(module.exports, require, module, file, dirname(file));
    module.loaded = true;
    return new CompiledCode(script, entry, head, cachedData === undefined || script.cachedDataRejected === true);
  }

  /** Keeps what was compiled for the next start, unless it was kept before. To be called when most of it has run. */
  keep(): void {
    if (!this.#isWanted) return;
    const code = this.#script.createCachedData();
    const fresh = `${this.#entry}.${String(process.pid)}`;
    try {
      makeFolder(dirname(this.#entry));
      writeFileSync(fresh, Buffer.concat([Buffer.from(`${this.#head}\n`), code, code]), { mode: 0o600 });
      renameSync(fresh, this.#entry);
    } catch (error) {
      // The next start compiles once more.
      if (!(error instanceof Error && "syscall" in error)) throw error;
    }
  }
}

/** What a CommonJS file becomes by {@link Module.wrap}. */
type Wrapped = (exports: unknown, require: NodeJS.Require, module: Module, file: string, folder: string) => void;

function headOf(file: string, { identity }: FileState): string {
  return `1 ${process.version} ${process.arch} ${identity} ${file}`;
}

/** Reads what was kept for `head`; undefined for anything else. */
function recall(entry: string, head: string): Buffer | undefined {
  const bytes = readOwn(entry);
  const start = Buffer.byteLength(head) + 1;
  if (bytes?.subarray(0, start).toString("utf8") !== `${head}\n`) return undefined;
  // It is there twice: to compare takes no time, and any digest takes more than the whole saves.
  const middle = start + Math.floor((bytes.length - start) / 2);
  const [one, other] = [bytes.subarray(start, middle), bytes.subarray(middle)];
  return one.length > 0 && one.equals(other) ? one : undefined;
}

/** Reads a file that this user alone can write; undefined where it is not there, or is another one. */
function readOwn(path: string): Buffer | undefined {
  try {
    const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | noLink);
    try {
      const { uid, mode } = fstatSync(file);
      const isOwn = process.geteuid === undefined || uid === process.geteuid();
      return isOwn && (mode & writableByOthers) === 0 ? readFileSync(file) : undefined;
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}

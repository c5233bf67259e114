import { isUtf8 } from "node:buffer";
import { closeSync, readSync } from "node:fs";
import { Interrupted } from "../errors/interrupted.ts";
import { type OpenedFile, openFile } from "../files/opened-file.ts";
import type { LimitsOf } from "./dialect-name.ts";
import { bundledNames } from "./bundled-names.ts";
import { firstSign } from "./json-comments.ts";
import { type Configuration, ConfigurationError } from "./configuration.ts";
import { type ServerMemory, stateOf } from "./configuration-cache.ts";

/** Bytes: room for ten thousand keys. */
const largestFile = 1024 * 1024;
const chunkSize = 65_536;

/** Gives what the HSMs of a YAML file accept. */
type LoadLimits = () => Promise<LimitsOf>;

/** Does what may have to be waited for, and can be ended meanwhile. */
export type Waiting = <T>(work: (signal: AbortSignal) => Promise<T>) => Promise<T>;

/**
 * Reads a configuration of either kind: what begins with a brace and lists no clusters is the original's JSON,
 * anything else YAML. Throws {@link ConfigurationError}, and {@link Interrupted} out of `waiting`.
 *
 * @param limits asked for where a YAML file describes HSMs
 * @param memory what earlier starts learned from the file; undefined where nothing can be kept
 * @param waiting called for a pipe only: a file that is all there is read at once
 */
export async function loadConfiguration(
  file: string,
  limits: LoadLimits,
  memory: ServerMemory | undefined,
  waiting: Waiting = unending,
): Promise<Configuration> {
  const seen = memory === undefined ? undefined : stateOf(file);
  const known = seen && memory?.recall(file, seen);
  if (known !== undefined) {
    const whole = (): Promise<Configuration> => read(file, limits, waiting);
    const clusters = async () => (await whole()).clusters();
    return { ...known, file, isKnown: true, clusters, faults: async () => (await whole()).faults() };
  }
  const configuration = await read(file, limits, waiting);
  if (seen !== undefined) memory?.remember(file, seen, configuration);
  return configuration;
}

/** The text of a file that is like a configuration. Throws {@link ConfigurationError}. */
export async function loadText(file: string): Promise<string> {
  return decode(file, await readBytes(file, unending)).replace(/^\uFEFF/, "");
}

/** The waiting of somebody whom nothing ends. */
const unending: Waiting = (work) => work(new AbortController().signal);

async function read(file: string, limits: LoadLimits, waiting: Waiting): Promise<Configuration> {
  const text = decode(file, await readBytes(file, waiting)).replace(/^\uFEFF/, "");
  if (text.trim() === "") {
    throw new ConfigurationError(`${file}:1:1: the file is empty: list clusters (YAML) or servers (.cfg) in it`);
  }
  if (firstSign(text) === "{" && !namesClusters(text)) {
    const { readCfg } = await import("./cfg-file.ts");
    return readCfg(file, text);
  }
  const line = iniLine(text);
  if (line !== undefined) {
    throw new ConfigurationError(
      `${file}:${String(line)}:1: this is an INI file: the shell reads JSON with a list of servers (.cfg), or YAML with clusters`,
    );
  }
  const { readYaml } = await import("./yaml-file.ts");
  return readYaml(file, text, await limits());
}

/** The line in which a file shows that it is an INI file, `[section]` or `key = value` before all else; undefined where it is none. */
function iniLine(text: string): number | undefined {
  const lines = text.split("\n");
  const first = lines.findIndex((line) => !/^\s*(?:[#;]|$)/.test(line));
  return /^\s*(?:\[[A-Za-z][\w .-]*\]|[A-Za-z][\w.-]*\s*=.*)\s*$/.test(lines[first] ?? "") ? first + 1 : undefined;
}

/** JSON is YAML too: what a generator wrote may be a cluster model. */
function namesClusters(text: string): boolean {
  return /\bclusters["']?\s*:/.test(text) && !/\bservers["']?\s*:/.test(text);
}

/** Reads as much as a configuration may be, also from what has no length, such as a pipe. */
async function readBytes(file: string, waiting: Waiting): Promise<Buffer> {
  if (file === "") throw new ConfigurationError("the path of the configuration is empty");
  let bytes: Buffer;
  try {
    const opened = openFile(file);
    const { descriptor, kind } = opened;
    bytes = kind === "pipe" ? await waiting((signal) => readPiped(descriptor, signal)) : readAndClose(opened);
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    throw new ConfigurationError(`${file}: ${unreadable(error)}`, { cause: error });
  }
  if (bytes.length > largestFile) throw new ConfigurationError(`${file}: too large for a configuration: 1 MiB at most`);
  return bytes;
}

/** Few configurations come through a pipe: what reads one is loaded only then. */
async function readPiped(descriptor: number, signal: AbortSignal): Promise<Buffer> {
  const { readPipe } = await import("./piped-text.ts");
  return readPipe(descriptor, largestFile, signal);
}

function readAndClose({ descriptor, kind }: OpenedFile): Buffer {
  try {
    if (kind === "endless") throw new Unreadable("is a device: give the path of a file");
    if (kind === "terminal") throw new Unreadable("is a terminal: give the path of a file");
    const chunks: Buffer[] = [];
    for (let total = 0; total <= largestFile;) {
      const chunk = Buffer.allocUnsafe(chunkSize);
      const length = readSync(descriptor, chunk);
      if (length === 0) break;
      chunks.push(chunk.subarray(0, length));
      total += length;
    }
    return Buffer.concat(chunks);
  } finally {
    closeSync(descriptor);
  }
}

/** What can be opened, but is not to be read. */
class Unreadable extends Error {
  override readonly name = "Unreadable";
}

function decode(file: string, bytes: Buffer): string {
  const text = bytes.toString("utf8");
  if (isUtf8(bytes)) return text;
  const before = text.slice(0, text.indexOf("\uFFFD")).split("\n");
  const place = `${String(before.length)}:${String((before.at(-1)?.length ?? 0) + 1)}`;
  throw new ConfigurationError(`${file}:${place}: this is not UTF-8: save the file as UTF-8`);
}

function unreadable(error: unknown): string {
  if (error instanceof Unreadable) return error.message;
  switch ((error as NodeJS.ErrnoException).code) {
    case "ENOENT":
      return `no such file: give the path of a YAML or .cfg configuration, or one of ${bundledNames.join(", ")}`;
    case "EACCES":
      return "permission denied: make the file, and the folders above it, readable for this user";
    case "EISDIR":
      return "is a folder: give the path of a file in it";
    case "ENOTDIR":
      return "no such file (a part of the path is a file, not a folder): give the path of a configuration";
    case "ENAMETOOLONG":
      return "the path is too long: give a shorter one";
    case "ELOOP":
      return "the links of the path form a loop: give the path of a file";
    default:
      return `cannot be read: ${(error as Error).message}`;
  }
}

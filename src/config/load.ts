import { isUtf8 } from "node:buffer";
import { closeSync, openSync, readSync } from "node:fs";
import { bundledNames } from "./bundled-names.ts";
import { firstSign } from "./comments.ts";
import { type Configuration, ConfigurationError } from "./configuration.ts";
import { type ServerMemory, stateOf } from "./known-servers.ts";

/** Bytes: room for ten thousand keys. */
const largestFile = 1024 * 1024;
const chunkSize = 65_536;

/**
 * Reads a configuration of either kind: what begins with a brace and lists no clusters is the original's JSON,
 * anything else YAML. Throws {@link ConfigurationError}.
 *
 * @param memory what earlier starts learned from the file; undefined where nothing can be kept
 */
export async function loadConfiguration(file: string, memory: ServerMemory | undefined): Promise<Configuration> {
  const seen = memory === undefined ? undefined : stateOf(file);
  const known = seen && memory?.recall(file, seen);
  if (known !== undefined) return { ...known, file, clusters: async () => (await read(file)).clusters() };
  const configuration = await read(file);
  if (seen !== undefined) memory?.remember(file, seen, configuration);
  return configuration;
}

async function read(file: string): Promise<Configuration> {
  const text = decode(file, readBytes(file)).replace(/^\uFEFF/, "");
  if (text.trim() === "") {
    throw new ConfigurationError(`${file}:1:1: the file is empty: list clusters (YAML) or servers (.cfg) in it`);
  }
  if (firstSign(text) === "{" && !namesClusters(text)) {
    const { readCfg } = await import("./cfg-file.ts");
    return readCfg(file, text);
  }
  const { readYaml } = await import("./yaml-file.ts");
  return readYaml(file, text);
}

/** JSON is YAML too: what a generator wrote may be a cluster model. */
function namesClusters(text: string): boolean {
  return /\bclusters["']?\s*:/.test(text) && !/\bservers["']?\s*:/.test(text);
}

/** Reads as much as a configuration may be, also from what has no length, such as a pipe. */
function readBytes(file: string): Buffer {
  if (file === "") throw new ConfigurationError("the path of the configuration is empty");
  const chunks: Buffer[] = [];
  try {
    const source = openSync(file, "r");
    try {
      for (let total = 0; total <= largestFile;) {
        const chunk = Buffer.allocUnsafe(chunkSize);
        const length = readSync(source, chunk);
        if (length === 0) return Buffer.concat(chunks);
        chunks.push(chunk.subarray(0, length));
        total += length;
      }
    } finally {
      closeSync(source);
    }
  } catch (error) {
    throw new ConfigurationError(`${file}: ${unreadable(error)}`, { cause: error });
  }
  throw new ConfigurationError(`${file}: too large for a configuration: 1 MiB at most`);
}

function decode(file: string, bytes: Buffer): string {
  const text = bytes.toString("utf8");
  if (isUtf8(bytes)) return text;
  const before = text.slice(0, text.indexOf("\uFFFD")).split("\n");
  const place = `${String(before.length)}:${String((before.at(-1)?.length ?? 0) + 1)}`;
  throw new ConfigurationError(`${file}:${place}: this is not UTF-8: save the file as UTF-8`);
}

function unreadable(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case "ENOENT":
      return `no such file: give the path of a YAML or .cfg configuration, or one of ${bundledNames.join(", ")}`;
    case "EACCES":
      return "permission denied: make the file, and the folders above it, readable for this user";
    case "EISDIR":
      return "is a folder: give the path of a file in it";
    case "ENOTDIR":
      return "no such file, as a part of the path is a file and no folder: give the path of a configuration";
    case "ENAMETOOLONG":
      return "the path is too long: give a shorter one";
    case "ELOOP":
      return "the links of the path lead in circles: give the path of a file";
    default:
      return `cannot be read: ${(error as Error).message}`;
  }
}

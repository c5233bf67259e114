import { promises as files } from "node:fs";
import { StateError } from "../errors/state-error.ts";
import { reason } from "./output-file.ts";

/** What was written below a folder, by which it is known again. */
export interface Manifest {
  /** Files, relative to the folder. */
  readonly files: readonly string[];
  /** Folders that were made for them, the deepest first; the folder itself is an empty text. */
  readonly folders: readonly string[];
}

/**
 * Reads a manifest; returns undefined where there is none. Throws {@link StateError} for what cannot be read, and for what
 * names a file or folder that is not among `known`: it would have others removed.
 */
export async function readManifest(path: string, known: Manifest): Promise<Manifest | undefined> {
  let text: string;
  try {
    text = await files.readFile(path, "utf8");
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw new StateError(`${path} cannot be read: ${reason(error)}`, { cause: error });
  }
  const found = parse(text);
  const isKnown = (member: unknown, among: readonly string[]): member is readonly string[] =>
    Array.isArray(member) && member.every((name) => among.some((other) => other === name));
  if (isKnown(found.files, known.files) && isKnown(found.folders, known.folders)) {
    return { files: found.files, folders: found.folders };
  }
  throw new StateError(`${path} is not as this program writes it: remove what it describes by hand, and then it`);
}

/** The text of a manifest. */
export function manifestText({ files: names, folders }: Manifest): string {
  return `${JSON.stringify({ writtenBy: "cloudhsm-sim install", files: names, folders }, undefined, 2)}\n`;
}

function parse(text: string): Readonly<Partial<Record<keyof Manifest, unknown>>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}

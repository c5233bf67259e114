import { promises as files, readlinkSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type CfgGroup, readGroup, sortedJson } from "../../config/cfg-group.ts";
import { ConfigurationError } from "../../config/configuration.ts";
import { StateError } from "../../errors/state-error.ts";
import { replaceText } from "../../files/edited-file.ts";
import { reason } from "../../files/output-file.ts";
import { changingFolder, writeWholeFile } from "../../files/whole-file.ts";
import { printable } from "../../text/printable.ts";

/** One of the original's configurations, as it was read. */
export interface ConfigurationFile {
  readonly path: string;
  /** Undefined where there is no such file. */
  readonly text: string | undefined;
  /** Empty where there is no such file. */
  readonly content: CfgGroup;
}

/** What a file is to say. */
export interface Edit {
  readonly file: ConfigurationFile;
  readonly content: CfgGroup;
}

/** Reads a file of `etc/`, which need not be there. Throws {@link StateError} and {@link ConfigurationError}. */
export async function readConfigurationFile(etc: string, name: string): Promise<ConfigurationFile> {
  const path = join(etc, name);
  try {
    const text = await files.readFile(path, "utf8");
    return { path, text, content: readGroup(path, text) };
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return { path, text: undefined, content: {} };
    throw new StateError(`${path} cannot be read: ${reason(error)}`, { cause: error });
  }
}

/** Throws {@link ConfigurationError} where a file that is to be read or edited is not there. */
export function requireThere({ path, text }: ConfigurationFile): void {
  if (text !== undefined) return;
  throw new ConfigurationError(`there is no ${path}: configure -a or --cmu, with the address of an HSM, writes it`);
}

/** Writes files, each whole or not at all, and returns what the original says of it. Throws {@link StateError}. */
export async function writeConfigurationFiles(etc: string, edits: readonly Edit[]): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const { file, content } of edits) {
    const text = sortedJson(content);
    if (file.text !== undefined) await replaceText(file.path, file.text, text);
    else {
      await changingFolder(etc, () => {
        // As an installation leaves it: everybody may read it.
        writeWholeFile(linkedPath(file.path), text, 0o644);
      });
    }
    lines.push(printable(`Updating server config in ${file.path}`));
  }
  return lines;
}

/** Where a link leads, which is no file yet; the path itself where it is no link. */
function linkedPath(path: string): string {
  try {
    return resolve(dirname(path), readlinkSync(path));
  } catch (error) {
    if (["ENOENT", "EINVAL"].includes((error as NodeJS.ErrnoException).code ?? "")) return path;
    throw error;
  }
}

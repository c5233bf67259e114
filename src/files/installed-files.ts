import { promises as files } from "node:fs";
import { dirname, join } from "node:path";
import { StateError } from "../errors/state-error.ts";
import { type Manifest, manifestText, readManifest } from "./manifest.ts";
import { reason } from "./output-file.ts";
import { temporaryFile } from "./temporary-file.ts";

/** A file to install: everybody may read it, and start it where it is a program. */
export interface InstalledFile {
  /** Below the folder of the installation, in a folder of it. */
  readonly path: string;
  readonly text: string;
  readonly isProgram: boolean;
}

/** Where it is kept what was written. */
const manifestPath = "etc/.cloudhsm-sim.json";

/** All that an installation may have written. */
const known: Manifest = {
  files: ["bin/cloudhsm_mgmt_util", "etc/cloudhsm_mgmt_util.cfg", "etc/customerCA.crt"],
  folders: ["bin", "etc", ""],
};

/**
 * Installs files below a folder, each whole or not at all, in place of those of an earlier installation. Returns their
 * paths. Throws {@link StateError} where another file is in the place of one, before anything is written, and for what cannot be
 * written.
 */
export async function installFiles(folder: string, wanted: readonly InstalledFile[]): Promise<readonly string[]> {
  const before = (await readManifest(join(folder, manifestPath), known)) ?? { files: [], folders: [] };
  const paths = wanted.map(({ path }) => path);
  await requireOwn(
    folder,
    paths.filter((path) => !before.files.includes(path)),
  );
  return writing(folder, async () => {
    const made: string[] = [];
    for (const name of ["", "etc", "bin"]) if (await makeFolder(join(folder, name))) made.push(name);
    const all: Manifest = {
      files: known.files.filter((path) => paths.includes(path) || before.files.includes(path)),
      folders: known.folders.filter((name) => made.includes(name) || before.folders.includes(name)),
    };
    // First, so that what is interrupted can be done again.
    await write(join(folder, manifestPath), manifestText(all), 0o644);
    for (const { path, text, isProgram } of wanted) await write(join(folder, path), text, isProgram ? 0o755 : 0o644);
    return paths.map((path) => join(folder, path));
  });
}

/**
 * Removes what was installed below a folder, and the folders that were made for it where nothing else is in them. Returns
 * the paths of what was there. Throws {@link StateError} where nothing was installed, and for what cannot be removed.
 */
export async function uninstallFiles(folder: string): Promise<readonly string[]> {
  const manifest = join(folder, manifestPath);
  const installed = await readManifest(manifest, known);
  if (installed === undefined) throw new StateError(`nothing is installed in ${folder}: there is no ${manifest}`);
  return writing(folder, async () => {
    const removed: string[] = [];
    for (const path of installed.files.map((name) => join(folder, name))) {
      if (await isThere(path)) removed.push(path);
      await files.rm(path, { force: true });
    }
    await files.rm(manifest, { force: true });
    for (const name of installed.folders) await removeIfEmpty(join(folder, name));
    return removed;
  });
}

/** Throws {@link StateError} where anything is at one of these places. */
async function requireOwn(folder: string, paths: readonly string[]): Promise<void> {
  const foreign: string[] = [];
  for (const path of paths.map((name) => join(folder, name))) if (await isThere(path)) foreign.push(path);
  if (foreign.length === 0) return;
  throw new StateError(
    `${foreign.join(" and ")}: there already, and not from this program, which leaves it as it is: move it away, or give ` +
      "another --prefix",
  );
}

async function isThere(path: string): Promise<boolean> {
  try {
    await files.lstat(path);
    return true;
  } catch {
    // What cannot be looked at is told of when it is written.
    return false;
  }
}

/** Returns whether it had to be made. */
async function makeFolder(path: string): Promise<boolean> {
  if (await isThere(path)) return false;
  await files.mkdir(path, { recursive: true });
  // This process gives others nothing by itself.
  await files.chmod(path, 0o755);
  return true;
}

async function write(path: string, text: string, mode: number): Promise<void> {
  const fresh = temporaryFile(dirname(path));
  try {
    await files.writeFile(fresh, text, { mode: 0o600, flag: "wx", flush: true });
    await files.chmod(fresh, mode);
    await files.rename(fresh, path);
  } catch (error) {
    await files.rm(fresh, { force: true });
    throw error;
  }
}

async function removeIfEmpty(path: string): Promise<void> {
  try {
    await files.rmdir(path);
  } catch (error) {
    if (!["ENOTEMPTY", "EEXIST", "ENOENT"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
}

/** What the file system refuses says where. */
async function writing<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new StateError(`${folder} cannot be changed: ${reason(error)}`, { cause: error });
  }
}

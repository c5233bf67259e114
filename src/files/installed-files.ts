import { chmodSync, lstatSync, mkdirSync, rmSync, rmdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { StateError } from "../errors/state-error.ts";
import { type Manifest, manifestText, readManifest } from "./manifest.ts";
import { sweep } from "./temporary-file.ts";
import { changingFolder, writeWholeFile } from "./whole-file.ts";

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
  files: [
    "bin/cloudhsm_mgmt_util",
    "bin/configure",
    "bin/key_mgmt_util",
    "etc/cloudhsm_client.cfg",
    "etc/cloudhsm_mgmt_util.cfg",
    "etc/customerCA.crt",
    "bin/azcloudhsm_mgmt_util",
    "bin/azcloudhsm_util",
    "bin/azcloudhsm_resource.cfg",
    "cert/PO.crt",
    "bin/user_mgmt_util",
    "data/user_mgmt_util.cfg",
    "data/partitionOwnerCert.pem",
    "bin/hsm_mgmt_tool",
    "bin/key_mgmt_tool",
    "etc/hsm_mgmt_tool.cfg",
    "etc/issuerCA.crt",
  ],
  folders: ["bin", "cert", "data", "etc", ""],
};

/**
 * Installs files below a folder, each whole or not at all, in place of those of an earlier installation. Returns their
 * paths. Throws {@link StateError} where another file is in the place of one, before anything is written, and for what cannot be
 * written.
 */
export async function installFiles(folder: string, wanted: readonly InstalledFile[]): Promise<readonly string[]> {
  const before = (await readManifest(join(folder, manifestPath), known)) ?? { files: [], folders: [] };
  const paths = wanted.map(({ path }) => path);
  requireOwn(
    folder,
    paths.filter((path) => !before.files.includes(path)),
  );
  return changingFolder(folder, () => {
    const needed = ["", "etc", ...new Set(paths.map((path) => dirname(path)))];
    const made = needed.filter((name) => makeFolder(join(folder, name)));
    const all: Manifest = {
      files: known.files.filter((path) => paths.includes(path) || before.files.includes(path)),
      folders: known.folders.filter((name) => made.includes(name) || before.folders.includes(name)),
    };
    // First, so that what is interrupted can be done again.
    writeWholeFile(join(folder, manifestPath), manifestText(all), 0o644);
    for (const { path, text, isProgram } of wanted) writeWholeFile(join(folder, path), text, isProgram ? 0o755 : 0o644);
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
  return changingFolder(folder, async () => {
    // What an installation that was killed left behind would keep the folders.
    for (const name of known.folders) await sweep(join(folder, name), 0);
    const removed: string[] = [];
    for (const path of installed.files.map((name) => join(folder, name))) {
      if (isThere(path)) removed.push(path);
      rmSync(path, { force: true });
    }
    rmSync(manifest, { force: true });
    for (const name of installed.folders) removeIfEmpty(join(folder, name));
    return removed;
  });
}

/** Throws {@link StateError} where anything is at one of these places. */
function requireOwn(folder: string, paths: readonly string[]): void {
  const foreign = paths.map((name) => join(folder, name)).filter(isThere);
  if (foreign.length === 0) return;
  throw new StateError(
    `${foreign.join(" and ")}: there already, and not from this program, which leaves it as it is: move it away, or give ` +
      "another --prefix",
  );
}

function isThere(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch {
    // What cannot be looked at is told of when it is written.
    return false;
  }
}

/** Returns whether it had to be made. */
function makeFolder(path: string): boolean {
  if (isThere(path)) return false;
  mkdirSync(path, { recursive: true });
  // This process gives others nothing by itself.
  chmodSync(path, 0o755);
  return true;
}

function removeIfEmpty(path: string): void {
  try {
    rmdirSync(path);
  } catch (error) {
    if (!["ENOTEMPTY", "EEXIST", "ENOENT"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
}

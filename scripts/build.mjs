// Builds dist/ beside what is there, and swaps the entry file last: shells that run go on with the chunks they know.
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle, manualPages } from "./bundle.mjs";

const dist = fileURLToPath(new URL("../dist", import.meta.url));
const manual = fileURLToPath(new URL("../man", import.meta.url));

/** How long chunks are kept that a newer build replaced, in milliseconds: a shell may be open for days. */
const keep = 7 * 24 * 60 * 60 * 1000;

const { folder, files, entries, licences } = await bundle();
mkdirSync(dist, { recursive: true });
if (!existsSync(join(dist, folder))) {
  const unfinished = join(dist, `${folder}.${String(process.pid)}`);
  mkdirSync(unfinished);
  for (const [name, text] of files) writeFileSync(join(unfinished, name), text);
  publish(unfinished, join(dist, folder));
}
replace("package.json", '{ "type": "commonjs" }\n');
replace("THIRD-PARTY-LICENSES", licences);
for (const [name, text] of entries) replace(name, text, 0o755);
mkdirSync(manual, { recursive: true });
for (const [name, text] of await manualPages()) replace(name, text, 0o644, manual);
removeOld();

/** Another build may have been first, with the same content. */
function publish(unfinished, path) {
  try {
    renameSync(unfinished, path);
  } catch (error) {
    rmSync(unfinished, { recursive: true });
    if (!existsSync(path)) throw error;
  }
}

/** Writes a file so that nobody ever sees a part of it. */
function replace(name, text, mode = 0o644, folder = dist) {
  const unfinished = join(folder, `${name}.${String(process.pid)}`);
  writeFileSync(unfinished, text, { mode });
  renameSync(unfinished, join(folder, name));
}

/** Removes chunks that were replaced long ago: the time of what was replaced says when. */
function removeOld() {
  const own = [folder, ...entries.keys(), "package.json", "THIRD-PARTY-LICENSES", ".built", ".npmignore"];
  const replaced = readdirSync(dist).filter((name) => !own.includes(name));
  const ignored = join(dist, ".npmignore");
  const replacedBefore = existsSync(ignored) ? readFileSync(ignored, "utf8").split("\n") : [];
  const now = Date.now();
  for (const name of replaced) {
    const path = join(dist, name);
    if (!replacedBefore.includes(`/${name}`)) utimesSync(path, now / 1000, now / 1000);
    else if (now - statSync(path).mtimeMs > keep) rmSync(path, { recursive: true });
  }
  // What is kept for shells that run here is nothing for a tarball.
  replace(".npmignore", ["/.built", "/.npmignore", ...replaced.map((name) => `/${name}`), ""].join("\n"));
}

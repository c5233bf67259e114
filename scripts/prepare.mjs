// Makes a clone ready to run: installs what package-lock.json names and builds dist/, each only when something changed.
// Runs before anything is installed, so it uses nothing but Node.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { locked } from "./lock.mjs";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** Runs a program in the clone; ends this process with its status when it fails. */
export function run(program, words, options = {}) {
  const { status, error } = spawnSync(program, words, { cwd: root, stdio: "inherit", ...options });
  if (error !== undefined) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

/** Runs a program that npm installed. */
export function runInstalled(program, words, options) {
  run(join(root, "node_modules", ".bin", program), words, { shell: process.platform === "win32", ...options });
}

/** Installs and builds what is missing or out of date; another process that does the same is waited for. */
export async function prepare() {
  if (isInstalled() && isBuilt()) return;
  await locked(join(root, ".preparing"), () => {
    install();
    build();
  });
}

/** Settings of the npm that runs us: they are meant for its own place, and not for the clone. */
const outer = /^npm_config_(global|location|prefix|local_prefix|global_prefix|omit|production|dry_run)$/i;

function install() {
  if (isInstalled()) return;
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !outer.test(name)));
  // npm's own words would stand among the shell's. No package needs its scripts; ours is to build, as follows anyway.
  run("npm", ["ci", "--ignore-scripts", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"], {
    env,
    stdio: ["ignore", process.stderr.fd, "inherit"],
    shell: process.platform === "win32",
  });
  writeFileSync(installedStamp, digest(lists));
}

/** Builds dist/ where it is not that of the sources. */
export function build() {
  if (isBuilt()) return;
  const wanted = digest(sources());
  run(process.execPath, [join(root, "scripts", "build.mjs")]);
  writeFileSync(builtStamp, wanted);
}

const lists = ["package.json", "package-lock.json"];
const installedStamp = join(root, "node_modules", ".installed");
const builtStamp = join(root, "dist", ".built");

function isInstalled() {
  return read(installedStamp) === digest(lists);
}

function isBuilt() {
  return read(builtStamp) === digest(sources()) && existsSync(join(root, "man"));
}

function sources() {
  return ["package-lock.json", "tsconfig.json", ...filesBelow("scripts"), ...filesBelow("src")];
}

function filesBelow(folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length))
    .sort();
}

function digest(files) {
  const hash = createHash("sha256");
  for (const file of files)
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update("\0");
  return hash.digest("hex");
}

function read(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

// Makes a clone ready to run: installs what package-lock.json names and builds dist/, each only when something changed.
// Runs before anything is installed, so it uses nothing but Node.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

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

export function install() {
  const stamp = join(root, "node_modules", ".installed");
  const wanted = digest(["package.json", "package-lock.json"]);
  if (read(stamp) === wanted) return;
  // npm's own words would stand among the shell's.
  run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    stdio: ["ignore", process.stderr.fd, "inherit"],
    shell: process.platform === "win32",
  });
  writeFileSync(stamp, wanted);
}

export function build() {
  const stamp = join(root, "dist", ".built");
  const wanted = digest(["package-lock.json", "tsconfig.json", "scripts/build.mjs", ...filesBelow("src")]);
  if (read(stamp) === wanted) return;
  run(process.execPath, [join(root, "scripts", "build.mjs")]);
  writeFileSync(stamp, wanted);
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

// Clusters to measure: a configuration, and the HSMs that the program made of it.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { finish } from "./measure.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The built program, as it is shipped. */
export const program = join(root, "dist", "main.js");

/** The program with which crypto users make keys. */
export const keyProgram = join(root, "dist", "key-mgmt-util.js");

/** The program that looks after the HSMs from outside. */
export const fleetProgram = join(root, "dist", "cloudhsm-sim.js");

// In the clone, whose disk is a real one: temporary folders may be in memory, where nothing is durable.
mkdirSync(join(root, "node_modules", ".cache"), { recursive: true });
const scratch = mkdtempSync(join(root, "node_modules", ".cache", "bench-"));
process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));

let folders = 0;

/** A new folder on the disk that is measured. */
export function folder() {
  const path = join(scratch, String(folders++));
  mkdirSync(path);
  return path;
}

/**
 * A cluster whose HSMs exist.
 *
 * @param hsms how many
 * @param users how many users are on all of them, `admin` and the appliance user among them
 * @param more how many more are on the first HSM only; their ids follow
 * @param keys how many AES keys of user 3 are on all of them
 * @param moreKeys how many more are on the first HSM only
 * @param passwordCost exponent of scrypt's N; small where passwords are not what is measured
 */
export function createHome({ hsms, users = 2, more = 0, keys = 0, moreKeys = 0, passwordCost = 10 }) {
  const path = folder();
  const all = Array.from({ length: users + more }, (_, index) => user(index + 1));
  const allKeys = Array.from({ length: keys + moreKeys }, (_, index) => key(index + 1));
  const cluster = {
    id: "cluster-bench",
    passwordCost,
    maxKeys: 200_000,
    users: all.slice(0, users),
    keys: allKeys.slice(0, keys),
    hsms: Array.from({ length: hsms }, (_, index) => ({
      id: `hsm-${String(index)}`,
      hostname: `10.0.0.${String(index + 1)}`,
      users: index === 0 ? all.slice(users) : [],
      keys: index === 0 ? allKeys.slice(keys) : [],
    })),
  };
  // JSON is YAML, but a brace would make it the original's format; this is also how a person writes it.
  writeFileSync(join(path, "cluster.yaml"), `clusters:\n  - ${JSON.stringify(cluster)}\n`);
  return started(path);
}

/** The same HSMs once more, to be changed. */
export function copyHome(path) {
  const copy = folder();
  cpSync(path, copy, { recursive: true });
  return copy;
}

/** A home whose configuration was read before, as it was by all but the first of its starts. */
export function started(path) {
  finish(process.execPath, sessionOf(path).words, { ...sessionOf(path), input: "quit\n" });
  return path;
}

/**
 * How the program is started on a home: nothing of the user's is read or written.
 *
 * @param build the program's file, where it is another build's
 */
export function sessionOf(path, build = program) {
  return {
    words: [build, join(path, "cluster.yaml")],
    env: { ...process.env, CLOUDHSM_HOME: path, XDG_STATE_HOME: join(path, "state") },
  };
}

function user(id) {
  if (id === 1) return { id, type: "CO", name: "admin", password };
  if (id === 2) return { id, type: "AU", name: "app_user", password };
  return { id, type: "CU", name: `user${String(id)}`, password };
}

function key(handle) {
  return { handle, type: "AES", size: 256, label: `key${String(handle)}`, owner: user(3).name };
}

/** Of every user. */
export const password = "bench-password";

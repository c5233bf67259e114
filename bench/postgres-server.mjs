// A server of PostgreSQL to measure: on the disk that is measured, with every commit durable, as another user than root.
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { fleetProgram, folder } from "./home.mjs";
import { finish, timed } from "./measure.mjs";

const programs = "/usr/lib/postgresql/15/bin";

/** Where the socket is, whose path must be short. */
const sockets = mkdtempSync(join(tmpdir(), "cloudhsm-pg-"));
const files = join(folder(), "server");
let isRunning = false;
let schemas = 0;

// Before its folder is removed.
process.prependListener("exit", () => {
  if (isRunning) run("pg_ctl", ["-D", files, "-m", "immediate", "-w", "stop"]);
  rmSync(sockets, { recursive: true, force: true });
});

/** The address of a copy of the home in a folder, in a schema of its own, and that schema. */
export function addressOfCopy(home) {
  start();
  const schema = `bench${String(schemas++)}`;
  const address = `postgres://postgres@${encodeURIComponent(sockets)}/postgres?schema=${schema}`;
  finish(process.execPath, [fleetProgram, "copy", home, address], { stdio: ["ignore", "ignore", "inherit"] });
  return { address, schema };
}

/** How psql is asked, by a command and its words: statements on its input. */
export const psql = ["psql", ["-h", sockets, "-U", "postgres", "-d", "postgres", "-X", "-q", "-v", "ON_ERROR_STOP=1"]];

/** Times one psql inserting rows one by one, each of them synced. */
export function psqlRows(count) {
  const table = psqlTable();
  const insert = `INSERT INTO ${table} (text) VALUES ('${"x".repeat(200)}');\n`;
  return timed(() => finish(...psql, { input: insert.repeat(count) }));
}

/** A new table of rows with a text. */
export function psqlTable() {
  start();
  const table = `rows${String(schemas++)}`;
  finish(...psql, { input: `CREATE TABLE ${table} (id bigserial PRIMARY KEY, text text);` });
  return table;
}

/** The words of a server that keeps everything, whatever happens to its machine. */
const settings = `
listen_addresses = ''
unix_socket_directories = '${sockets}'
fsync = on
synchronous_commit = on
`;

function start() {
  if (isRunning) return;
  const owner = serverUser();
  // That user must get through to its own.
  chmodSync(join(files, "..", ".."), 0o711);
  for (const path of [sockets, join(files, "..")]) {
    if (owner !== undefined) chownSync(path, owner, owner);
    chmodSync(path, 0o755);
  }
  run("initdb", ["-D", files, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C"]);
  writeFileSync(join(files, "postgresql.auto.conf"), settings);
  run("pg_ctl", ["-D", files, "-l", join(sockets, "log"), "-w", "start"]);
  isRunning = true;
}

/** PostgreSQL refuses to run as root. */
function run(name, words) {
  const whole = [join(programs, name), ...words];
  const as = serverUser() === undefined ? [] : ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"];
  const [command, ...rest] = [...as, ...whole];
  finish(command, rest, { stdio: ["ignore", "ignore", "inherit"] });
}

/** The user that the server runs as, where this is root. */
function serverUser() {
  if (process.getuid() !== 0) return undefined;
  return Number(spawnSync("id", ["-u", "postgres"], { encoding: "utf8" }).stdout);
}

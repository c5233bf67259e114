import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

const programs = "/usr/lib/postgresql/15/bin";

/** How a server stops: "immediate" is as if its machine lost power. */
type Stop = "fast" | "immediate";

/** A server of Debian's PostgreSQL in a folder of its own, on a socket there; it ends with the test file. */
export class PostgresServer {
  readonly folder = mkdtempSync(join(tmpdir(), "cloudhsm-pg-"));
  readonly #port: string;
  #schemas = 0;

  private constructor(port = "5432") {
    this.#port = port;
  }

  /**
   * @param settings of its configuration file, beside those of a small server
   * @param files in the folder of its databases, such as pg_hba.conf
   */
  static started(
    settings: Readonly<Record<string, string>> = {},
    files: Readonly<Record<string, string>> = {},
  ): PostgresServer {
    const server = new PostgresServer(settings["port"]);
    afterAll(() => {
      server.stop("immediate");
      rmSync(server.folder, { recursive: true, force: true });
    });
    server.#make(settings);
    for (const [name, text] of Object.entries(files)) server.#write(name, text);
    server.start();
    return server;
  }

  /** The address of a home, in a schema that no test has used. */
  newHome(): string {
    this.#schemas++;
    return this.home(`s${String(this.#schemas)}`);
  }

  /** The address of the home in a schema. */
  home(schema: string): string {
    return `postgres://postgres@${encodeURIComponent(this.folder)}/postgres?schema=${schema}`;
  }

  start(): void {
    this.#run("pg_ctl", "-D", this.#data, "-l", join(this.folder, "log"), "-w", "start");
  }

  stop(how: Stop): void {
    this.#run("pg_ctl", "-D", this.#data, "-m", how, "-w", "stop");
  }

  /** What it wrote into its log. */
  get log(): string {
    return readFileSync(join(this.folder, "log"), "utf8");
  }

  /** Runs statements in psql, and returns its output without the padding. */
  ask(statements: string): string {
    return this.#run(
      "psql",
      "-h",
      this.folder,
      "-p",
      this.#port,
      "-d",
      "postgres",
      "-X",
      "-A",
      "-t",
      "-v",
      "ON_ERROR_STOP=1",
      "-c",
      statements,
    );
  }

  get #data(): string {
    return join(this.folder, "data");
  }

  #make(settings: Readonly<Record<string, string>>): void {
    const user = userId();
    if (user !== undefined) chownSync(this.folder, user, user);
    chmodSync(this.folder, 0o755);
    this.#run("initdb", "-D", this.#data, "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C");
    const all = { listen_addresses: "''", unix_socket_directories: `'${this.folder}'`, fsync: "off", ...settings };
    const lines = Object.entries(all).map(([name, value]) => `${name} = ${value}`);
    this.#run("sh", "-c", `cat >> '${this.#data}/postgresql.conf' <<'END'\n${lines.join("\n")}\nEND`);
  }

  #write(name: string, text: string): void {
    const path = join(this.#data, name);
    writeFileSync(path, text, { mode: 0o600 });
    const user = userId();
    if (user !== undefined) chownSync(path, user, user);
  }

  /** PostgreSQL refuses to run as root. */
  #run(name: string, ...words: readonly string[]): string {
    const path = name === "sh" || name === "psql" ? name : join(programs, name);
    const asUser =
      userId() === undefined
        ? [path, ...words]
        : ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", path, ...words];
    const [command = "", ...rest] = asUser;
    const { status, stdout, stderr } = spawnSync(command, rest, {
      encoding: "utf8",
      cwd: this.folder,
      stdio: ["ignore", "pipe", "pipe"],
    });
    if (status !== 0 && !words.includes("stop")) throw new Error(`${name} failed: ${stderr}`);
    return stdout.trimEnd();
  }
}

/** The user that the server runs as, where this is root. */
function userId(): number | undefined {
  if (process.getuid?.() !== 0) return undefined;
  return Number(spawnSync("id", ["-u", "postgres"], { encoding: "utf8" }).stdout);
}

import { readFile, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { StoreError } from "../store.ts";

/** Whom a server asks for a password. */
export interface Login {
  readonly host: string;
  readonly port: number | string;
  readonly database?: string | undefined;
  readonly user?: string | undefined;
}

/** Sockets there are "localhost" to a password file. */
const usualSockets = ["/var/run/postgresql", "/run/postgresql", "/tmp"];

/**
 * The password of a login, as libpq finds it: PGPASSWORD, then the first line that fits in the file of PGPASSFILE or
 * ~/.pgpass. Throws StoreError where there is none, and for a file that others may read.
 *
 * @param name what messages call the home
 */
export async function passwordOf(login: Login, name: string, environment = process.env): Promise<string> {
  const given = environment["PGPASSWORD"];
  if (given !== undefined && given !== "") return given;
  const file = fileNamed(environment);
  const found = passwordIn(await textOf(file, name), login);
  if (found !== undefined) return found;
  throw new StoreError("unavailable", `${name}: the server asks for a password`, {
    advice: `set PGPASSWORD, or write the login into ${file}: host:port:database:user:password`,
  });
}

/** The password of the first line of a password file that fits. */
function passwordIn(text: string, { host, port, database = "", user = "" }: Login): string | undefined {
  const hosts = usualSockets.includes(host) ? [host, "localhost"] : [host];
  const wanted = [hosts, [String(port)], [database], [user]];
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith("#")) continue;
    const fields = Array.from(line.matchAll(/((?:\\.|[^\\:])*)(?::|$)/g), ([, field = ""]) =>
      field.replace(/\\(.)/g, "$1"),
    );
    const fits = wanted.every((values, at) => {
      const field = fields[at];
      return field !== undefined && (field === "*" || values.includes(field));
    });
    const password = fields[wanted.length];
    if (fits && password !== undefined && password !== "") return password;
  }
  return undefined;
}

function fileNamed(environment: NodeJS.ProcessEnv): string {
  const named = environment["PGPASSFILE"];
  return named !== undefined && named !== "" ? named : join(homedir(), ".pgpass");
}

/** The text of a password file; empty where there is none. */
async function textOf(file: string, name: string): Promise<string> {
  try {
    const found = await stat(file);
    if (!found.isFile()) return "";
    if ((found.mode & 0o077) === 0) return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw new StoreError("unavailable", `${name}: the password file ${file} cannot be read`, {
      cause: error,
      advice: "have it belong to this user, or set PGPASSWORD",
    });
  }
  throw new StoreError("unavailable", `${name}: others may read the password file ${file}`, {
    advice: `chmod 600 ${file}`,
  });
}

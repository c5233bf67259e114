import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { ClientConfig } from "pg";
import { parse, toClientConfig } from "pg-connection-string";
import { PlaceError } from "./place-error.ts";

/** Where a home is: a schema of a database. */
export interface Place {
  /** The address as it may be shown: there is no password in it. */
  readonly name: string;
  readonly schema: string;
  /** How to connect; what is left out, the variables of libpq and the password file say. */
  readonly connection: ClientConfig;
  /** Whether a server without TLS will do where one with it is asked for first (`sslmode=prefer`). */
  readonly prefersTls: boolean;
}

/** The schema where an address names none. */
const usualSchema = "cloudhsm";

/** Names that need no quotes, so that whoever looks with psql needs none either. */
const plainName = /^[a-z_][a-z0-9_]{0,62}$/;

const modes = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"] as const;
type Mode = (typeof modes)[number];

/**
 * Reads an address such as `postgres://user@host/db?schema=drill`, with what the variables and files of libpq say of TLS.
 * Throws PlaceError.
 */
export function placeNamed(address: string, environment = process.env): Place {
  const url = urlOf(address);
  if (url.password !== "" || url.searchParams.has("password")) {
    throw new PlaceError(
      "the address of a home must have no password: others would see it; set PGPASSWORD or PGPASSFILE",
    );
  }
  const schema = url.searchParams.get("schema") ?? usualSchema;
  if (!plainName.test(schema)) {
    throw new PlaceError(`schema=${schema}: a schema of small letters, digits and _ is needed, such as schema=drill`);
  }
  const name = hostless.test(address) ? address : url.href;
  url.searchParams.delete("schema");
  const mode = tlsOf(url, environment);
  const connection = connectionOf(url);
  // As libpq does: on a socket of this machine nobody asks for TLS, which would take a connection more.
  const { host } = connection;
  const server = host === undefined || host === "" ? environment["PGHOST"] : host;
  if (server?.startsWith("/") === true)
    return { name, schema, connection: { ...connection, ssl: false }, prefersTls: false };
  return { name, schema, connection, prefersTls: mode === "prefer" };
}

/** With a user and no host, which is no URL to others than libpq: its variables say where the server is. */
const hostless = /^(postgres(?:ql)?:\/\/)([^/@]+)@(\/.*)$/;

function urlOf(address: string): URL {
  try {
    const [, scheme, user, rest] = hostless.exec(address) ?? [];
    if (scheme === undefined || user === undefined || rest === undefined) return new URL(address);
    const url = new URL(`${scheme}${rest}`);
    const [name, password] = user.split(":");
    url.searchParams.set("user", decodeURIComponent(name ?? ""));
    if (password !== undefined) url.searchParams.set("password", password);
    return url;
  } catch {
    throw new PlaceError("the address of a home in PostgreSQL is postgres://user@host/database?schema=name");
  }
}

/** Completes what the address says of TLS by the variables, and returns the mode. */
function tlsOf(url: URL, environment: NodeJS.ProcessEnv): Mode {
  const words = url.searchParams;
  for (const word of ["sslmode", "sslrootcert", "sslcert", "sslkey"]) {
    const value = environment[`PG${word.toUpperCase()}`];
    if (!words.has(word) && value !== undefined && value !== "") words.set(word, value);
  }
  const given = words.get("sslmode") ?? "prefer";
  const mode = modes.find((known) => known === given);
  if (mode === undefined) throw new PlaceError(`sslmode=${given}: ${modes.join(", ")} are the modes`);
  const usualRoot = join(homedir(), ".postgresql", "root.crt");
  if (mode.startsWith("verify") && !words.has("sslrootcert") && existsSync(usualRoot))
    words.set("sslrootcert", usualRoot);
  if (mode === "verify-ca" && !words.has("sslrootcert")) {
    throw new PlaceError(
      "sslmode=verify-ca needs the certificate of the authority: give sslrootcert=<file> or PGSSLROOTCERT",
    );
  }
  const usual = mode === "allow" ? "prefer" : mode;
  words.set("sslmode", usual);
  return usual;
}

function connectionOf(url: URL): ClientConfig {
  try {
    return toClientConfig(parse(url.href, { useLibpqCompat: true }));
  } catch (error) {
    throw new PlaceError(`the files of sslrootcert, sslcert and sslkey cannot be read: ${(error as Error).message}`);
  }
}

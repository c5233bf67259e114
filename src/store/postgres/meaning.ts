import type { StoreFailure } from "../store.ts";

/** What a failure is to a store, and what mends it; undefined where that is not known. */
interface Meaning {
  readonly failure: StoreFailure;
  readonly advice: string;
}

/** What is seen of a failure besides its code. */
interface Symptoms {
  readonly isLost: boolean;
  readonly isWithoutTls: boolean;
}

const full = "make room on the server";
const dropped = "the schema was dropped: quit and start again";
const notThere = "start the server, or correct the host and port (the address, PGHOST, PGPORT)";

/** By the codes of the server, and of the system. */
const meanings: Readonly<Record<string, Meaning>> = {
  "53100": { failure: "full", advice: full },
  "53200": { failure: "full", advice: full },
  "53300": unavailable("the server has no connection left: end other programs, or raise max_connections"),
  "28P01": unavailable("correct PGPASSWORD, or the line in the password file (PGPASSFILE, ~/.pgpass)"),
  "28000": unavailable("name a user whom pg_hba.conf lets in (the address, PGUSER), with TLS where it asks for that"),
  "3D000": unavailable("create the database first: createdb"),
  "3F000": unavailable(dropped),
  "42P01": unavailable(dropped),
  "42501": {
    failure: "failed",
    advice: "have the schema made for this user: CREATE SCHEMA … AUTHORIZATION …, or grant CREATE on the database",
  },
  "57014": unavailable("the server took too long to answer: try again"),
  "57P03": unavailable("the server is starting or stopping: try again in a moment"),
  ECONNREFUSED: unavailable(notThere),
  ENOENT: unavailable(notThere),
  ENOTFOUND: unavailable("the host is not known: correct it (the address, PGHOST)"),
  EAI_AGAIN: unavailable("the host is not known, or the name server is away (the address, PGHOST)"),
  EACCES: unavailable("the socket may not be opened by this user"),
  ERR_TLS_CERT_ALTNAME_INVALID: unavailable(
    "name the host as its certificate does, or have sslmode=verify-ca leave the name unchecked",
  ),
  CERT_HAS_EXPIRED: unavailable("the server needs a new certificate"),
};

/** Codes of certificates that were not accepted. */
const distrust = /^(?:CERT_|DEPTH_ZERO_|ERR_SSL_|ERR_TLS_|INVALID_CA|SELF_SIGNED_|UNABLE_TO_|EPROTO$)/;

/** What a failure means, by its code; undefined for one that is no failure of a server, or says nothing of it. */
export function meaningOf(code: string | undefined, { isLost, isWithoutTls }: Symptoms): Meaning | undefined {
  if (isWithoutTls) return unavailable("have the server use TLS (ssl = on), or give sslmode=prefer");
  const known = code === undefined ? undefined : meanings[code];
  if (known !== undefined) return known;
  if (code !== undefined && distrust.test(code)) {
    return unavailable("name the certificate of the server's authority: sslrootcert=<file> or PGSSLROOTCERT");
  }
  return isLost ? unavailable("the server is away: what is asked once it answers again is done") : undefined;
}

function unavailable(advice: string): Meaning {
  return { failure: "unavailable", advice };
}

import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { openssl } from "./openssl.ts";
import { PostgresServer } from "./postgres-server.ts";

/** A server that listens on TCP, and asks there for TLS or not, as its client likes, and for a password (SCRAM). */
export interface TlsServer {
  readonly server: PostgresServer;
  readonly port: number;
  /** The file of the certificate of its authority. */
  readonly authority: string;
  /** The file of a certificate of another one. */
  readonly stranger: string;
}

/**
 * Starts one, whose certificate is for localhost.
 *
 * @param folder where the certificates are made
 */
export async function tlsServer(folder: string): Promise<TlsServer> {
  const port = await freePort();
  const authority = makeAuthority(folder, "authority");
  const files = {
    "pg_hba.conf": "local all all trust\nhost all all all scram-sha-256\n",
    ...certified(folder, authority),
  };
  const server = PostgresServer.started({ listen_addresses: "localhost", port: String(port), ssl: "on" }, files);
  return { server, port, authority, stranger: makeAuthority(folder, "stranger") };
}

function makeAuthority(folder: string, name: string): string {
  const certificate = join(folder, `${name}.crt`);
  const key = ["-newkey", "rsa:2048", "-nodes", "-keyout", join(folder, `${name}.key`)];
  openssl(["req", "-x509", ...key, "-days", "2", "-subj", `/CN=${name}`, "-out", certificate]);
  return certificate;
}

function certified(folder: string, authority: string): Readonly<Record<string, string>> {
  const [key, request, names] = ["server.key", "server.csr", "names"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  openssl(["req", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-subj", "/CN=localhost", "-out", request]);
  writeFileSync(names, "subjectAltName=DNS:localhost\n");
  const by = ["-CA", authority, "-CAkey", authority.replace(/crt$/, "key"), "-set_serial", "1"];
  const certificate = openssl(["x509", "-req", "-in", request, ...by, "-days", "2", "-extfile", names]);
  return { "server.crt": certificate.toString("utf8"), "server.key": readFileSync(key, "utf8") };
}

/** A port that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const listening = createServer();
    listening.on("error", reject).listen(0, "localhost", () => {
      const address = listening.address();
      listening.close(() => {
        if (address === null || typeof address === "string") reject(new Error("there is no port"));
        else resolve(address.port);
      });
    });
  });
}

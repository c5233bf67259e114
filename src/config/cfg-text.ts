/** A server as the original's file lists it. */
interface ListedServer {
  readonly name: string;
  readonly hostname: string;
  readonly port: number;
}

/**
 * The text of a `cloudhsm_mgmt_util.cfg`, as the original's `configure` writes it: sorted, and without a line feed at its end.
 *
 * @param etc the folder in which it is, and the certificates that it names
 */
export function cfgText(servers: readonly ListedServer[], etc: string): string {
  const content = {
    scard: { certificate: "cert-sc", enable: "no", pkey: "pkey-sc", port: 2225 },
    servers: servers.map(({ name, hostname, port }) => ({
      CAfile: "",
      CApath: `${etc}/certs`,
      certificate: `${etc}/client.crt`,
      e2e_encryption: { enable: "yes", owner_cert_path: `${etc}/customerCA.crt` },
      enable: "yes",
      hostname,
      name,
      pkey: `${etc}/client.key`,
      port,
      server_ssl: "yes",
      ssl_ciphers: "",
    })),
  };
  return JSON.stringify(content, undefined, 4);
}

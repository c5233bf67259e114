import { type CfgGroup, isGroup, sortedJson } from "./cfg-group.ts";

/** A server as the original's file lists it. */
export interface ListedServer {
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
  return sortedJson(cfgWith(servers, etc, {}));
}

/**
 * What such a file says when other servers are put into it: all else in it stays, and what it says of its first server is
 * said of each.
 *
 * @param before what it said; an empty group where there was no file
 */
export function cfgWith(servers: readonly ListedServer[], etc: string, before: CfgGroup): CfgGroup {
  const stock = {
    CAfile: "",
    CApath: `${etc}/certs`,
    certificate: `${etc}/client.crt`,
    e2e_encryption: { enable: "yes", owner_cert_path: `${etc}/customerCA.crt` },
    pkey: `${etc}/client.key`,
    server_ssl: "yes",
    ssl_ciphers: "",
  };
  const [first = {}] = listed(before);
  return {
    scard: { certificate: "cert-sc", enable: "no", pkey: "pkey-sc", port: 2225 },
    ...before,
    servers: servers.map(({ name, hostname, port }) => ({ ...stock, ...first, enable: "yes", name, hostname, port })),
  };
}

/** What such a file says when another certificate and private key of the client are put into it. */
export function cfgWithIdentity(before: CfgGroup, certificate: string, pkey: string): CfgGroup {
  return { ...before, servers: listed(before).map((server) => ({ ...server, certificate, pkey })) };
}

function listed({ servers }: CfgGroup): readonly CfgGroup[] {
  return Array.isArray(servers) ? servers.filter(isGroup) : [];
}

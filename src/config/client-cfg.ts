import { type CfgGroup, groupIn } from "./cfg-group.ts";

/** The port on which the original's client asks an HSM. */
const clientPort = 2223;

/**
 * What a `cloudhsm_client.cfg` says when another HSM is put into it: all else in it stays.
 *
 * @param etc the folder in which it is, and the certificates that it names
 * @param before what it said; an empty group where there was no file
 */
export function clientCfgWith(hostname: string, etc: string, before: CfgGroup): CfgGroup {
  return {
    ...stock(etc),
    ...before,
    server: { port: clientPort, ...groupIn(before, "server"), hostname },
  };
}

/** What such a file says when another certificate and private key of the client are put into it. */
export function clientCfgWithIdentity(before: CfgGroup, certificate: string, pkey: string): CfgGroup {
  return { ...before, ssl: { ...groupIn(before, "ssl"), certificate, pkey } };
}

/** The HSM in such a file; undefined where it names none. */
export function clientHostname(content: CfgGroup): string | undefined {
  const { hostname } = groupIn(content, "server");
  return typeof hostname === "string" && hostname !== "" ? hostname : undefined;
}

/** The number of the client's daemon. */
export function clientDaemon(content: CfgGroup): number {
  const { daemon_id: id } = groupIn(content, "client");
  return typeof id === "number" ? id : 1;
}

function stock(etc: string): CfgGroup {
  return {
    client: {
      CriticalAlertScript: "",
      create_object_minimum_nodes: 1,
      daemon_id: 1,
      e2e_owner_crt_path: `${etc}/customerCA.crt`,
      enable_3des_key_reuse: "no",
      log_level: "INFO",
      reconnect_attempts: -1,
      reconnect_interval: 3,
      socket_type: "UNIXSOCKET",
      sslreneg: 0,
      tcp_port: 1111,
      workers: 1,
      zoneid: 0,
    },
    dualfactor: {
      certificate: "certificate.crt",
      dualfactor_ch_ssl_ciphers: "default",
      dualfactor_ssl: "yes",
      enable: "no",
      pkey: "pkey.pem",
      port: 2225,
    },
    loadbalance: {
      enable: "yes",
      prefer_same_zone: "no",
      relative_idleness_weight: 1,
      // The original's spelling.
      sucess_rate_weight: 1,
    },
    ssl: {
      CApath: `${etc}/certs`,
      certificate: `${etc}/client.crt`,
      pkey: `${etc}/client.key`,
      server_ch_ssl_ciphers: "default",
      server_ssl: "yes",
    },
  };
}

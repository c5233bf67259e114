import { expect, test } from "vitest";
import { readGroup, sortedJson } from "../../src/config/cfg-group.ts";
import { cfgWith, cfgWithIdentity } from "../../src/config/cfg-text.ts";
import { clientCfgWith, clientCfgWithIdentity, clientHostname } from "../../src/config/client-cfg.ts";

const etc = "/opt/cloudhsm/etc";
const server = (hostname: string) => ({ name: hostname, hostname, port: 2225 });

test("the shell's file for one address is the original's, byte for byte", () => {
  expect(sortedJson(cfgWith([server("10.10.4.20")], etc, {}))).toBe(`{
    "scard": {
        "certificate": "cert-sc",
        "enable": "no",
        "pkey": "pkey-sc",
        "port": 2225
    },
    "servers": [
        {
            "CAfile": "",
            "CApath": "/opt/cloudhsm/etc/certs",
            "certificate": "/opt/cloudhsm/etc/client.crt",
            "e2e_encryption": {
                "enable": "yes",
                "owner_cert_path": "/opt/cloudhsm/etc/customerCA.crt"
            },
            "enable": "yes",
            "hostname": "10.10.4.20",
            "name": "10.10.4.20",
            "pkey": "/opt/cloudhsm/etc/client.key",
            "port": 2225,
            "server_ssl": "yes",
            "ssl_ciphers": ""
        }
    ]
}`);
});

test("the client's file is the original's, byte for byte", () => {
  expect(sortedJson(clientCfgWith("10.10.4.20", etc, {}))).toBe(`{
    "client": {
        "CriticalAlertScript": "",
        "create_object_minimum_nodes": 1,
        "daemon_id": 1,
        "e2e_owner_crt_path": "/opt/cloudhsm/etc/customerCA.crt",
        "enable_3des_key_reuse": "no",
        "log_level": "INFO",
        "reconnect_attempts": -1,
        "reconnect_interval": 3,
        "socket_type": "UNIXSOCKET",
        "sslreneg": 0,
        "tcp_port": 1111,
        "workers": 1,
        "zoneid": 0
    },
    "dualfactor": {
        "certificate": "certificate.crt",
        "dualfactor_ch_ssl_ciphers": "default",
        "dualfactor_ssl": "yes",
        "enable": "no",
        "pkey": "pkey.pem",
        "port": 2225
    },
    "loadbalance": {
        "enable": "yes",
        "prefer_same_zone": "no",
        "relative_idleness_weight": 1,
        "sucess_rate_weight": 1
    },
    "server": {
        "hostname": "10.10.4.20",
        "port": 2223
    },
    "ssl": {
        "CApath": "/opt/cloudhsm/etc/certs",
        "certificate": "/opt/cloudhsm/etc/client.crt",
        "pkey": "/opt/cloudhsm/etc/client.key",
        "server_ch_ssl_ciphers": "default",
        "server_ssl": "yes"
    }
}`);
});

test("what somebody set stays: of the shell's servers, what the first one says is said of each", () => {
  const before = { zone: "é", scard: { enable: "yes" }, servers: [{ name: "server1", enable: "no", CAfile: "ours" }] };
  const after = cfgWith([server("h0"), server("h1")], etc, before);
  expect(after).toMatchObject({
    scard: { enable: "yes" },
    servers: [
      { name: "h0", hostname: "h0", enable: "yes", CAfile: "ours", server_ssl: "yes" },
      { name: "h1", hostname: "h1", enable: "yes", CAfile: "ours", server_ssl: "yes" },
    ],
  });
  expect(sortedJson(after)).toContain('"zone": "\\u00e9"');
  const client = clientCfgWith("h1", etc, { client: { daemon_id: 3 }, server: { hostname: "h0", port: 9 } });
  expect(client).toMatchObject({ client: { daemon_id: 3 }, server: { hostname: "h1", port: 9 } });
  expect(clientHostname(client)).toBe("h1");
});

test("another identity of the client is that of all servers, and stays when others are listed", () => {
  const shell = cfgWithIdentity(cfgWith([server("h0"), server("h1")], etc, {}), "/c.crt", "/c.key");
  const identity = { certificate: "/c.crt", pkey: "/c.key" };
  expect(shell).toMatchObject({ servers: [identity, identity], scard: { pkey: "pkey-sc" } });
  expect(cfgWith([server("h2")], etc, shell)).toMatchObject({ servers: [{ hostname: "h2", ...identity }] });
  const client = clientCfgWithIdentity(clientCfgWith("h0", etc, {}), "/c.crt", "/c.key");
  expect(client).toMatchObject({ ssl: { CApath: "/opt/cloudhsm/etc/certs", ...identity } });
});

test.each(["", "[]", "null", "1", "{,}", "# c\n{}"])(
  "%j is no such file, which the message says how to mend",
  (text) => {
    expect(() => readGroup("x.cfg", text)).toThrow(/^x\.cfg is not a JSON object: mend it, or remove it/);
  },
);

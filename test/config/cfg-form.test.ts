import { expect, test } from "vitest";
import { readCfg } from "../../src/config/cfg-file.ts";
import type { DialectName } from "../../src/config/dialect-name.ts";

const oracle = `{
   "ssl":{
      "certificate":"/opt/oci/hsm/data/cert-c",
      "pkey":"/opt/oci/hsm/data/pkey-c",
      "CApath": "/opt/oci/hsm/data/certs",
      "owner_cert_path":"/opt/oci/hsm/data/partitionOwnerCert.pem"
   },
   "mutual_auth":{
      "e2e_mutual_auth_cert_path":"",
      "e2e_mutual_auth_pkey":""
   },
   "servers":[
      {
        "hostname": "10.144.154.22",
        "port": 2101
      }
   ],
   "logging":{
      "log_level":"INFO",
      "logfiles_location":"/opt/oci/hsm/logs"
   }
}`;

const azure = `{
    "servers": [
    {
        "hostname" : "hsm1.contosohsm-h8d6duc8dhcabnae.privatelink.cloudhsm.azure.net"
    }]
}`;

/** The file with the paths of TLS, which the shell before SDK 2.0 was given. */
const azureWithPaths = String.raw`{
	"servers": [
	{
		"hostname" : "hsm1.contoso-aycya2e2fsb9fxhu.privatelink.cloudhsm.azure.net",
		"port" : 2225,
		"certificate": "..\\cert\\cert-c",
		"pkey": "..\\cert\\pkey-c",
		"CAfile": "",
		"CApath": "..\\cert\\ssl",
		"ssl_ciphers": "default",
		"server_ssl" : "yes",
	"enable"    : "yes",
		"owner_cert_path":"..\\cert\\PO.crt",
		"nonce_size" : 128
	}]
}`;

/** With the comma after the last entry that the guide has. */
const alibaba = `{
	"servers": [{
		"name": "172.16.0.2",
		"hostname": "172.16.0.2",
		"port": 2225,
		"certificate": "/opt/hsm/etc/client.crt",
		"pkey": "/opt/hsm/etc/client.key",
		"CAfile": "",
		"CApath": "/opt/hsm/etc/certs",
		"ssl_ciphers": "",
		"server_ssl": "yes",
		"enable": "yes",
		"owner_cert_path": "/opt/hsm/etc/issuerCA.crt"
	}],
	"scard": {
		"enable": "no",
		"port": 2225,
		"ssl": "no",
		"ssl_ciphers": "",
		"certificate": "cert-sc",
		"pkey": "pkey-sc",
	}
}`;

const aws = `{
  "scard": { "enable": "no", "port": 2225 },
  "servers": [{ "hostname": "10.0.2.9", "name": "10.0.2.9", "port": 2225, "e2e_encryption": { "owner_cert_path": "x" } }]
}`;

/** A file, and whose shell its form says that it is for. */
const forms: readonly (readonly [string, string, DialectName | undefined])[] = [
  ["Oracle's", oracle, "oracle"],
  ["Azure's", azure, "azure"],
  ["Azure's with comments", azure.replace("{", "{ // from the guide\n"), "azure"],
  ["Azure's with a path", azure.replace('"hostname"', '"owner_cert_path": "./PO.crt", "hostname"'), "azure"],
  ["Azure's with the paths of TLS", azureWithPaths, "azure"],
  ["Alibaba's, comma and all", alibaba, "alibaba"],
  ["AWS's", aws, undefined],
  ["an address alone", '{"servers": [{"hostname": "10.0.2.9"}]}', undefined],
  ["an IPv6 address alone", '{"servers": [{"hostname": "fd00::1"}]}', undefined],
  ["a short name alone", '{"servers": [{"hostname": "localhost"}]}', undefined],
  ["a name and a port", '{"servers": [{"hostname": "hsm1.example.net", "port": 2225}]}', undefined],
  ["a name beside other keys", '{"servers": [{"hostname": "hsm1.example.net"}], "scard": {}}', undefined],
  ["owner_cert_path without scard", '{"servers": [{"hostname": "h", "owner_cert_path": "x"}]}', undefined],
];

test.each(forms)("%s", async (_, text, dialect) => {
  expect((await readCfg("some.cfg", text)).dialect).toBe(dialect);
});

test("servers are read whatever the form", async () => {
  const { servers } = await readCfg("some.cfg", alibaba);
  expect(servers).toMatchObject([{ name: "172.16.0.2", hostname: "172.16.0.2", port: 2225 }]);
  expect((await readCfg("some.cfg", azure)).servers).toMatchObject([{ port: 2225 }]);
});

test("the file of the client's daemon is told apart", async () => {
  const daemon = '{\n  "client": { "daemon_id": 1 },\n  "server": { "hostname": "10.0.2.9", "port": 2102 },\n}';
  await expect(readCfg("client_daemon.cfg", daemon)).rejects.toThrow(
    'client_daemon.cfg:1:1: the file is that of the client\'s daemon ("server"): give the shell\'s, which lists "servers"',
  );
});

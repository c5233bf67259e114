import { sortedJson } from "../../config/cfg-group.ts";
import { cfgText, type ListedServer } from "../../config/cfg-text.ts";
import { clientCfgWith } from "../../config/client-cfg.ts";
import type { DialectName } from "../../config/dialect-name.ts";

/** Where a vendor's package has its files below its folder, and what the shell's file says there. */
export interface Layout {
  /** Where the vendor's guides have the package. */
  readonly folder: string;
  /** The file of the shell. */
  readonly configuration: string;
  /** The certificate of the cluster's owner. */
  readonly authority: string;
  /** The text of the shell's file, which names files below `folder`. */
  readonly text: (servers: readonly ListedServer[], folder: string) => string;
  /** The file of the client's daemon, where it has another; its text names the first HSM. */
  readonly daemon?: { readonly path: string; readonly text: (hostname: string, folder: string) => string };
  /** Whether it has the original's `configure`. */
  readonly hasConfigure: boolean;
}

/** The layouts of the vendors' packages, as their guides name the paths and show the files. */
export const layouts: Readonly<Record<DialectName, Layout>> = {
  aws: {
    folder: "/opt/cloudhsm",
    configuration: "etc/cloudhsm_mgmt_util.cfg",
    authority: "etc/customerCA.crt",
    text: (servers, folder) => cfgText(servers, `${folder}/etc`),
    daemon: {
      path: "etc/cloudhsm_client.cfg",
      text: (hostname, folder) => sortedJson(clientCfgWith(hostname, `${folder}/etc`, {})),
    },
    hasConfigure: true,
  },
  azure: {
    folder: "/opt/azurecloudhsm",
    configuration: "bin/azcloudhsm_resource.cfg",
    authority: "cert/PO.crt",
    text: ([first]) => azureText(first),
    hasConfigure: false,
  },
  oracle: {
    folder: "/opt/oci/hsm",
    configuration: "data/user_mgmt_util.cfg",
    authority: "data/partitionOwnerCert.pem",
    text: ([first], folder) => `${JSON.stringify(oracleContent(first, `${folder}/data`), undefined, 3)}\n`,
    hasConfigure: false,
  },
  alibaba: {
    folder: "/opt/hsm",
    configuration: "etc/hsm_mgmt_tool.cfg",
    authority: "etc/issuerCA.crt",
    text: (servers, folder) => `${JSON.stringify(alibabaContent(servers, `${folder}/etc`), undefined, "\t")}\n`,
    hasConfigure: false,
  },
};

/** One host, since the shell finds the others, in the guide's layout. */
function azureText(first: ListedServer | undefined): string {
  const host = `        "hostname" : ${JSON.stringify(first?.hostname ?? "")}`;
  return ["{", '    "servers": [', "    {", host, "    }]", "}", ""].join("\n");
}

function oracleContent(first: ListedServer | undefined, folder: string): object {
  return {
    ssl: {
      certificate: `${folder}/cert-c`,
      pkey: `${folder}/pkey-c`,
      CApath: `${folder}/certs`,
      owner_cert_path: `${folder}/partitionOwnerCert.pem`,
    },
    mutual_auth: { e2e_mutual_auth_cert_path: "", e2e_mutual_auth_pkey: "" },
    servers: [{ hostname: first?.hostname, port: first?.port }],
    logging: { log_level: "INFO", logfiles_location: folder.replace(/data$/, "logs") },
  };
}

function alibabaContent(servers: readonly ListedServer[], folder: string): object {
  return {
    servers: servers.map(({ name, hostname, port }) => ({
      name,
      hostname,
      port,
      certificate: `${folder}/client.crt`,
      pkey: `${folder}/client.key`,
      CAfile: "",
      CApath: `${folder}/certs`,
      ssl_ciphers: "",
      server_ssl: "yes",
      enable: "yes",
      owner_cert_path: `${folder}/issuerCA.crt`,
    })),
    scard: { enable: "no", port: 2225, ssl: "no", ssl_ciphers: "", certificate: "cert-sc", pkey: "pkey-sc" },
  };
}

import type { DialectName } from "./dialect-name.ts";

/** A file of the original's, as far as its form shows whose it is. */
interface CfgForm {
  readonly servers: readonly CfgServer[];
  readonly ssl?: unknown;
  readonly scard?: unknown;
}

interface CfgServer {
  readonly hostname: string;
  readonly name?: unknown;
  readonly owner_cert_path?: unknown;
}

/**
 * Whose shell a file is written for, by its form: Oracle's has `ssl` at the top; Alibaba's has `owner_cert_path` in its
 * servers, and `scard`; Azure's has nothing but hosts, by `hostname` alone, or with the paths of TLS and no `name`. Undefined for AWS's, and for what could be anybody's.
 */
export function dialectOfForm(content: CfgForm): DialectName | undefined {
  const { servers } = content;
  if (content.ssl !== undefined) return "oracle";
  if (content.scard !== undefined && servers.some((server) => server.owner_cert_path !== undefined)) return "alibaba";
  const namesHostsOnly = Object.keys(content).length === 1 && servers.every(isHostName);
  return namesHostsOnly ? "azure" : undefined;
}

/**
 * A hostname alone, or one without a name beside the path of a certificate, and one with a domain: a short one, or an
 * address, stands in hand-written files of every vendor.
 */
function isHostName(server: CfgServer): boolean {
  const isAlone = Object.keys(server).length === 1;
  const isWithPath = server.owner_cert_path !== undefined && server.name === undefined;
  return (isAlone || isWithPath) && /^[\w-]+\.(?:[\w-]+\.)*[a-z][\w-]*\.?$/i.test(server.hostname);
}

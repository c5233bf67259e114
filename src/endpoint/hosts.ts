import { isIPv4 } from "node:net";

/** The name in a `Host` header, without its port: in lower case, an IPv6 address without its brackets. */
function nameOf(header: string): string | undefined {
  const [, name] = /^(\[[\da-fA-F:.]+\]|[^:[\]]+)(?::\d{1,5})?$/.exec(header) ?? [];
  return name
    ?.toLowerCase()
    .replace(/^\[|\]$/g, "")
    .replace(/\.$/, "");
}

/** Whether a name always means the machine itself. */
export function isLoopback(name: string): boolean {
  return (
    name === "localhost" || name.endsWith(".localhost") || name === "::1" || (isIPv4(name) && name.startsWith("127."))
  );
}

/**
 * Whether a request came by a name that is this server's own: a page elsewhere that makes its name point here sends
 * that name. An address cannot be made to point elsewhere: the one at which the request arrived is this server's own, too.
 *
 * @param header its `Host`
 * @param bound the name that the server listens at
 * @param arrived the address at which its connection arrived
 */
export function isOwnHost(header: string | undefined, bound: string, arrived: string | undefined): boolean {
  const name = header === undefined ? undefined : nameOf(header);
  if (name === undefined) return false;
  return isLoopback(name) || name === bound.toLowerCase() || name === arrived?.replace(/^::ffff:/, "");
}

import { statSync } from "node:fs";
import { groupIn, isGroup } from "./cfg-group.ts";
import { clientHostname } from "./client-cfg.ts";
import type { Configuration } from "./configuration.ts";
import { firstSign, withoutComments } from "./json-comments.ts";
import { loadText } from "./load.ts";

/** What a `cloudhsm_client.cfg` says to whoever makes keys. */
export interface ClientFile {
  /** The HSM that leads to all of its cluster. */
  readonly hostname: string;
  /** On how many HSMs a key must be made at least. */
  readonly minimumNodes: number;
}

/**
 * Reads a `cloudhsm_client.cfg`; undefined for a file of another kind, one that is not there, and a pipe, which can be read
 * once only. Throws {@link ConfigurationError} for one that cannot be read.
 */
export async function readClientFile(file: string): Promise<ClientFile | undefined> {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) return undefined;
  const content = parsed(await loadText(file));
  if (!isGroup(content) || "servers" in content || "clusters" in content) return undefined;
  const hostname = clientHostname(content);
  if (hostname === undefined) return undefined;
  const { create_object_minimum_nodes: minimum } = groupIn(content, "client");
  return {
    hostname,
    minimumNodes: typeof minimum === "number" && Number.isInteger(minimum) && minimum > 1 ? minimum : 1,
  };
}

function parsed(text: string): unknown {
  // Mostly it is YAML, which may be long.
  if (firstSign(text) !== "{") return undefined;
  try {
    return JSON.parse(withoutComments(text));
  } catch {
    // Whatever else it is, it is not a client's file.
    return undefined;
  }
}

/** The configuration that such a file stands for before anybody has looked which servers there are. */
export function clientConfiguration(file: string): Configuration {
  return {
    file,
    home: undefined,
    dialect: undefined,
    servers: [],
    isKnown: false,
    clusters: () => Promise.resolve([]),
    faults: () => Promise.resolve([]),
  };
}

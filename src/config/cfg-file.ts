import * as v from "valibot";
import { dialectOfForm } from "./cfg-form.ts";
import { isGroup } from "./cfg-group.ts";
import { withoutComments } from "./json-comments.ts";
import { type Configuration, defaultPort } from "./configuration.ts";
import { list, openGroup, textThat } from "./value-kinds.ts";
import { hostname, port, unseen } from "./schema.ts";

/** The name of a server, which many lines of output show. */
const name = textThat((word) => word.length <= 200 && !unseen.test(word), "must be one line of at most 200 characters");

/** The original's own words for true and false, and JSON's. */
const enable = v.union(
  [v.boolean(), v.pipe(v.string(), v.toLowerCase(), v.picklist(["yes", "no"]))],
  'must be "yes" or "no"',
);

/** A path that may be written as on Windows; what is none does not count, as all that a start does not need. */
const ownerPath = v.fallback(
  v.optional(
    v.pipe(
      v.string(),
      v.transform((path) => path.replaceAll("\\", "/")),
    ),
  ),
  undefined,
);

/** What the client's daemon reads has one server where the shell's file lists all. */
const notOfDaemon = v.custom<object>(
  (input) => !isGroup(input) || "servers" in input || !isGroup(input["server"]),
  'is that of the client\'s daemon ("server"): give the shell\'s, which lists "servers"',
);

/** The part of the original's file that says which servers there are; of all other keys, only their presence counts. */
const schema = v.pipe(
  notOfDaemon,
  openGroup({
    servers: list(
      openGroup({
        name: v.optional(name),
        hostname,
        port: v.optional(port),
        enable: v.optional(enable),
        // Alibaba's and Azure's files have it here, AWS's in a group of its own.
        owner_cert_path: ownerPath,
        e2e_encryption: v.fallback(v.optional(v.looseObject({ owner_cert_path: ownerPath })), undefined),
      }),
      "server",
    ),
  }),
);

type Content = v.InferOutput<typeof schema>;
type Servers = Content["servers"];

/**
 * Reads the original's JSON file (AWS CloudHSM Client SDK 3). People and other writers leave comments in it, and a
 * comma after the last entry, so what JSON refuses is read again as YAML, which takes them and says where an error
 * is. Throws ConfigurationError.
 */
export async function readCfg(file: string, source: string): Promise<Configuration> {
  const quick = v.safeParse(schema, parseJson(source));
  const content = quick.success && isSound(quick.output.servers) ? quick.output : await readLeniently(file, source);
  return {
    file,
    home: undefined,
    dialect: dialectOfForm(content),
    isKnown: false,
    clusters: () => Promise.resolve([]),
    faults: () => Promise.resolve([]),
    servers: content.servers.filter(isEnabled).map((server) => ({
      name: server.name ?? server.hostname,
      hostname: server.hostname,
      port: portOf(server),
      hsm: undefined,
      ownerCertificate: server.owner_cert_path ?? server.e2e_encryption?.owner_cert_path,
    })),
  };
}

async function readLeniently(file: string, source: string): Promise<Content> {
  const { positioned } = await import("./positioned-document.ts");
  const document = positioned(file, withoutComments(source), { lenient: true });
  const content = document.validate(schema);
  for (const again of doubled(content.servers)) {
    document.complain(["servers", again, "hostname"], "and port are also those of another server: remove one of them");
  }
  if (content.servers.length > 0 && !content.servers.some(isEnabled)) {
    document.complain(["servers"], 'are all disabled: set "enable" of one of them to "yes"');
  }
  document.requireFaultless();
  return content;
}

/** Whether the servers can be connected to as they are. */
function isSound(servers: Servers): boolean {
  return doubled(servers).length === 0 && servers.some(isEnabled);
}

function portOf({ port = defaultPort }: Servers[number]): number {
  return port;
}

function isEnabled({ enable }: Servers[number]): boolean {
  return enable === undefined || enable === "yes" || enable === true;
}

/** The servers that have the address of one before them: one HSM cannot be two servers. */
function doubled(servers: Servers): readonly number[] {
  const addresses = new Set<string>();
  return servers.flatMap((server, s) => {
    if (!isEnabled(server)) return [];
    const address = `${server.hostname.toLowerCase()}:${String(portOf(server))}`;
    if (addresses.has(address)) return [s];
    addresses.add(address);
    return [];
  });
}

function parseJson(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
}

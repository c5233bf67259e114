import * as v from "valibot";
import { withoutComments } from "./comments.ts";
import { type Configuration, defaultPort } from "./configuration.ts";
import { list, openGroup, textThat } from "./kinds.ts";
import { hostname, port } from "./schema.ts";

/** The name of a server, which stands in many lines of output. */
const name = textThat((word) => word.length <= 200 && !/\p{Cc}/u.test(word), "must be one line of at most 200 letters");

/** The part of the original's file that says which servers there are; all other keys are ignored. */
const schema = openGroup({
  servers: list(openGroup({ name: v.optional(name), hostname, port: v.optional(port, defaultPort) }), "server"),
});

type Servers = v.InferOutput<typeof schema>["servers"];

/**
 * Reads the original's JSON file (AWS CloudHSM Client SDK 3). People and other writers leave comments in it, and a
 * comma behind the last entry, so what JSON refuses is read again as YAML, which takes them and says where an error
 * stands. Throws ConfigurationError.
 */
export async function readCfg(file: string, source: string): Promise<Configuration> {
  const quick = v.safeParse(schema, parseJson(source));
  const { servers } =
    quick.success && doubled(quick.output.servers) === undefined ? quick.output : await readLeniently(file, source);
  return {
    file,
    home: undefined,
    clusters: () => Promise.resolve([]),
    servers: servers.map((server) => ({
      name: server.name ?? server.hostname,
      hostname: server.hostname,
      port: server.port,
      hsm: undefined,
    })),
  };
}

async function readLeniently(file: string, source: string): Promise<v.InferOutput<typeof schema>> {
  const { positioned } = await import("./positioned.ts");
  const document = positioned(file, withoutComments(source), { lenient: true });
  const content = document.validate(schema);
  const again = doubled(content.servers);
  if (again !== undefined) {
    document.complain(["servers", again, "hostname"], "and its port belong to another server too: remove one of them");
  }
  return content;
}

/** The first server that has the address of one before it: one HSM cannot be two servers. */
function doubled(servers: Servers): number | undefined {
  const addresses = servers.map((server) => `${server.hostname.toLowerCase()}:${String(server.port)}`);
  const again = addresses.findIndex((address, s) => addresses.indexOf(address) < s);
  return again === -1 ? undefined : again;
}

function parseJson(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
}

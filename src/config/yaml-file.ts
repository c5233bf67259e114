import { dirname, resolve } from "node:path";
import { type Configuration, type Places, namesHsm } from "./configuration.ts";
import { isServerHome } from "./home.ts";
import { type LimitsOf, dialectNames } from "./dialect-name.ts";
import type { Limits } from "../hsm/limits.ts";
import { requireKeys } from "./key-rules.ts";
import { type PositionedDocument, positioned } from "./positioned-document.ts";
import { type ClusterFile, clusterFileWithin } from "./schema.ts";
import { requireUsers } from "./user-rules.ts";

/** What a file says of HSMs. */
type FleetContent = Omit<ClusterFile, "home">;

/** Reads this project's cluster model. Throws ConfigurationError. */
export function readYaml(file: string, text: string, limitsOf: LimitsOf): Configuration {
  const document = positioned(file, text);
  const limits = limitsIn(document, limitsOf);
  const content = document.validate(clusterFileWithin(limits));
  requireSense(document, content, limits);
  document.requireFaultless();
  return { ...configurationOf(file, document, content), home: homeIn(file, content.home) };
}

/** A folder counts from the file's; what begins otherwise stays as it is. */
function homeIn(file: string, home: string | undefined): string | undefined {
  if (home === undefined || home.startsWith("~/") || isServerHome(home)) return home;
  return resolve(dirname(file), home);
}

/** What the HSMs accept that a file describes; a vendor that there is not is complained of later. */
export function limitsIn(document: PositionedDocument, limitsOf: LimitsOf): Limits {
  const named = document.valueAt(["dialect"]);
  return limitsOf(dialectNames.find((name) => name === named));
}

/** Complains of parts of a file that are right by themselves, and mean nothing together. */
export function requireSense(document: PositionedDocument, content: FleetContent, limits: Limits): void {
  requireUnique(document, content, limits);
  requireOrigins(document, content);
  requireNothingPending(document, content);
  requireUsers(document, content, limits);
  requireKeys(document, content, limits);
  requireFaultyHsms(document, content);
}

/** What a file without faults says, with the place of each part. */
export function configurationOf(file: string, document: PositionedDocument, content: FleetContent): Configuration {
  const position = (c: number, h: number): string => document.position(["clusters", c, "hsms", h]);
  const placesIn = (...path: readonly (string | number)[]): Places => ({
    users: `${file}:${document.position([...path, "users"])}`,
    keys: `${file}:${document.position([...path, "keys"])}`,
    minimums: `${file}:${document.position([...path, "minimums"])}`,
  });
  const clusters = content.clusters.map((cluster, c) => ({
    ...cluster,
    region: cluster.region,
    cloneOf: cluster.cloneOf,
    users: cluster.users,
    hsms: cluster.hsms.map((hsm, h) => ({
      ...hsm,
      place: `${file}:${position(c, h)}`,
      places: placesIn("clusters", c, "hsms", h),
    })),
    places: { ...placesIn("clusters", c), region: `${file}:${document.position(["clusters", c, "region"])}` },
  }));
  const faults = content.faults.map((fault, f) => ({ ...fault, place: `${file}:${document.position(["faults", f])}` }));
  return {
    file,
    home: undefined,
    dialect: content.dialect,
    isKnown: false,
    clusters: () => Promise.resolve(clusters),
    faults: () => Promise.resolve(faults),
    servers: clusters.flatMap(({ id: clusterId, certificates, hsms }, c) =>
      hsms.map(({ id, hostname, port, address }, h) => ({
        name: hostname,
        hostname,
        port,
        ...(address === undefined ? {} : { address }),
        hsm: { id, position: position(c, h) },
        ...(certificates === "pending" && h > 0 ? { isMadeLater: true as const, clusterId, node: h + 1 } : {}),
      })),
    ),
  };
}

/** Nothing that must tell things apart is given twice. */
function requireUnique(document: PositionedDocument, content: Omit<ClusterFile, "home">, limits: Limits): void {
  const clusterIds = new Set<string>();
  const hsmIds = new Set<string>();
  const addresses = new Set<string>();
  const resolved = new Set<string>();
  content.clusters.forEach((cluster, c) => {
    if (!add(clusterIds, cluster.id))
      document.complain(["clusters", c, "id"], "is also the id of another cluster: change one of them");
    if (cluster.hsms.length > limits.hsms) {
      const most = `a cluster has at most ${String(limits.hsms)} HSMs`;
      document.complain(["clusters", c, "hsms", limits.hsms], `is one too many: ${most}`);
    }
    cluster.hsms.slice(0, limits.hsms).forEach((hsm, h) => {
      const path = ["clusters", c, "hsms", h];
      if (!add(hsmIds, hsm.id)) document.complain([...path, "id"], "is also the id of another HSM: change one of them");
      if (!add(addresses, `${hsm.hostname.toLowerCase()}:${String(hsm.port)}`)) {
        document.complain([...path, "hostname"], "and port are also those of another HSM: change one of them");
      }
      if (hsm.address !== undefined && !add(resolved, `${hsm.address.toLowerCase()}:${String(hsm.port)}`)) {
        document.complain([...path, "address"], "and port are also those of another HSM: change one of them");
      }
    });
  });
}

/** A fault is for all HSMs, or one of this file. */
function requireFaultyHsms(document: PositionedDocument, { clusters, faults }: FleetContent): void {
  const hsms = clusters.flatMap((cluster) => cluster.hsms);
  faults.forEach(({ hsm }, f) => {
    if (hsm === undefined || hsm === "all" || hsms.some((other) => namesHsm(hsm, other))) return;
    document.complain(
      ["faults", f, "hsm"],
      "must be all, or the id, hostname, or hostname:port of an HSM of this file",
    );
  });
}

/** What waits for its certificates has nobody and nothing on it yet. */
function requireNothingPending(document: PositionedDocument, { clusters }: FleetContent): void {
  const complain = (path: readonly (string | number)[], isGiven: boolean): void => {
    if (isGiven)
      document.complain(path, "must wait until the certificates are stored: remove it, or certificates: pending");
  };
  clusters.forEach((cluster, c) => {
    if (cluster.certificates !== "pending") return;
    const path = ["clusters", c];
    complain([...path, "cloneOf"], cluster.cloneOf !== undefined);
    for (const { place, content } of [
      { place: path, content: cluster },
      ...cluster.hsms.map((hsm, h) => ({ place: [...path, "hsms", h], content: hsm })),
    ]) {
      complain([...place, "users"], (content.users ?? []).length > 0);
      complain([...place, "keys"], content.keys.length > 0);
      complain([...place, "minimums"], Object.keys(content.minimums).length > 0);
    }
  });
}

/** A clone names a cluster of this file, takes its users from it, and is no ancestor of itself. */
function requireOrigins(document: PositionedDocument, content: Omit<ClusterFile, "home">): void {
  const origins = new Map(content.clusters.map((cluster) => [cluster.id, cluster.cloneOf]));
  content.clusters.forEach(({ cloneOf, users }, c) => {
    if (cloneOf === undefined) return;
    if (!origins.has(cloneOf))
      document.complain(
        ["clusters", c, "cloneOf"],
        "is not the id of a cluster in this file: add that cluster, or correct the id",
      );
    if (users !== undefined) {
      document.complain(["clusters", c, "users"], `come with the backup of ${cloneOf}: remove them`);
    }
  });
  const judged = new Set<string>();
  content.clusters.forEach(({ id }) => {
    const way = new Set<string>();
    for (let at: string | undefined = id; at !== undefined && !judged.has(at); at = origins.get(at)) {
      if (add(way, at)) continue;
      const c = content.clusters.findIndex((cluster) => cluster.id === at);
      document.complain(["clusters", c, "cloneOf"], "makes the cluster a clone of itself: name another one");
      break;
    }
    for (const at of way) judged.add(at);
  });
}

/** Whether `value` was new to the set. */
function add<T>(set: Set<T>, value: T): boolean {
  if (set.has(value)) return false;
  set.add(value);
  return true;
}

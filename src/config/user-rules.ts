import type { Limits } from "../hsm/limits.ts";
import { serviceNames } from "../hsm/quorum-service.ts";
import { answersTo } from "../hsm/user.ts";
import { isSameUser } from "./configuration.ts";
import type { PositionedDocument } from "./positioned-document.ts";
import type { ClusterFile } from "./schema.ts";

type Cluster = ClusterFile["clusters"][number];
type Hsm = Cluster["hsms"][number];
type User = Hsm["users"][number];
type Path = readonly (string | number)[];

/**
 * Each user of an HSM has an id and a name of its own there, keys and second factors are those of officers, and a
 * quorum takes no more officers than there are. Who is on a clone is known when it is created.
 */
export function requireUsers(document: PositionedDocument, content: Omit<ClusterFile, "home">, limits: Limits): void {
  content.clusters.forEach((cluster, c) => {
    const path = ["clusters", c];
    const common = cluster.users ?? [];
    requireUnique(document, [...path, "users"], common, emptySeen());
    requireFactors(document, [...path, "users"], common);
    cluster.hsms.slice(0, limits.hsms).forEach((hsm, h) => {
      const own = [...path, "hsms", h];
      const others = withoutReplaced(common, hsm.users);
      requireUnique(document, [...own, "users"], hsm.users, seenOf(others));
      requireFactors(document, [...own, "users"], hsm.users);
      if (cluster.cloneOf === undefined)
        requireOfficers(document, path, cluster, { hsm, h }, [...others, ...hsm.users]);
    });
  });
}

/** The users of a cluster of whom an HSM has nothing different. */
function withoutReplaced(common: readonly User[], own: readonly User[]): readonly User[] {
  const byId = new Map(own.map((user) => [user.id, user]));
  return common.filter((user) => !isSameUser(user, byId.get(user.id)));
}

/** What no two users of one HSM have. */
interface SeenUsers {
  readonly ids: Set<number>;
  readonly names: Set<string>;
  readonly keys: Set<string>;
}

function emptySeen(): SeenUsers {
  return { ids: new Set(), names: new Set(), keys: new Set() };
}

function seenOf(users: readonly User[]): SeenUsers {
  return {
    ids: new Set(users.map(({ id }) => id)),
    names: new Set(users.map(({ name }) => name.toLowerCase())),
    keys: new Set(users.flatMap(({ publicKey }) => publicKey ?? [])),
  };
}

function requireUnique(document: PositionedDocument, path: Path, users: readonly User[], seen: SeenUsers): void {
  users.forEach((user, u) => {
    if (seen.ids.has(user.id))
      document.complain([...path, u, "id"], "is also the id of another user of this HSM: change one of them");
    if (seen.names.has(user.name.toLowerCase())) {
      document.complain(
        [...path, u, "name"],
        "is also the name of another user of this HSM (case does not matter): change one of them",
      );
    }
    if (user.publicKey !== undefined && seen.keys.has(user.publicKey)) {
      document.complain(
        [...path, u, "publicKey"],
        "is also the key of another user of this HSM: give each officer a key of their own",
      );
    }
    seen.ids.add(user.id);
    seen.names.add(user.name.toLowerCase());
    if (user.publicKey !== undefined) seen.keys.add(user.publicKey);
  });
}

function requireFactors(document: PositionedDocument, path: Path, users: readonly User[]): void {
  users.forEach((user, u) => {
    const ofOthers = "is for officers (CO, PCO) only: remove it";
    if (!isOfficer(user)) {
      if (user.publicKey !== undefined) document.complain([...path, u, "publicKey"], ofOthers);
      if (user.twoFactor) document.complain([...path, u, "twoFactor"], ofOthers);
    } else if (user.twoFactor && user.publicKey === undefined) {
      document.complain([...path, u, "twoFactor"], "takes the officer's public key: add a publicKey");
    }
  });
}

/** A service that takes more officers than there are could never be set to take fewer. */
function requireOfficers(
  document: PositionedDocument,
  path: Path,
  cluster: Cluster,
  { hsm, h }: { readonly hsm: Hsm; readonly h: number },
  users: readonly User[],
): void {
  const officers = users.filter(isOfficer).length;
  for (const service of serviceNames) {
    const own = hsm.minimums[service];
    const minimum = own ?? cluster.minimums[service];
    if (minimum === undefined || minimum <= officers) continue;
    const place = own === undefined ? path : [...path, "hsms", h];
    document.complain(
      [...place, "minimums", service],
      `takes more officers than the ${String(officers)} of clusters[${String(path[1])}].hsms[${String(h)}]: add officers, or lower it`,
    );
  }
}

function isOfficer({ type }: User): boolean {
  return answersTo(type, "CO");
}

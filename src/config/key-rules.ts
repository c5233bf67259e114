import { isPair } from "../hsm/key-type.ts";
import { publicHandleOf } from "../hsm/initial-key.ts";
import type { Limits } from "../hsm/limits.ts";
import { largestHandle } from "./key-schema.ts";
import type { PositionedDocument } from "./positioned-document.ts";
import type { ClusterFile } from "./schema.ts";

type Cluster = ClusterFile["clusters"][number];
type Hsm = Cluster["hsms"][number];
type Key = Hsm["keys"][number];
type Path = readonly (string | number)[];

/**
 * Each key of an HSM has a handle of its own and users who are crypto users there, and there is room for all. Whose
 * keys a clone has is known when it is created: it takes its users from its origin.
 */
export function requireKeys(document: PositionedDocument, content: Omit<ClusterFile, "home">, limits: Limits): void {
  content.clusters.forEach((cluster, c) => {
    if (cluster.cloneOf === undefined) requireCommonKeys(document, ["clusters", c], cluster);
    requireHistory(document, ["clusters", c, "keys"], cluster.keys);
    cluster.hsms.slice(0, limits.hsms).forEach((hsm, h) => {
      requireHistory(document, ["clusters", c, "hsms", h, "keys"], hsm.keys);
      const handles = new Set<number>();
      requireHandles(document, ["clusters", c, "keys"], cluster.keys, handles);
      requireHandles(document, ["clusters", c, "hsms", h, "keys"], hsm.keys, handles);
      if (handles.size > cluster.maxKeys) {
        document.complain(["clusters", c, "hsms", h], `has more keys than maxKeys (${String(cluster.maxKeys)}) allows`);
      }
      if (cluster.cloneOf !== undefined) return;
      const users = cryptoUsers([...(cluster.users ?? []), ...hsm.users]);
      requireUsers(document, ["clusters", c, "hsms", h, "keys"], hsm.keys, users);
    });
  });
}

/** Keys that are on every HSM belong to users who are on every HSM. */
function requireCommonKeys(document: PositionedDocument, path: Path, cluster: Cluster): void {
  requireUsers(document, [...path, "keys"], cluster.keys, cryptoUsers(cluster.users ?? []));
}

function cryptoUsers(users: Hsm["users"]): ReadonlySet<string> {
  return new Set(users.filter(({ type }) => type === "CU").map(({ name }) => name.toLowerCase()));
}

/** What a key always was does not contradict what it is. */
function requireHistory(document: PositionedDocument, path: Path, keys: readonly Key[]): void {
  keys.forEach(({ flags, extractable }, k) => {
    if (flags.neverExtractable === true && extractable) {
      document.complain([...path, k, "attributes", "neverExtractable"], "must be false, or set extractable to false");
    }
    if (flags.alwaysSensitive === true && flags.sensitive === false) {
      document.complain([...path, k, "attributes", "alwaysSensitive"], "must be false when sensitive is false");
    }
  });
}

function requireUsers(
  document: PositionedDocument,
  path: Path,
  keys: readonly Key[],
  users: ReadonlySet<string>,
): void {
  keys.forEach(({ owner, sharedWith, token }, k) => {
    if (!token && sharedWith.length > 0) {
      document.complain(
        [...path, k, "sharedWith"],
        "is not allowed: a session key belongs to its owner alone; remove it",
      );
    }
    if (!users.has(owner.toLowerCase())) {
      document.complain([...path, k, "owner"], "is not a crypto user (CU) here: add a CU with this name");
    }
    const seen = new Set<string>();
    sharedWith.forEach((name, s) => {
      if (!users.has(name.toLowerCase())) {
        document.complain([...path, k, "sharedWith", s], "is not a crypto user (CU) here: add a CU with this name");
      }
      if (seen.has(name.toLowerCase())) {
        document.complain([...path, k, "sharedWith", s], "is listed twice: remove one");
      }
      seen.add(name.toLowerCase());
      if (name.toLowerCase() === owner.toLowerCase()) {
        document.complain([...path, k, "sharedWith", s], "owns the key: remove the name");
      }
    });
  });
}

function requireHandles(document: PositionedDocument, path: Path, keys: readonly Key[], taken: Set<number>): void {
  keys.forEach((key, k) => {
    for (const [member, handle] of handlesOf(key)) {
      if (handle > largestHandle) {
        document.complain([...path, k, member], "leaves no handle for the public key: add a publicHandle");
      }
      if (taken.has(handle))
        document.complain([...path, k, member], `${String(handle)} is also the handle of another key`);
      taken.add(handle);
    }
  });
}

/** The handles of a key with the member of the file that says them. */
function handlesOf(key: Key): readonly (readonly [member: string, handle: number])[] {
  if (!isPair(key.shape)) return [["handle", key.handle]];
  return [
    ["handle", key.handle],
    [key.publicHandle === undefined ? "handle" : "publicHandle", publicHandleOf(key)],
  ];
}

import type { ClusterEntry, HsmEntry, UserEntry } from "../config/configuration.ts";
import { serviceNames } from "../hsm/quorum-service.ts";
import { fingerprint } from "../text/fingerprint.ts";
import { Collection } from "../simulator/records/collection.ts";
import { HsmError } from "../hsm/return-code.ts";
import type { Home } from "../store/home.ts";
import { StoreError } from "../store/store.ts";

/**
 * Fingerprints of what a configuration said when it created an HSM, to notice that it was edited. Nothing of a
 * password is in them: an edited password is not noticed.
 */
interface CreationPlan {
  readonly clusterUsers: number;
  readonly clusterKeys: number;
  readonly ownUsers: number;
  readonly ownKeys: number;
  /** These three of older versions are missing: they knew of no such thing. */
  readonly clusterMinimums?: number;
  readonly ownMinimums?: number;
  readonly region?: number;
}

/** The plan that an HSM was created from, under the one key "hsm". Older versions kept none. */
export const creationPlans = new Collection<"hsm", CreationPlan>("creationPlan", {
  clusterUsers: "number",
  clusterKeys: "number",
  ownUsers: "number",
  ownKeys: "number",
});

/** What a configuration says of an HSM, as it is kept with it. */
export function creationPlanOf(cluster: ClusterEntry, hsm: HsmEntry): CreationPlan {
  return {
    clusterUsers: markOfUsers(cluster.users),
    clusterKeys: markOfKeys(cluster.keys),
    ownUsers: markOfUsers(hsm.users),
    ownKeys: markOfKeys(hsm.keys),
    clusterMinimums: markOfMinimums(cluster.minimums),
    ownMinimums: markOfMinimums(hsm.minimums),
    region: fingerprint(cluster.region ?? ""),
  };
}

/**
 * One line for each part of a configuration that was edited since HSMs were created from it, and changes nothing of
 * them. HSMs that cannot be read, or that keep no plan, add none.
 */
export async function editsOf(clusters: readonly ClusterEntry[], home: Home): Promise<readonly string[]> {
  const edited = new Map<string, string[]>();
  for (const cluster of clusters) {
    for (const hsm of cluster.hsms) {
      const kept = await keptPlan(hsm, home);
      if (kept === undefined) continue;
      const present = creationPlanOf(cluster, hsm);
      const parts: readonly (readonly [place: string, part: keyof CreationPlan])[] = [
        [`${cluster.places.users}: users`, "clusterUsers"],
        [`${cluster.places.keys}: keys`, "clusterKeys"],
        [`${hsm.places.users}: users`, "ownUsers"],
        [`${hsm.places.keys}: keys`, "ownKeys"],
        [`${cluster.places.minimums}: minimums`, "clusterMinimums"],
        [`${hsm.places.minimums}: minimums`, "ownMinimums"],
        [`${cluster.places.region}: region`, "region"],
      ];
      for (const [place, part] of parts) {
        if (kept[part] === undefined || kept[part] === present[part]) continue;
        edited.set(place, [...(edited.get(place) ?? []), hsm.id]);
      }
    }
  }
  return Array.from(edited, ([place, ids]) => lineOf(place, ids));
}

function lineOf(place: string, ids: readonly string[]): string {
  const what = place.slice(place.lastIndexOf(" ") + 1);
  const [were, they] = ids.length === 1 ? ["was", "it keeps its"] : ["were", "they keep their"];
  return `${place}: changed since ${ids.join(", ")} ${were} created; ${they} own ${what} (--fresh starts over)`;
}

async function keptPlan(hsm: HsmEntry, home: Home): Promise<CreationPlan | undefined> {
  try {
    const found = await home.inspect(hsm);
    if (found.kind !== "hsm" || found.mark !== home.markOf(hsm.id)) return undefined;
    const store = await home.open(hsm);
    return await store.read((snapshot) => creationPlans.get(snapshot, "hsm"));
  } catch (error) {
    // Whoever uses that HSM is told what is wrong with it.
    if (error instanceof StoreError || error instanceof HsmError) return undefined;
    throw error;
  }
}

function markOfUsers(users: readonly UserEntry[] | undefined): number {
  const all = users?.map(({ id, type, name, publicKey, twoFactor = false, loginFailures = 0 }) => {
    // A user that has none of these is marked as older versions did.
    const more = publicKey === undefined && loginFailures === 0 ? [] : [publicKey ?? null, twoFactor, loginFailures];
    return [id, type, name, ...more] as const;
  });
  return fingerprint(JSON.stringify(all?.sort(([one], [other]) => one - other) ?? null));
}

function markOfMinimums(minimums: ClusterEntry["minimums"]): number {
  return fingerprint(JSON.stringify(serviceNames.map((service) => minimums[service] ?? null)));
}

function markOfKeys(keys: ClusterEntry["keys"]): number {
  const all = keys.map(
    ({ handle, publicHandle, shape, label, id, owner, sharedWith, mValue, extractable, token, flags }) => {
      const plain = { shape, label, id, owner, sharedWith, mValue, extractable, token, flags };
      return [handle, publicHandle ?? null, plain] as const;
    },
  );
  return fingerprint(JSON.stringify(all.sort(([one], [other]) => one - other)));
}

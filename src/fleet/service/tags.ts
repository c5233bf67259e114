import { backupNamed, surveyBackups } from "./backup-view.ts";
import { clusterNamed, keptRecord } from "./found.ts";
import type { PlaneContext } from "./plane-context.ts";
import type { Tag } from "./service-cluster.ts";
import { invalid, notFound, tooMuch } from "./service-error.ts";
import { backupRecords, changeRecords, clusterRecords } from "./service-records.ts";
import type { Survey } from "./survey.ts";
import { stateOf } from "./cluster-view.ts";

/** A resource has at most so many tags. */
const most = 50;

/** Something that can have tags. */
interface Tagged {
  readonly tags: readonly Tag[];
  readonly put: (tags: readonly Tag[]) => Promise<void>;
}

/** The tags of a cluster or backup. Throws {@link ServiceError}. */
export async function tagsOf(resourceId: string, survey: Survey, context: PlaneContext): Promise<readonly Tag[]> {
  return (await tagged(resourceId, survey, context)).tags;
}

/** Puts tags on a cluster or backup, over those with the same keys. Throws {@link ServiceError}, StoreError. */
export async function putTags(
  resourceId: string,
  tags: readonly Tag[],
  survey: Survey,
  context: PlaneContext,
): Promise<void> {
  const resource = await tagged(resourceId, survey, context);
  const all = [...new Map([...resource.tags, ...tags].map((tag) => [tag.key, tag])).values()];
  requireTags(tags);
  if (all.length > most) throw tooMuch(tooMany(resourceId));
  await resource.put(all);
}

/** Takes tags off a cluster or backup; keys that it does not have are no error. Throws {@link ServiceError}, StoreError. */
export async function removeTags(
  resourceId: string,
  keys: readonly string[],
  survey: Survey,
  context: PlaneContext,
): Promise<void> {
  const resource = await tagged(resourceId, survey, context);
  await resource.put(resource.tags.filter(({ key }) => !keys.includes(key)));
}

/** Throws {@link ServiceError} for tags that no resource can have. */
export function requireTags(tags: readonly Tag[]): void {
  const keys = tags.map(({ key }) => key);
  const twice = keys.find((key, at) => keys.indexOf(key) !== at);
  if (twice !== undefined) throw invalid(`Tag ${twice} is given twice: a resource has each key once.`);
  if (tags.length > most) throw invalid(tooMany("A resource"));
}

function tooMany(what: string): string {
  return `${what} can have at most ${String(most)} tags: remove some first.`;
}

async function tagged(resourceId: string, survey: Survey, context: PlaneContext): Promise<Tagged> {
  const { home } = context;
  if (resourceId.startsWith("backup-")) {
    const { id, record } = backupNamed(await surveyBackups(context), resourceId, context);
    const put = (tags: readonly Tag[]): Promise<void> =>
      changeRecords(home, (transaction) => backupRecords.put(transaction, id, { ...record, tags }));
    return { tags: record.tags, put };
  }
  if (!survey.clusters.some(({ id }) => id === resourceId)) throw notFound("Resource", resourceId);
  const cluster = clusterNamed(survey, resourceId, context);
  const put = async (tags: readonly Tag[]): Promise<void> => {
    if (stateOf(cluster, context) === "DELETE_IN_PROGRESS") throw invalid(`Cluster ${resourceId} is being deleted.`);
    const record = { ...keptRecord(cluster, context), tags };
    await changeRecords(home, (transaction) => clusterRecords.put(transaction, resourceId, record));
  };
  return { tags: cluster.record.tags, put };
}

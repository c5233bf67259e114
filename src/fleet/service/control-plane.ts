import { StateError } from "../../errors/state-error.ts";
import { hasActivations, noticeActivations } from "./activations.ts";
import { shownBackup, surveyBackups } from "./backup-view.ts";
import {
  type CopyStarted,
  copyBackup,
  deleteBackup,
  deletePolicy,
  keepForever,
  policyOf,
  putPolicy,
  restoreBackup,
} from "./change-backup.ts";
import { clusterView, stateOf } from "./cluster-view.ts";
import { type ClusterWish, createCluster } from "./create-cluster.ts";
import { type HsmWish, createHsm } from "./create-hsm.ts";
import { type HsmSelector, deleteHsm } from "./delete-hsm.ts";
import { removeExpired } from "./expiry.ts";
import { type Initialisation, type InitialisationWish, initializeCluster } from "./initialize-cluster.ts";
import { type ClusterChange, deleteCluster, modifyCluster } from "./modify-cluster.ts";
import type { PlaneContext } from "./plane-context.ts";
import type { ServiceBackup } from "./service-backup.ts";
import type { ServiceCluster, ServiceHsm, Tag } from "./service-cluster.ts";
import { ServiceError } from "./service-error.ts";
import { type Survey, surveyOf } from "./survey.ts";
import { putTags, removeTags, tagsOf } from "./tags.ts";

/**
 * The service over a home, for one region. What changes anything is to be called under the home's lock; its answers are as the
 * service gives them, with what begins then still in progress. All throw {@link ServiceError}, StoreError, HsmError.
 */
export interface ControlPlane {
  /** In no order that is promised; deleted ones are left out. */
  clusters(): Promise<readonly ServiceCluster[]>;
  /** Whether {@link noticeActivations} has anything to note. Needs no lock. */
  hasActivations(): Promise<boolean>;
  /** Takes the first backups of clusters that were activated in a shell. What changes does so by itself. */
  noticeActivations(): Promise<void>;
  createCluster(wish: ClusterWish): Promise<ServiceCluster>;
  modifyCluster(id: string, change: ClusterChange): Promise<ServiceCluster>;
  initializeCluster(id: string, wish: InitialisationWish): Promise<Initialisation>;
  deleteCluster(id: string): Promise<ServiceCluster>;
  createHsm(clusterId: string, wish: HsmWish): Promise<ServiceHsm>;
  /** Returns the id of the HSM. */
  deleteHsm(clusterId: string, selector: HsmSelector): Promise<string>;
  /** The oldest first. */
  backups(): Promise<readonly ServiceBackup[]>;
  /** Backups are named by their ids or ARNs. */
  copyBackup(id: string, destinationRegion: string, tags?: readonly Tag[]): Promise<CopyStarted>;
  deleteBackup(id: string): Promise<ServiceBackup>;
  restoreBackup(id: string): Promise<ServiceBackup>;
  keepForever(id: string, neverExpires: boolean): Promise<ServiceBackup>;
  tag(resourceId: string, tags: readonly Tag[]): Promise<void>;
  untag(resourceId: string, keys: readonly string[]): Promise<void>;
  tags(resourceId: string): Promise<readonly Tag[]>;
  putPolicy(resourceArn: string, policy: string): Promise<void>;
  policy(resourceArn: string): Promise<string | undefined>;
  deletePolicy(resourceArn: string): Promise<string | undefined>;
}

/** The service of a region over a home, for one visit there. */
export function controlPlane(context: PlaneContext): ControlPlane {
  /** Whoever asks whether there is anything to notice, and goes on, looks at the HSMs once. */
  let looked: Promise<Survey> | undefined;
  const reading = (): Promise<Survey> => {
    const seen = looked ?? surveyOf(context);
    looked = undefined;
    return seen;
  };
  /** Notes first what time and shells have done since the last change. */
  const changing = <T>(work: (survey: Survey) => Promise<T>): Promise<T> =>
    answering(async () => {
      looked = undefined;
      let survey = await surveyOf(context);
      await removeExpired(survey, context);
      if (hasActivations(survey)) {
        await noticeActivations(survey, context);
        survey = await surveyOf(context);
      }
      return work(survey);
    });
  return {
    clusters: async () => {
      const { clusters } = await reading();
      const shown = clusters.filter((cluster) => stateOf(cluster, context) !== "DELETED");
      return shown.map((cluster) => clusterView(cluster, context));
    },
    hasActivations: async () => hasActivations(await (looked = surveyOf(context))),
    noticeActivations: () => changing(() => Promise.resolve()),
    createCluster: (wish) => changing((survey) => createCluster(wish, survey, context)),
    modifyCluster: (id, change) => changing((survey) => modifyCluster(id, change, survey, context)),
    initializeCluster: (id, wish) => changing((survey) => initializeCluster(id, wish, survey, context)),
    deleteCluster: (id) => changing((survey) => deleteCluster(id, survey, context)),
    createHsm: (clusterId, wish) => changing((survey) => createHsm(clusterId, wish, survey, context)),
    deleteHsm: (clusterId, selector) => changing((survey) => deleteHsm(clusterId, selector, survey, context)),
    backups: async () => (await surveyBackups(context)).map(shownBackup),
    copyBackup: (id, region, tags) => changing(() => copyBackup(id, region, tags, context)),
    deleteBackup: (id) => changing(() => deleteBackup(id, context)),
    restoreBackup: (id) => changing(() => restoreBackup(id, context)),
    keepForever: (id, neverExpires) => changing(() => keepForever(id, neverExpires, context)),
    tag: (id, tags) => changing((survey) => putTags(id, tags, survey, context)),
    untag: (id, keys) => changing((survey) => removeTags(id, keys, survey, context)),
    tags: async (id) => tagsOf(id, await reading(), context),
    putPolicy: (arn, policy) => changing(() => putPolicy(arn, policy, context)),
    policy: (arn) => policyOf(arn, context),
    deletePolicy: (arn) => changing(() => deletePolicy(arn, context)),
  };
}

/** What does not fit the state of a home is a request that cannot be done as things are. */
async function answering<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof StateError)) throw error;
    throw new ServiceError("invalidRequest", `${error.message}.`, { cause: error });
  }
}

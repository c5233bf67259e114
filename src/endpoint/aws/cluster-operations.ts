import * as v from "valibot";
import type { ServiceCluster } from "../../fleet/service/service-cluster.ts";
import { type FilterTable, filtered } from "./filters.ts";
import { listOf, namedLists, oneOf } from "./input-values.ts";
import { certificate, hsmType, id, paging, retention, subnetId, tags } from "./member-kinds.ts";
import { type Operation, operation } from "./operation.ts";
import { clusterShape } from "./output-shapes.ts";
import { pageOf } from "./pages.ts";

const clusterFilters: FilterTable<ServiceCluster> = {
  clusterIds: ({ id: name }) => name,
  vpcIds: ({ vpcId }) => vpcId,
  states: ({ state }) => state,
};

const mostFilters = 30;
const clustersOnPage = 25;

/** The operations on clusters. */
export const clusterOperations = {
  CreateCluster: operation(
    {
      HsmType: hsmType,
      SubnetIds: listOf(subnetId, 1, 10),
      SourceBackupId: v.optional(id),
      BackupRetentionPolicy: v.optional(retention),
      TagList: v.optional(tags(0), []),
      Mode: v.optional(oneOf(["FIPS", "NON_FIPS"])),
      NetworkType: v.optional(oneOf(["IPV4", "DUALSTACK"])),
    },
    "changes",
    async (input, { plane }) => {
      const cluster = await plane.createCluster({
        hsmType: input.HsmType,
        subnetIds: input.SubnetIds,
        tags: input.TagList,
        ...given("sourceBackup", input.SourceBackupId),
        ...given("retentionDays", input.BackupRetentionPolicy),
        ...given("mode", input.Mode),
        ...given("networkType", input.NetworkType),
      });
      return { Cluster: clusterShape(cluster) };
    },
  ),

  DescribeClusters: operation(
    { Filters: v.optional(namedLists(mostFilters), {}), ...paging(clustersOnPage) },
    "reads",
    async ({ Filters: filters, ...page }, { plane, region }) => {
      const all = filtered(await plane.clusters(), filters, clusterFilters);
      const question = ["DescribeClusters", region, filters];
      const { items, NextToken } = pageOf(all, page, {
        usual: clustersOnPage,
        question,
        nameOf: ({ id: name }) => name,
      });
      return { Clusters: items.map(clusterShape), NextToken };
    },
  ),

  ModifyCluster: operation(
    { ClusterId: id, BackupRetentionPolicy: v.optional(retention), HsmType: v.optional(hsmType) },
    "changes",
    async ({ ClusterId: cluster, BackupRetentionPolicy: retentionDays, HsmType: type }, { plane }) => {
      const change = { ...given("retentionDays", retentionDays), ...given("hsmType", type) };
      return { Cluster: clusterShape(await plane.modifyCluster(cluster, change)) };
    },
  ),

  InitializeCluster: operation(
    { ClusterId: id, SignedCert: certificate, TrustAnchor: certificate },
    "changes",
    async ({ ClusterId: cluster, SignedCert: signedCert, TrustAnchor: trustAnchor }, { plane }) => {
      const { state, stateMessage } = await plane.initializeCluster(cluster, { signedCert, trustAnchor });
      return { State: state, StateMessage: stateMessage };
    },
  ),

  DeleteCluster: operation({ ClusterId: id }, "changes", async ({ ClusterId: cluster }, { plane }) => ({
    Cluster: clusterShape(await plane.deleteCluster(cluster)),
  })),
} as const satisfies Readonly<Record<string, Operation>>;

/** A member, or none where it was not given. */
function given<const K extends string, T>(name: K, value: T | undefined): Partial<Readonly<Record<K, T>>> {
  return value === undefined ? {} : ({ [name]: value } as Partial<Record<K, T>>);
}

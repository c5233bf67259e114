import * as v from "valibot";
import type { ServiceBackup } from "../../fleet/service/service-backup.ts";
import { type FilterTable, filtered } from "./filters.ts";
import { namedLists, truth } from "./input-values.ts";
import { id, paging, region, tags } from "./member-kinds.ts";
import { type Operation, operation } from "./operation.ts";
import { backupShape, timestamp } from "./output-shapes.ts";
import { pageOf } from "./pages.ts";
import { Refusal } from "./refusal.ts";

const backupFilters: FilterTable<ServiceBackup> = {
  backupIds: ({ id: name }) => name,
  sourceBackupIds: ({ sourceBackup }) => sourceBackup,
  clusterIds: ({ clusterId }) => clusterId,
  states: ({ state }) => state,
  neverExpires: ({ neverExpires }) => String(neverExpires),
};

const mostFilters = 30;
const backupsOnPage = 50;

/** The operations on backups. */
export const backupOperations = {
  DescribeBackups: operation(
    {
      Filters: v.optional(namedLists(mostFilters), {}),
      SortAscending: v.optional(truth(), false),
      Shared: v.optional(truth(), false),
      ...paging(backupsOnPage),
    },
    "reads",
    async ({ Filters: filters, SortAscending: ascending, Shared: shared, ...page }, { plane, region: here }) => {
      const truths = filters.flatMap(([name, values]) => (name === "neverExpires" ? values : []));
      if (truths.some((value) => value !== "true" && value !== "false")) {
        throw new Refusal("CloudHsmInvalidRequestException", "Filters.neverExpires must be true or false.");
      }
      // No other account could have shared one.
      const all = filtered(shared ? [] : await plane.backups(), filters, backupFilters);
      const question = ["DescribeBackups", here, filters, ascending, shared];
      const { items, NextToken } = pageOf(ascending ? all : all.toReversed(), page, {
        usual: backupsOnPage,
        question,
        nameOf: ({ id: name }) => name,
      });
      return { Backups: items.map(backupShape), NextToken };
    },
  ),

  CopyBackupToRegion: operation(
    { DestinationRegion: region, BackupId: id, TagList: v.optional(tags(0)) },
    "changes",
    async ({ DestinationRegion: destination, BackupId: backup, TagList: tagged }, { plane }) => {
      const copy = await plane.copyBackup(backup, destination, tagged);
      return {
        DestinationBackup: {
          CreateTimestamp: timestamp(copy.created),
          SourceRegion: copy.sourceRegion,
          SourceBackup: copy.sourceBackup,
          SourceCluster: copy.sourceCluster,
        },
      };
    },
  ),

  DeleteBackup: operation({ BackupId: id }, "changes", async ({ BackupId: backup }, { plane }) => ({
    Backup: backupShape(await plane.deleteBackup(backup)),
  })),

  RestoreBackup: operation({ BackupId: id }, "changes", async ({ BackupId: backup }, { plane }) => ({
    Backup: backupShape(await plane.restoreBackup(backup)),
  })),

  ModifyBackupAttributes: operation(
    { BackupId: id, NeverExpires: truth() },
    "changes",
    async ({ BackupId: backup, NeverExpires: never }, { plane }) => ({
      Backup: backupShape(await plane.keepForever(backup, never)),
    }),
  ),
} as const satisfies Readonly<Record<string, Operation>>;

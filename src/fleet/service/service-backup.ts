import type { HsmType, Mode, Tag } from "./service-cluster.ts";

/** The states of a backup, as the API's model has them. */
export type BackupState = "CREATE_IN_PROGRESS" | "READY" | "DELETED" | "PENDING_DELETION";

/** A backup as the service shows it. Times are in milliseconds since 1970. */
export interface ServiceBackup {
  readonly id: string;
  readonly arn: string;
  readonly state: BackupState;
  readonly clusterId: string;
  readonly created: number;
  readonly copied?: number;
  readonly neverExpires: boolean;
  /** Where a copy comes from. */
  readonly sourceRegion?: string;
  readonly sourceBackup?: string;
  readonly sourceCluster?: string;
  /** When it is gone for good. */
  readonly deletion?: number;
  readonly tags: readonly Tag[];
  readonly hsmType: HsmType;
  readonly mode?: Mode;
}

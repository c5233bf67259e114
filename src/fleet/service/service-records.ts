import { Collection } from "../../simulator/records/collection.ts";
import type { Home } from "../../store/home.ts";
import type { Snapshot, Transaction } from "../../store/store.ts";
import type { HsmType, Mode, NetworkType, Tag } from "./service-cluster.ts";

/** A subnet of a cluster. */
export interface Subnet {
  readonly zone: string;
  readonly subnetId: string;
  /** What the addresses there begin with: `10.1.2`. */
  readonly network: string;
}

/** What the HSMs of a cluster do not know of it. Times are in milliseconds since 1970. */
export interface ClusterRecord {
  readonly region: string;
  readonly created: number;
  readonly hsmType: HsmType;
  readonly mode?: Mode;
  readonly networkType: NetworkType;
  readonly retentionDays: number;
  readonly subnets: readonly Subnet[];
  readonly tags: readonly Tag[];
  /** Whether the service made it, and not a configuration. */
  readonly isMadeHere: boolean;
  readonly sourceBackupId?: string;
  /** The cluster's certificate by its customer: PEM. */
  readonly certificate?: string;
  readonly initialised?: number;
  /** When the service noticed that somebody had activated it. */
  readonly activated?: number;
  /** From when on it is shown as active. */
  readonly shownActive?: number;
  readonly deleted?: number;
}

/** What an HSM does not know of itself. */
export interface HsmRecord {
  readonly clusterId: string;
  readonly zone: string;
  readonly subnetId: string;
  readonly hostname: string;
  readonly port: number;
  readonly created: number;
  /** Whether its creation failed: there is no such HSM. */
  readonly failed?: boolean;
  readonly deleted?: number;
}

/** What a backup does not know of itself. */
export interface BackupRecord {
  readonly region: string;
  readonly neverExpires: boolean;
  readonly tags: readonly Tag[];
  readonly hsmType: HsmType;
  readonly mode?: Mode;
  readonly copied?: number;
  readonly sourceRegion?: string;
  readonly sourceBackup?: string;
  readonly sourceCluster?: string;
  /** When it is gone for good, where somebody deleted it. */
  readonly deletion?: number;
  readonly policy?: string;
  /** Whether somebody took it beside the service, which leaves it alone. */
  readonly isOthers?: boolean;
}

/** Clusters by their ids; one that nobody asked the service to change has none. */
export const clusterRecords = new Collection<string, ClusterRecord>("serviceCluster", {
  region: "string",
  created: "number",
  hsmType: "string",
  networkType: "string",
  retentionDays: "number",
  subnets: "object",
  tags: "object",
  isMadeHere: "boolean",
});

/** HSMs that the service made, by their ids. */
export const hsmRecords = new Collection<string, HsmRecord>("serviceHsm", {
  clusterId: "string",
  zone: "string",
  subnetId: "string",
  hostname: "string",
  port: "number",
  created: "number",
});

/** Backups by their ids; one that the service did not make has none. */
export const backupRecords = new Collection<string, BackupRecord>("serviceBackup", {
  region: "string",
  neverExpires: "boolean",
  tags: "object",
  hsmType: "string",
});

/** All that the service keeps of a home. */
export interface ServiceRecords {
  readonly clusters: ReadonlyMap<string, ClusterRecord>;
  readonly hsms: ReadonlyMap<string, HsmRecord>;
  readonly backups: ReadonlyMap<string, BackupRecord>;
}

/** Reads what the service keeps. Throws StoreError, HsmError for a damaged record. */
export async function recordsOf(home: Home): Promise<ServiceRecords> {
  const none: ServiceRecords = { clusters: new Map(), hsms: new Map(), backups: new Map() };
  return (await (await home.records())?.read(recordsIn)) ?? none;
}

async function recordsIn(snapshot: Snapshot): Promise<ServiceRecords> {
  return {
    clusters: new Map(await clusterRecords.list(snapshot)),
    hsms: new Map(await hsmRecords.list(snapshot)),
    backups: new Map(await backupRecords.list(snapshot)),
  };
}

/** Changes what is kept, in one transaction. To be called under the lock of the home. Throws StoreError. */
export async function changeRecords<T>(home: Home, work: (transaction: Transaction) => Promise<T>): Promise<T> {
  return (await home.keepRecords()).change(work);
}

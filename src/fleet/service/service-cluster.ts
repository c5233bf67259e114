import type { ShownCertificates } from "../../simulator/service-reader.ts";

/** The states of a cluster, as the API's model has them. */
export type ClusterState =
  | "CREATE_IN_PROGRESS"
  | "UNINITIALIZED"
  | "INITIALIZE_IN_PROGRESS"
  | "INITIALIZED"
  | "ACTIVE"
  | "UPDATE_IN_PROGRESS"
  | "MODIFY_IN_PROGRESS"
  | "ROLLBACK_IN_PROGRESS"
  | "DELETE_IN_PROGRESS"
  | "DELETED"
  | "DEGRADED";

/** The states of an HSM, as the API's model has them. */
export type HsmState = "CREATE_IN_PROGRESS" | "ACTIVE" | "DEGRADED" | "DELETE_IN_PROGRESS" | "DELETED";

/** What HSMs a cluster has. */
export type HsmType = "hsm1.medium" | "hsm2m.medium";

/** Whether a cluster takes algorithms that FIPS approves only. */
export type Mode = "FIPS" | "NON_FIPS";

/** Which addresses HSMs get. */
export type NetworkType = "IPV4" | "DUALSTACK";

/** A word that somebody put on a cluster or a backup. */
export interface Tag {
  readonly key: string;
  readonly value: string;
}

/** An HSM as the service shows it. */
export interface ServiceHsm {
  readonly id: string;
  readonly clusterId: string;
  readonly zone: string;
  readonly subnetId: string;
  /** Absent until it is ACTIVE. */
  readonly eniId?: string;
  readonly eniIp?: string;
  readonly hsmType: HsmType;
  readonly state: HsmState;
  readonly stateMessage?: string;
}

/** A cluster as the service shows it. */
export interface ServiceCluster {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly retentionDays: number;
  readonly hsms: readonly ServiceHsm[];
  readonly hsmType: HsmType;
  readonly mode?: Mode;
  readonly networkType: NetworkType;
  readonly sourceBackupId?: string;
  readonly state: ClusterState;
  readonly stateMessage?: string;
  /** In the order of the request. */
  readonly subnets: readonly { readonly zone: string; readonly subnetId: string }[];
  readonly vpcId: string;
  /** Absent until it is made. */
  readonly securityGroup?: string;
  readonly certificates: ShownCertificates;
  readonly tags: readonly Tag[];
}

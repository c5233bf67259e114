import type { ServiceBackup } from "../../fleet/service/service-backup.ts";
import type { ServiceCluster, ServiceHsm, Tag } from "../../fleet/service/service-cluster.ts";

// The structures of answers, as the service's model has them. What is undefined is not sent.

/** A time as clients read it: seconds since 1970 with a fraction. */
export function timestamp(milliseconds: number): number {
  return milliseconds / 1000;
}

/** Tags, as answers list them. */
export function tagList(tags: readonly Tag[]): readonly object[] {
  return tags.map(({ key, value }) => ({ Key: key, Value: value }));
}

/** A Cluster of the model. */
export function clusterShape(cluster: ServiceCluster): object {
  const { certificates } = cluster;
  return {
    BackupPolicy: "DEFAULT",
    BackupRetentionPolicy: { Type: "DAYS", Value: String(cluster.retentionDays) },
    ClusterId: cluster.id,
    CreateTimestamp: timestamp(cluster.created),
    Hsms: cluster.hsms.map(hsmShape),
    HsmType: cluster.hsmType,
    SecurityGroup: cluster.securityGroup,
    SourceBackupId: cluster.sourceBackupId,
    State: cluster.state,
    StateMessage: cluster.stateMessage,
    SubnetMapping: Object.fromEntries(cluster.subnets.map(({ zone, subnetId }) => [zone, subnetId])),
    VpcId: cluster.vpcId,
    NetworkType: cluster.networkType,
    Certificates: {
      ClusterCsr: certificates.clusterCsr,
      HsmCertificate: certificates.hsmCertificate,
      AwsHardwareCertificate: certificates.awsHardwareCertificate,
      ManufacturerHardwareCertificate: certificates.manufacturerHardwareCertificate,
      ClusterCertificate: certificates.clusterCertificate,
    },
    TagList: tagList(cluster.tags),
    Mode: cluster.mode,
  };
}

/** An Hsm of the model. */
export function hsmShape(hsm: ServiceHsm): object {
  return {
    AvailabilityZone: hsm.zone,
    ClusterId: hsm.clusterId,
    SubnetId: hsm.subnetId,
    EniId: hsm.eniId,
    EniIp: hsm.eniIp,
    HsmId: hsm.id,
    HsmType: hsm.hsmType,
    State: hsm.state,
    StateMessage: hsm.stateMessage,
  };
}

/** A Backup of the model. */
export function backupShape(backup: ServiceBackup): object {
  const { copied, deletion } = backup;
  return {
    BackupId: backup.id,
    BackupArn: backup.arn,
    BackupState: backup.state,
    ClusterId: backup.clusterId,
    CreateTimestamp: timestamp(backup.created),
    CopyTimestamp: copied === undefined ? undefined : timestamp(copied),
    NeverExpires: backup.neverExpires,
    SourceRegion: backup.sourceRegion,
    SourceBackup: backup.sourceBackup,
    SourceCluster: backup.sourceCluster,
    DeleteTimestamp: deletion === undefined ? undefined : timestamp(deletion),
    TagList: tagList(backup.tags),
    HsmType: backup.hsmType,
    Mode: backup.mode,
  };
}

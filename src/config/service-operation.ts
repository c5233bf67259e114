/** The operations of AWS CloudHSM's own API, by which clusters, HSMs and backups come and go (API Reference, "Actions"). */
export const serviceOperations = [
  "CopyBackupToRegion",
  "CreateCluster",
  "CreateHsm",
  "DeleteBackup",
  "DeleteCluster",
  "DeleteHsm",
  "DeleteResourcePolicy",
  "DescribeBackups",
  "DescribeClusters",
  "GetResourcePolicy",
  "InitializeCluster",
  "ListTags",
  "ModifyBackupAttributes",
  "ModifyCluster",
  "PutResourcePolicy",
  "RestoreBackup",
  "TagResource",
  "UntagResource",
] as const;

/** One of {@link serviceOperations}. */
export type ServiceOperation = (typeof serviceOperations)[number];

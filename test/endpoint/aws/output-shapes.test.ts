import { describe, expect, test } from "vitest";
import { type Listed, backup, cluster, listedService } from "../../harness/listed-plane.ts";

const [c, b] = [cluster.id, backup.id];

describe("what is told of a cluster and a backup", () => {
  const told = async (operation: string, listed: Listed): Promise<unknown> =>
    JSON.parse(JSON.stringify(await listedService(listed).call(operation)));

  test("all members of a cluster", async () => {
    const hsm = {
      id: "hsm-a",
      clusterId: c,
      zone: "us-east-1a",
      subnetId: "subnet-0a1b2c3d",
      hsmType: "hsm1.medium",
    } as const;
    const full = {
      ...cluster,
      hsms: [
        { ...hsm, eniId: "eni-5d7ade72", eniIp: "10.0.1.12", state: "ACTIVE" },
        { ...hsm, id: "hsm-b", state: "DEGRADED", stateMessage: "HSM creation failed." },
      ],
      mode: "FIPS",
      sourceBackupId: b,
      stateMessage: "so",
      securityGroup: "sg-6cb2c216",
      subnets: [
        { zone: "us-east-1b", subnetId: "subnet-2" },
        { zone: "us-east-1a", subnetId: "subnet-1" },
      ],
      certificates: {
        clusterCsr: "1",
        hsmCertificate: "2",
        awsHardwareCertificate: "3",
        manufacturerHardwareCertificate: "4",
        clusterCertificate: "5",
      },
      tags: [{ key: "a", value: "b" }],
    } as const;
    const answer = await told("DescribeClusters", { clusters: [full, cluster] });
    expect(answer).toEqual({
      Clusters: [
        {
          BackupPolicy: "DEFAULT",
          BackupRetentionPolicy: { Type: "DAYS", Value: "90" },
          ClusterId: c,
          CreateTimestamp: 1_502_423_370.069,
          Hsms: [
            {
              AvailabilityZone: "us-east-1a",
              ClusterId: c,
              SubnetId: "subnet-0a1b2c3d",
              EniId: "eni-5d7ade72",
              EniIp: "10.0.1.12",
              HsmId: "hsm-a",
              HsmType: "hsm1.medium",
              State: "ACTIVE",
            },
            {
              AvailabilityZone: "us-east-1a",
              ClusterId: c,
              SubnetId: "subnet-0a1b2c3d",
              HsmId: "hsm-b",
              HsmType: "hsm1.medium",
              State: "DEGRADED",
              StateMessage: "HSM creation failed.",
            },
          ],
          HsmType: "hsm1.medium",
          SecurityGroup: "sg-6cb2c216",
          SourceBackupId: b,
          State: "ACTIVE",
          StateMessage: "so",
          SubnetMapping: { "us-east-1b": "subnet-2", "us-east-1a": "subnet-1" },
          VpcId: "vpc-50ae0636",
          NetworkType: "IPV4",
          Certificates: {
            ClusterCsr: "1",
            HsmCertificate: "2",
            AwsHardwareCertificate: "3",
            ManufacturerHardwareCertificate: "4",
            ClusterCertificate: "5",
          },
          TagList: [{ Key: "a", Value: "b" }],
          Mode: "FIPS",
        },
        expect.objectContaining({ Hsms: [], Certificates: {}, TagList: [] }),
      ],
    });
    const [{ SubnetMapping } = { SubnetMapping: {} }] = (
      answer as { readonly Clusters: readonly { readonly SubnetMapping: object }[] }
    ).Clusters;
    expect(Object.keys(SubnetMapping)).toEqual(["us-east-1b", "us-east-1a"]);
  });

  test("all members of a backup", async () => {
    const copy = {
      ...backup,
      copied: 1_534_461_855_000,
      sourceRegion: "us-east-1",
      sourceBackup: "backup-a",
      sourceCluster: c,
      deletion: 1_536_339_805_522,
      mode: "FIPS",
      tags: [{ key: "a", value: "b" }],
    } as const;
    expect(await told("DescribeBackups", { backups: [copy] })).toEqual({
      Backups: [
        {
          BackupId: b,
          BackupArn: backup.arn,
          BackupState: "READY",
          ClusterId: c,
          CreateTimestamp: 1_534_461_854.64,
          CopyTimestamp: 1_534_461_855,
          NeverExpires: false,
          SourceRegion: "us-east-1",
          SourceBackup: "backup-a",
          SourceCluster: c,
          DeleteTimestamp: 1_536_339_805.522,
          TagList: [{ Key: "a", Value: "b" }],
          HsmType: "hsm1.medium",
          Mode: "FIPS",
        },
      ],
    });
  });
});

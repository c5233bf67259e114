import { expect, test } from "vitest";
import { backup, cluster, listedService, refusalOf } from "../../harness/listed-plane.ts";

const [c, b] = [cluster.id, backup.id];
const subnets = ["subnet-0a1b2c3d", "subnet-0123456789abcdef0"];
const pem = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";

const hsm1 = { HsmType: "hsm1.medium", SubnetIds: subnets };
const refused: readonly (readonly [operation: string, input: object, words: string])[] = [
  [
    "CreateCluster",
    { ...hsm1, HsmType: "banana" },
    "Provided HsmType is not supported. It must be hsm1.medium or hsm2m.medium.",
  ],
  ["CreateCluster", { ...hsm1, Mode: "fips" }, "Mode must be FIPS or NON_FIPS"],
  ["CreateCluster", { ...hsm1, NetworkType: "IPV6" }, "NetworkType must be IPV4 or DUALSTACK"],
  ["CreateCluster", { ...hsm1, SubnetIds: [] }, "SubnetIds must list 1 to 10"],
  ["CreateCluster", { ...hsm1, SubnetIds: Array(11).fill("subnet-0a1b2c3d") }, "SubnetIds must list 1 to 10"],
  ["CreateCluster", { ...hsm1, SubnetIds: ["subnet-0a1b2c3d", "nonsense"] }, "SubnetIds[1] must be subnet-"],
  [
    "CreateCluster",
    { ...hsm1, BackupRetentionPolicy: { Type: "DAYS", Value: "6" } },
    "BackupRetentionPolicy.Value must be 7 to 379 days",
  ],
  ["CreateCluster", { ...hsm1, BackupRetentionPolicy: { Type: "DAYS", Value: "380" } }, "7 to 379"],
  ["CreateCluster", { ...hsm1, BackupRetentionPolicy: { Type: "DAYS", Value: "seven" } }, "7 to 379"],
  [
    "CreateCluster",
    { ...hsm1, BackupRetentionPolicy: { Type: "WEEKS", Value: "7" } },
    "BackupRetentionPolicy.Type must be DAYS",
  ],
  ["CreateCluster", { ...hsm1, TagList: [{ Key: "a" }] }, "TagList[0].Value is missing"],
  ["CreateCluster", { ...hsm1, TagList: [{ Key: "a", Value: "é<" }] }, "TagList[0].Value must be"],
  ["ModifyCluster", { ClusterId: c, HsmType: "hsm3" }, "Provided HsmType is not supported."],
  [
    "InitializeCluster",
    { ClusterId: c, SignedCert: pem, TrustAnchor: "a".repeat(20_001) },
    "TrustAnchor must be a certificate",
  ],
  ["InitializeCluster", { ClusterId: c, SignedCert: "ü", TrustAnchor: pem }, "SignedCert must be a certificate"],
  ["CreateHsm", { ClusterId: c, AvailabilityZone: "mars-1a" }, "AvailabilityZone must be"],
  ["CreateHsm", { ClusterId: c, AvailabilityZone: "us-east-1a", IpAddress: "10.0.1.256" }, "IpAddress must be"],
  ["CreateHsm", { ClusterId: c, AvailabilityZone: "us-east-1a", IpAddress: "10.0.1" }, "IpAddress must be"],
  ["CreateHsm", { ClusterId: "a b", AvailabilityZone: "us-east-1a" }, "ClusterId must be an id"],
  ["DeleteHsm", { ClusterId: c }, "Exactly one"],
  ["DeleteHsm", { ClusterId: c, HsmId: "hsm-a", EniIp: "10.0.1.12" }, "Exactly one"],
  ["DescribeClusters", { MaxResults: 26 }, "MaxResults must be a whole number from 1 to 25"],
  ["DescribeClusters", { MaxResults: 0 }, "MaxResults"],
  ["DescribeClusters", { NextToken: "a".repeat(257) }, "NextToken must be at most 256"],
  ["DescribeClusters", { NextToken: "foreign" }, "NextToken is of no answer"],
  [
    "DescribeClusters",
    { Filters: { clusterId: [c] } },
    'Filters has the name "clusterId", which is none of clusterIds, vpcIds, states.',
  ],
  ["DescribeClusters", { Filters: { toString: [c] } }, "toString"],
  ["DescribeClusters", { Filters: JSON.parse(`{ "__proto__": ["${c}"] }`) as object }, "__proto__"],
  [
    "DescribeClusters",
    { Filters: Object.fromEntries(Array.from({ length: 31 }, (_, at) => [`n${String(at)}`, []])) },
    "at most 30",
  ],
  ["DescribeBackups", { MaxResults: 51 }, "1 to 50"],
  ["DescribeBackups", { Filters: { vpcIds: [] } }, "backupIds, sourceBackupIds, clusterIds, states, neverExpires"],
  ["DescribeBackups", { Filters: { neverExpires: ["yes"] } }, "true or false"],
  ["CopyBackupToRegion", { BackupId: b, DestinationRegion: "mars" }, "DestinationRegion must be a region"],
  ["TagResource", { ResourceId: c, TagList: [] }, "TagList must list 1 to 50"],
  ["CreateCluster", { ...hsm1, TagList: Array(51).fill({ Key: "a", Value: "" }) }, "TagList must list at most 50."],
  ["TagResource", { ResourceId: c, TagList: [{ Key: "AWS:a", Value: "" }] }, "TagList[0].Key must not begin with aws:"],
  ["UntagResource", { ResourceId: c, TagKeyList: [""] }, "TagKeyList[0] must be"],
  ["ListTags", { ResourceId: c, MaxResults: 101 }, "1 to 100"],
  ["PutResourcePolicy", { ResourceArn: b, Policy: "{}" }, "ResourceArn must be the BackupArn"],
  ["PutResourcePolicy", { ResourceArn: backup.arn, Policy: "" }, "Policy must be"],
];

test.each(refused)("%s refuses %j", async (operation, input, words) => {
  const { call, asked } = listedService({});
  const refusal = await refusalOf(call(operation, input));
  expect(refusal).toEqual({
    type: "CloudHsmInvalidRequestException",
    message: expect.stringContaining(words) as string,
  });
  expect(refusal).toMatchObject({ message: expect.stringMatching(/^[A-Z][^]*\.$/) as string });
  expect(asked.filter(([name]) => name !== "clusters" && name !== "backups")).toEqual([]);
});

const wrongTypes = [
  [
    "CreateCluster",
    { ...hsm1, BackupRetentionPolicy: { Type: "DAYS", Value: 90 } },
    "BackupRetentionPolicy.Value must be of another type: a text.",
  ],
  ["CreateCluster", { ...hsm1, SubnetIds: subnets[0] }, "SubnetIds must be of another type: a list."],
  [
    "ModifyBackupAttributes",
    { BackupId: b, NeverExpires: "true" },
    "NeverExpires must be of another type: true or false.",
  ],
  ["DescribeClusters", { MaxResults: "5" }, "MaxResults must be of another type: a number."],
  ["DescribeClusters", { Filters: { clusterIds: c } }, "Filters.clusterIds must be of another type: a list."],
  ["DescribeClusters", { Filters: [] }, "Filters must be of another type: an object."],
  ["DescribeClusters", { Filters: { clusterIds: [1] } }, "Filters.clusterIds[0] must be of another type: a text."],
  [
    "CreateCluster",
    { ...hsm1, BackupRetentionPolicy: [] },
    "BackupRetentionPolicy must be of another type: an object.",
  ],
  ["TagResource", { ResourceId: c, TagList: [[]] }, "TagList[0] must be of another type: an object."],
] as const;

test.each(wrongTypes)("%s cannot read %j", async (operation, input, message) => {
  expect(await refusalOf(listedService({}).call(operation, input))).toEqual({
    type: "SerializationException",
    message,
  });
});

test.each(["describeClusters", "toString", "__proto__", ""])("there is no operation %j", async (name) => {
  expect(await refusalOf(listedService({}).call(name))).toMatchObject({ type: "UnknownOperationException" });
});

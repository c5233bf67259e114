import { spawn } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isMissing } from "../harness/debian.ts";
import { temporaryFolder } from "../harness/program.ts";
import { startServing } from "../harness/serving.ts";

/** Calls every operation that the SDK has, with what an operator would give, and prints what it made of the answers. */
const script = `
import datetime, json, sys
import boto3
from botocore.config import Config

config = Config(retries={"total_max_attempts": 1}, region_name="us-east-1", parameter_validation=False)
client = boto3.Session(aws_access_key_id="test", aws_secret_access_key="test").client("cloudhsmv2", endpoint_url=sys.argv[1], config=config)
told = {}

cluster = client.create_cluster(HsmType="hsm1.medium", SubnetIds=["subnet-49a1bc00", "subnet-6f950334"], TagList=[{"Key": "a", "Value": "b"}])["Cluster"]
told["created"] = cluster["CreateTimestamp"].__class__.__name__, abs(cluster["CreateTimestamp"].timestamp() - datetime.datetime.now().timestamp()) < 600
id = cluster["ClusterId"]
client.create_hsm(ClusterId=id, AvailabilityZone="us-east-1a")
[shown] = client.describe_clusters(Filters={"clusterIds": [id]})["Clusters"]
told["shown"] = shown["State"], [hsm["State"] for hsm in shown["Hsms"]], list(shown["SubnetMapping"]), sorted(shown["Certificates"])
told["modified"] = client.modify_cluster(ClusterId=id, BackupRetentionPolicy={"Type": "DAYS", "Value": "7"})["Cluster"]["BackupRetentionPolicy"]
client.tag_resource(ResourceId=id, TagList=[{"Key": "c", "Value": "d"}])
client.untag_resource(ResourceId=id, TagKeyList=["a", "never"])
told["tags"] = client.list_tags(ResourceId=id)["TagList"]
told["backups"] = client.describe_backups()["Backups"]
for _ in range(2):
    client.create_cluster(HsmType="hsm1.medium", SubnetIds=["subnet-49a1bc00"])
pages = list(client.get_paginator("describe_clusters").paginate(PaginationConfig={"PageSize": 2}))
told["pages"] = [len(page["Clusters"]) for page in pages]

def refused(name, **given):
    try:
        getattr(client, name)(**given)
        return "done"
    except client.exceptions.CloudHsmResourceNotFoundException as error:
        return "not found", error.response["Error"]["Message"], error.response["ResponseMetadata"]["HTTPStatusCode"]
    except client.exceptions.CloudHsmInvalidRequestException as error:
        return "invalid", error.response["Error"]["Message"], len(error.response["ResponseMetadata"]["RequestId"])

told["refused"] = {
    "no such cluster": refused("delete_cluster", ClusterId="cluster-22222222222"),
    "with an HSM": refused("delete_cluster", ClusterId=id)[0],
    "no such backup": refused("restore_backup", BackupId="backup-22222222222")[0],
    "too many": refused("describe_clusters", MaxResults=26),
    "no certificate": refused("initialize_cluster", ClusterId=id, SignedCert="a", TrustAnchor="b")[0],
}
told["deleted"] = client.delete_hsm(ClusterId=id, HsmId=shown["Hsms"][0]["HsmId"])["HsmId"] == shown["Hsms"][0]["HsmId"]
told["gone"] = client.delete_cluster(ClusterId=id)["Cluster"]["State"], len(client.describe_clusters(Filters={"clusterIds": [id]})["Clusters"])
print(json.dumps(told))
`;

/** What a program prints. Rejects where it fails. */
function run(command: string, words: readonly string[], input: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, AWS_EC2_METADATA_DISABLED: "true", AWS_CONFIG_FILE: "/nonexistent" };
    const child = spawn(command, words, { env, stdio: "pipe" });
    let [output, complaints] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (complaints += text));
    child.on("error", reject).on("close", (status) => {
      if (status === 0) resolve(output);
      else reject(new Error(complaints));
    });
    child.stdin.end(input);
  });
}

describe.skipIf(isMissing("python3", "boto3"))("boto3", () => {
  test("reads every answer, and gives refusals as the exceptions of the model", async () => {
    const serving = await startServing(join(temporaryFolder(), "home"), ["--no-board"]);
    const told: unknown = JSON.parse(await run("/usr/bin/python3", ["-", serving.url], script));
    expect(told).toEqual({
      created: ["datetime", true],
      shown: [
        "UNINITIALIZED",
        ["ACTIVE"],
        ["us-east-1a", "us-east-1b"],
        ["AwsHardwareCertificate", "ClusterCsr", "HsmCertificate", "ManufacturerHardwareCertificate"],
      ],
      modified: { Type: "DAYS", Value: "7" },
      tags: [{ Key: "c", Value: "d" }],
      backups: [],
      pages: [2, 1],
      refused: {
        "no such cluster": ["not found", "Cluster cluster-22222222222 was not found.", 400],
        "with an HSM": "invalid",
        "no such backup": "not found",
        "too many": ["invalid", "MaxResults must be a whole number from 1 to 25.", 36],
        "no certificate": "invalid",
      },
      deleted: true,
      gone: ["DELETE_IN_PROGRESS", 0],
    });
  });
});

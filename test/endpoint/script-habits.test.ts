import { spawn } from "node:child_process";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import { keepBackup } from "../../src/fleet/backups.ts";
import { MemoryHome } from "../../src/store/memory/memory-home.ts";
import { MemoryPlace } from "../../src/store/memory/memory-place.ts";
import { activeCluster, clusterId } from "../harness/active-cluster.ts";
import { createIn } from "../harness/created-home.ts";
import { isMissing } from "../harness/debian.ts";
import { changeOf } from "../harness/fleet-change.ts";
import { shipped } from "../harness/program.ts";
import { callOf, serveHome } from "../harness/served-home.ts";

/** Milliseconds for which each transition is shown. */
const delay = 500;
const create = { HsmType: "hsm1.medium", SubnetIds: ["subnet-6f950334", "subnet-49a1bc00"] };

/** A home with an active cluster $ID of two HSMs and its backup $BACKUP, and a cluster $NEW without HSMs, served to what a bash runs. */
async function answerOf(script: string): Promise<string> {
  const place = new MemoryPlace();
  await createIn(new MemoryHome(place), activeCluster);
  const { id: BACKUP } = await keepBackup(clusterId, changeOf(new MemoryHome(place)));
  const served = serveHome(() => new MemoryHome(place));
  const { body } = await callOf(served, "CreateCluster", create);
  const { ClusterId: NEW } = body["Cluster"] as { readonly ClusterId: string };
  const slow = serveHome(() => new MemoryHome(place), { delay });
  for (const { server } of [served, slow]) await server.listen({ host: "127.0.0.1", port: 0 });
  const urlOf = ({ server }: typeof served): string =>
    `http://127.0.0.1:${String((server.server.address() as AddressInfo).port)}`;
  const env = {
    ...{ PATH: `/usr/bin:${process.env["PATH"] ?? ""}`, HOME: "/nonexistent", AWS_DEFAULT_REGION: "us-east-1" },
    ...{ AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", AWS_EC2_METADATA_DISABLED: "true", AWS_PAGER: "" },
    ...{ URL: urlOf(served), SLOW: urlOf(slow), ID: clusterId, NEW, BACKUP, CFG: shipped("cloudhsm_mgmt_util.cfg") },
  };
  return run(`aws() { command aws --endpoint-url "$URL" "$@"; }\n${script}`, env);
}

/** What a script prints on both its outputs. */
function run(script: string, env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn("bash", ["-c", script], { env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (part: Buffer) => (output += part.toString()));
    child.on("error", reject).on("close", () => {
      resolve(output.trim());
    });
  });
}

/** What public scripts do with the answers, and what they get. */
const habits: readonly (readonly [habit: string, script: string, answer: string | RegExp])[] = [
  [
    "all addresses, by jq",
    `aws cloudhsmv2 describe-clusters | jq -r '.Clusters[].Hsms[].EniIp' | sort`,
    "10.0.2.9\n10.0.3.11",
  ],
  [
    "all addresses on one line, between tabs",
    `aws cloudhsmv2 describe-clusters --query 'Clusters[].Hsms[].EniIp' --output text`,
    /^10\.0\.(2\.9\t10\.0\.3\.11|3\.11\t10\.0\.2\.9)$/,
  ],
  [
    "the first address of a cluster",
    `aws cloudhsmv2 describe-clusters --filters clusterIds=$ID --query 'Clusters[0].Hsms[0].EniIp' --output text`,
    /^10\.0\.(2\.9|3\.11)$/,
  ],
  [
    "None where it has no HSM",
    `aws cloudhsmv2 describe-clusters --filters clusterIds=$NEW --query 'Clusters[0].Hsms[0].EniIp' --output text`,
    "None",
  ],
  [
    "how many HSMs are active",
    `aws cloudhsmv2 describe-clusters --filters clusterIds=$ID --query "Clusters[0].Hsms[?State=='ACTIVE'] | length(@)" --output text`,
    "2",
  ],
  [
    "how many HSMs are active, again and again until there are enough",
    `URL=$SLOW; aws cloudhsmv2 create-hsm --cluster-id $ID --availability-zone us-east-1a --query Hsm.[State,EniIp] --output text
     active() { aws cloudhsmv2 describe-clusters --filters clusterIds=$ID --query "Clusters[0].Hsms[?State=='ACTIVE'] | length(@)" --output text; }
     until [ "$(active)" -ge 3 ]; do sleep 0.1; done; active`,
    "CREATE_IN_PROGRESS\tNone\n3",
  ],
  [
    "the state, again and again until it is ACTIVE",
    `URL=$SLOW; CREATED=$(aws cloudhsmv2 create-cluster --hsm-type hsm1.medium --subnet-ids subnet-fd54af9b --source-backup-id $BACKUP)
     CLONE=$(jq -r .Cluster.ClusterId <<<"$CREATED"); jq -r .Cluster.State <<<"$CREATED"
     state() { aws cloudhsmv2 describe-clusters --filters "clusterIds=$CLONE" --query 'Clusters[0].State' --output text; }
     until [ "$(state)" = ACTIVE ]; do sleep 0.1; done; state`,
    "CREATE_IN_PROGRESS\nACTIVE",
  ],
  [
    "the cluster that is to be initialized",
    `[ "$(aws cloudhsmv2 describe-clusters --filters=states=UNINITIALIZED | jq -e -r '.Clusters[0].ClusterId')" = "$NEW" ]; echo $?
     aws cloudhsmv2 describe-clusters --filters=states=UNINITIALIZED | jq '.Clusters | length'`,
    "0\n1",
  ],
  [
    "that there is none to be initialized",
    `aws cloudhsmv2 describe-clusters --filters=states=DEGRADED | jq -e -r '.Clusters[0].ClusterId'; echo $?`,
    "null\n1",
  ],
  [
    "INITIALIZED or ACTIVE, which UNINITIALIZED has in it, too",
    `for each in $NEW $ID; do aws cloudhsmv2 describe-clusters --filters clusterIds=$each --query 'Clusters[0].State' | grep -E 'INITIALIZED|ACTIVE'; done`,
    '"UNINITIALIZED"\n"ACTIVE"',
  ],
  [
    "the first zone and its subnet, in the order of the request",
    `aws cloudhsmv2 describe-clusters --filters clusterIds=$NEW | jq -r '.Clusters[0].SubnetMapping | keys_unsorted[0] as $zone | $zone, .[$zone]'`,
    "us-east-1a\nsubnet-6f950334",
  ],
  [
    "all servers of a configuration, made from its first one",
    `jq -c --argjson ips "$(aws cloudhsmv2 describe-clusters --filters clusterIds=$ID --query 'Clusters[0].Hsms[].EniIp')" '.servers = [.servers[0] as $s | $ips[] | $s + {hostname: ., name: .}] | [.servers[] | [.hostname, .name, .port]] | sort | .[]' $CFG`,
    '["10.0.2.9","10.0.2.9",2225]\n["10.0.3.11","10.0.3.11",2225]',
  ],
  [
    "a second server, a copy of the first",
    `IP=$(aws cloudhsmv2 describe-clusters --filters clusterIds=$ID | jq -r '[.Clusters[0].Hsms[].EniIp] | sort | .[1]')
     jq -c --arg ip "$IP" '.servers[:1] + [.servers[0] + {hostname: $ip, name: $ip}] | map([.hostname, .name, .port, .enable])[1]' $CFG`,
    '["10.0.3.11","10.0.3.11",2225,"yes"]',
  ],
];

describe.skipIf(isMissing("aws", "jq"))("scripts get", () => {
  test.each(habits)("%s", async (_habit, script, answer) => {
    const got = await answerOf(script);
    if (typeof answer === "string") expect(got).toBe(answer);
    else expect(got).toMatch(answer);
  });
});

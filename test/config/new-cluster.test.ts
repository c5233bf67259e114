import { expect, test } from "vitest";
import { newClusterText } from "../../src/config/new-cluster.ts";
import { readYaml } from "../../src/config/yaml-file.ts";
import { aws } from "../../src/simulator/models/aws.ts";

const hsms = Array.from({ length: 3 }, (_, h) => ({ id: `hsm-a${String(h)}`, hostname: `10.20.1.${String(h)}` }));

test.each([
  ["cluster-igklspoyj5v", "eu-west-1"],
  ["cluster-igklspoyj5v", undefined],
  ["123", "true"],
  ["2001-01-01", "null: # x"],
])("a configuration to start from is one: %s in %s", async (id, region) => {
  const configuration = readYaml("new.yaml", newClusterText({ id, region, hsms }), () => aws.limits);
  const [cluster, ...others] = await configuration.clusters();
  expect(others).toEqual([]);
  expect(cluster).toMatchObject({ id, region, users: [{ type: "CO" }, { type: "AU" }, { type: "CU" }] });
  expect(configuration.servers.map(({ hostname, hsm }) => ({ id: hsm?.id, hostname }))).toEqual(hsms);
});

test("what its comments show may be said", async () => {
  const text = newClusterText({ id: "c", region: undefined, hsms });
  const shown = text.replace(/^(\s*)# (?=\s*(?:home:|region:|passwordCost:|keys:|- |hostname:|users:))/gm, "$1");
  expect(shown.match(/^# /gm)).toHaveLength(2);
  const [cluster] = await readYaml("new.yaml", shown.replace("hsm-...", "hsm-b"), () => aws.limits).clusters();
  expect(cluster).toMatchObject({ region: "eu-west-1", passwordCost: 10, keys: [{ label: "payments" }] });
  expect(cluster?.hsms.at(-1)).toMatchObject({ users: [{ name: "officer1" }] });
});

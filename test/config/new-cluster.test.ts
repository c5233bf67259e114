import { expect, test } from "vitest";
import { newClusterText } from "../../src/config/new-cluster.ts";
import { readYaml } from "../../src/config/yaml-file.ts";
import { dialectNames } from "../../src/config/dialect-name.ts";
import { aws } from "../../src/simulator/models/aws.ts";
import { modelOf } from "../../src/simulator/models/models.ts";

const firstLogin = { name: "admin", password: "tenantadmin" };
const ofAws = { dialect: "aws", firstLogin } as const;
const hsms = Array.from({ length: 3 }, (_, h) => ({ id: `hsm-a${String(h)}`, hostname: `10.20.1.${String(h)}` }));

test.each([
  ["cluster-igklspoyj5v", "eu-west-1"],
  ["cluster-igklspoyj5v", undefined],
  ["123", "true"],
  ["2001-01-01", "null: # x"],
])("a configuration to start from is one: %s in %s", async (id, region) => {
  const configuration = readYaml("new.yaml", newClusterText({ ...ofAws, id, region, hsms }), () => aws.limits);
  const [cluster, ...others] = await configuration.clusters();
  expect(others).toEqual([]);
  expect(cluster).toMatchObject({ id, region, users: [{ type: "CO" }, { type: "AU" }, { type: "CU" }] });
  expect(configuration.servers.map(({ hostname, hsm }) => ({ id: hsm?.id, hostname }))).toEqual(hsms);
});

test.each(dialectNames)("what the comments of one for %s show may be said", async (dialect) => {
  const { limits } = modelOf({ model: dialect });
  const text = newClusterText({ dialect, firstLogin, id: "c", region: undefined, hsms: hsms.slice(1) });
  const shown = text.replace(
    /^(\s*)# (?=\s*(?:home:|region:|passwordCost:|keys:|- |hostname:|users:|# These))/gm,
    "$1",
  );
  expect(shown.match(/^# /gm)).toHaveLength(2);
  const configuration = readYaml("new.yaml", shown.replace("hsm-...", "hsm-b"), () => limits);
  expect(configuration.dialect ?? "aws").toBe(dialect);
  const [cluster] = await configuration.clusters();
  expect(cluster).toMatchObject({ region: "eu-west-1", passwordCost: 10, keys: [{ label: "payments" }] });
  expect(cluster?.users).toHaveLength(3);
  expect(cluster?.hsms.at(-1)).toMatchObject({ users: [{ name: "officer1" }] });
});

test.each(["azure", "alibaba"] as const)(
  "one for %s is delivered: nobody is there but the factory's users",
  async (dialect) => {
    const text = newClusterText({ dialect, firstLogin, id: "c", region: undefined, hsms });
    expect(text).toContain("loginHSM PRECO admin tenantadmin");
    const { limits } = modelOf({ model: dialect });
    const [cluster] = await readYaml("new.yaml", text, () => limits).clusters();
    expect(cluster?.users).toBeUndefined();
    const pending = text.replace("# certificates:", "certificates:");
    expect(await readYaml("new.yaml", pending, () => limits).clusters()).toMatchObject([{ certificates: "pending" }]);
  },
);

test("ports and addresses of HSMs are said where a vendor has them", () => {
  const own = [
    { id: "hsm-a", hostname: "hsm1.chsm-a.cloudhsm.azure.net", address: "10.20.2.4" },
    { id: "hsm-b", hostname: "10.20.2.5", port: 2105 },
  ];
  const text = newClusterText({ ...ofAws, id: "c", region: undefined, hsms: own });
  expect(readYaml("new.yaml", text, () => aws.limits).servers).toMatchObject([
    { hostname: "hsm1.chsm-a.cloudhsm.azure.net", address: "10.20.2.4", port: 2225 },
    { hostname: "10.20.2.5", port: 2105 },
  ]);
});

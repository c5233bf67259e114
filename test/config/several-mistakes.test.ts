import { test } from "vitest";
import { expectRefused } from "./refused.ts";

test("all mistakes are told, in the order of the file, and each once", async () => {
  await expectRefused(
    "cluster.yaml",
    [
      "home: ▶''",
      "clusters:",
      "  - id: c",
      "    ▶colour: red",
      "    users:",
      "      - ▶{ id: 1, type: CO, name: admin }",
      "      - { id: 2, type: ▶CUU, name: ▶bo-b, password: ▶secret }",
      "    hsms:",
      "      - { id: hsm-a, hostname: 10.9.0.1, ▶prot: 2225 }",
      "      - { id: hsm-b, hostname: ▶10.9.0.1:2225 }",
      "",
    ].join("\n"),
    "home must name a folder",
    "clusters[0] has an unknown key: known keys are id, region, cloneOf, passwordCost, certificates, e2e, users, keys, minimums, maxKeys, hsms",
    `clusters[0].users[0].password is missing`,
    "clusters[0].users[1].type must be one of PRECO, PCO, CO, CU, AU; case matters",
    "clusters[0].users[1].name must be 1 to 31 letters, digits or underscores",
    "clusters[0].users[1].password must have 7 to 32 characters (characters outside ASCII count as several)",
    "clusters[0].hsms[0] has an unknown key: did you mean port?",
    "clusters[0].hsms[1].hostname must not contain the port: give it under port",
  );
});

test("what the parts mean to each other is told together", async () => {
  await expectRefused(
    "cluster.yaml",
    "clusters:\n  - id: cluster-a\n    hsms: [{ id: hsm-a, hostname: 10.9.0.1 }]\n" +
      "  - id: cluster-b\n    cloneOf: ▶cluster-x\n    hsms: [{ id: hsm-b, hostname: ▶10.9.0.1 }]\n" +
      "  - id: ▶cluster-a\n    hsms: [{ id: ▶hsm-a, hostname: 10.9.0.3 }]\n",
    "clusters[1].cloneOf is not the id of a cluster in this file: add that cluster, or correct the id",
    "clusters[1].hsms[0].hostname and port are also those of another HSM: change one of them",
    "clusters[2].id is also the id of another cluster: change one of them",
    "clusters[2].hsms[0].id is also the id of another HSM: change one of them",
  );
});

test.each([
  [21, "and 1 more mistake"],
  [25, "and 5 more mistakes"],
])("of %i mistakes, 20 are shown", async (count, more) => {
  const lines = Array.from(
    { length: count },
    (_, m) => `      - { id: hsm-${String(m)}, hostname: ${m < 20 ? "▶" : ""}7 }\n`,
  );
  await expectRefused(
    "cluster.yaml",
    `clusters:\n  - id: c\n    hsms:\n${lines.join("")}`,
    ...Array.from({ length: 20 }, (_, m) => `clusters[0].hsms[${String(m)}].hostname must be text: put it in quotes`),
    more,
  );
});

import { expect, test } from "vitest";
import { withCluster, withHsm, withHsmId } from "../../src/config/yaml-edit.ts";
import { readYaml } from "../../src/config/yaml-file.ts";
import { aws } from "../../src/simulator/models/aws.ts";

const fresh = { id: "hsm-new", hostname: "10.9.0.9", port: 2225 };

/** Where a ▶ is, the new HSM of cluster c belongs. */
const forms: readonly (readonly [what: string, marked: string, inserted: string])[] = [
  [
    "a list of lines, with comments",
    "# All of it.\nclusters:\n  - id: c   # ours\n    hsms: # servers\n      - { id: hsm-a,   hostname: h0 } # the first\n▶      # the end\n  - id: d\n    hsms: [{ id: hsm-d, hostname: h1 }]\n",
    "      - { id: hsm-new, hostname: 10.9.0.9 }\n",
  ],
  [
    "an HSM of many lines at the end",
    "clusters:\n- id: c\n  hsms:\n  - id: hsm-a\n    hostname: h0\n    users:\n    - { id: 1, type: CO, name: admin, password: co12345 }\n▶",
    "  - { id: hsm-new, hostname: 10.9.0.9 }\n",
  ],
  [
    "a last line without its end",
    "clusters:\n  - id: c\n    hsms:\n      - { id: hsm-a, hostname: h0 }▶",
    "\n      - { id: hsm-new, hostname: 10.9.0.9 }\n",
  ],
  [
    "a list in brackets",
    "clusters:\n  - { id: c, hsms: [{ id: hsm-a, hostname: h0 }▶, ] }\n",
    ", { id: hsm-new, hostname: 10.9.0.9 }",
  ],
  [
    "lines as Windows ends them",
    "clusters:\r\n  - id: c\r\n    hsms:\r\n      - { id: hsm-a, hostname: h0 }\r\n▶    region: eu\r\n",
    "      - { id: hsm-new, hostname: 10.9.0.9 }\r\n",
  ],
  [
    "JSON",
    '{"clusters": [{"id": "c", "hsms": [{"id": "hsm-a", "hostname": "h0"}▶]}]}',
    ", { id: hsm-new, hostname: 10.9.0.9 }",
  ],
];

test.each(forms)("an HSM is added to %s, and nothing else changes", async (_, marked, inserted) => {
  const before = marked.replace("▶", "");
  const after = withHsm(before, "c", fresh);
  expect(after).toBe(marked.replace("▶", inserted));
  const [cluster] = await readYaml("c.yaml", after ?? "", () => aws.limits).clusters();
  expect(cluster?.hsms.at(-1)).toMatchObject(fresh);
});

test.each([
  ["another cluster", "clusters: [{ id: d, hsms: [{ id: hsm-a, hostname: h0 }] }]\n"],
  ["HSMs that are said elsewhere", "x: &h [{ id: hsm-a, hostname: h0 }]\nclusters: [{ id: c, hsms: *h }]\n"],
  ["what is no YAML", "clusters: [\n"],
  ["an empty text", ""],
])("%s is not edited", (_, text) => {
  expect(withHsm(text, "c", fresh)).toBeUndefined();
});

test("an address that YAML would take for something else is in quotes", () => {
  const text = "clusters: [{ id: c, hsms: [{ id: hsm-a, hostname: h0 }] }]\n";
  const added = withHsm(text, "c", { id: "1e3", hostname: "fe80::1", port: 2226 }) ?? "";
  const { servers } = readYaml("c.yaml", added, () => aws.limits);
  expect(servers[1]).toMatchObject({ hostname: "fe80::1", port: 2226, hsm: { id: "1e3" } });
});

test("a clone is added behind the clusters", async () => {
  const text = "clusters:\n  - id: c\n    hsms:\n      - { id: hsm-a, hostname: h0 }\n# The end.\n";
  const clone = { id: "d", region: "eu-west-1", cloneOf: "c", hsms: [fresh] };
  const after = withCluster(text, clone) ?? "";
  expect(after).toBe(
    text.replace(
      "# The",
      '  - { id: "d", region: eu-west-1, cloneOf: "c", hsms: [{ id: hsm-new, hostname: 10.9.0.9 }] }\n# The',
    ),
  );
  expect((await readYaml("c.yaml", after, () => aws.limits).clusters())[1]).toMatchObject({ id: "d", cloneOf: "c" });
});

test("an HSM gets another id where it is listed, and all else about it stays", () => {
  const text =
    "clusters:\n  - id: c\n    hsms:\n      - id: hsm-a # a\n        hostname: h0\n      - { hostname: h1, id: 'hsm-b' }\n";
  expect(withHsmId(text, "hsm-a", "hsm-new")).toBe(text.replace("hsm-a", "hsm-new"));
  expect(withHsmId(text, "hsm-b", "hsm-new")).toBe(text.replace("'hsm-b'", "hsm-new"));
  expect(withHsmId(text, "hsm-c", "hsm-new")).toBeUndefined();
});

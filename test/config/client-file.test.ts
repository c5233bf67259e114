import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readClientFile } from "../../src/config/client-file.ts";
import { defaultKeyConfiguration } from "../../src/config/home.ts";
import { temporaryFolder } from "../harness/program.ts";

function fileWith(content: string): string {
  const file = join(temporaryFolder(), "cloudhsm_client.cfg");
  writeFileSync(file, content);
  return file;
}

test.each([
  { what: "names its HSM", content: { server: { hostname: "10.0.2.9" } }, minimumNodes: 1 },
  {
    what: "asks for a minimum of nodes",
    content: { client: { create_object_minimum_nodes: 2 }, unknown: 1, server: { port: 2223, hostname: "10.0.2.9" } },
    minimumNodes: 2,
  },
  {
    what: "has a minimum that is none",
    content: { client: { create_object_minimum_nodes: "2" }, server: { hostname: "10.0.2.9" } },
    minimumNodes: 1,
  },
])("a client's file is one that $what", async ({ content, minimumNodes }) => {
  expect(await readClientFile(fileWith(JSON.stringify(content)))).toEqual({ hostname: "10.0.2.9", minimumNodes });
});

test.each([
  { what: "the shell's", content: '{ "servers": [], "server": { "hostname": "10.0.2.9" } }' },
  { what: "one without an HSM", content: '{ "server": { "hostname": "" } }' },
  { what: "a cluster's YAML", content: "clusters: []" },
  { what: "an empty one", content: "" },
])("$what is no client's file", async ({ content }) => {
  expect(await readClientFile(fileWith(content))).toBeUndefined();
});

test("a file that is not there is none, and is told of by who reads it next", async () => {
  expect(await readClientFile(join(temporaryFolder(), "nowhere.cfg"))).toBeUndefined();
});

test("the client's file is taken before the shell's, but not before what the environment names", () => {
  const file = fileWith("{}");
  expect(defaultKeyConfiguration(file, {})).toBe(file);
  expect(defaultKeyConfiguration(file, { CLOUDHSM_CONFIG: "/other.cfg" })).toBe("/other.cfg");
  expect(defaultKeyConfiguration(`${file}.gone`, {})).not.toBe(file);
});

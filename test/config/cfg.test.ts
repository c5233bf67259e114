import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runPiped, shipped, temporaryFolder } from "../harness/program.ts";
import { expectRefused } from "./refused.ts";

const broken = "unexpected text: look for a missing comma, colon, quote or brace before it";
const port = "servers[0].port must be a whole number from 1 to 65535";

test.each([
  ["no servers key", '▶{"scard": {"enable": "no"}}', "servers is missing"],
  ["no servers", '{"servers": ▶[]}', "servers must list at least one server"],
  ["servers that are no list", '{"servers": ▶{}}', "servers must be a list"],
  [
    "a server that is a number",
    '{"servers": [▶1]}',
    "servers[0] must be a group of keys (name, hostname, port, enable, owner_cert_path, e2e_encryption)",
  ],
  ["no hostname", '{\n\t"servers": [\n\t\t▶{"name": "a"}\n\t]\n}', "servers[0].hostname is missing"],
  ["hostname null", '{"servers": [{"hostname": ▶null}]}', "servers[0].hostname has no value: it must be text"],
  [
    "a name that is a number",
    '{"servers": [{"hostname": "h", "name": ▶3}]}',
    "servers[0].name must be text: put it in quotes",
  ],
  ["a port in quotes", '{"servers": [{"hostname": "h", "port": ▶"2225"}]}', `${port}: remove the quotes`],
  ["port 0", '{"servers": [{"hostname": "h", "port": ▶0}]}', port],
  ["a port behind comments", '/* a */ {"servers": [{"hostname": "h", // b\n"port": ▶0}]}', port],
  [
    "half a character",
    '{"servers": [{"hostname": ▶"\\ud800"}]}',
    "servers[0].hostname must be a host name or an address, IPv6 without brackets",
  ],
  ["a comma too few", '{"servers": [{"hostname": "h" ▶"port": 2225}]}', broken],
  [
    "a comma too few between two servers",
    '{\n  "servers": [\n    { "hostname": "h" }\n    ▶{ "hostname": "i" },\n  ]\n}',
    broken,
  ],
  ["a quote too few", '{"servers": [{"hostname": "h▶\n}]}', broken],
  ["an end too few", '{"servers": [{"hostname": "h"}]\n▶', broken],
  [
    "a name of two lines",
    '{"servers": [{"hostname": "h", "name": ▶"a\\nb"}]}',
    "servers[0].name must be one line of at most 200 characters",
  ],
  [
    "a name that turns the line around",
    '{"servers": [{"hostname": "h", "name": ▶"a\u202eb"}]}',
    "servers[0].name must be one line of at most 200 characters",
  ],
  [
    "enable that is neither",
    '{"servers": [{"hostname": "h", "enable": ▶"maybe"}]}',
    'servers[0].enable must be "yes" or "no"',
  ],
  [
    "all servers left out",
    '{"servers": ▶[{"hostname": "h", "enable": "no"}, {"hostname": "i", "enable": false}]}',
    'servers are all disabled: set "enable" of one of them to "yes"',
  ],
  [
    "one server twice",
    '{"servers": [{"hostname": "h"}, {"hostname": ▶"H"}]}',
    "servers[1].hostname and port are also those of another server: remove one of them",
  ],
])("%s", async (_, marked, words) => {
  await expectRefused("cloudhsm_mgmt_util.cfg", marked, words);
});

/** A home in which the HSMs of cluster.yaml live. */
async function livingHome(): Promise<string> {
  const home = temporaryFolder();
  expect(await runPiped({ words: [shipped("cluster.yaml")], home }, "quit\n")).toMatchObject({ status: 0 });
  return home;
}

test("servers have the file's names, and keys that the original does not know are ignored", async () => {
  const home = await livingHome();
  const file = join(home, "any-name.txt");
  // A byte order mark, CRLF, comments and commas behind the last entry.
  const text = [
    "\uFEFF{",
    "  // written by hand",
    '  "scard": { "enable": "no" }, "colour": "red",',
    '  "servers": [',
    '    { "name": "server1", "hostname": "10.0.3.11", "enable": "yes", "url": "http://h/#x", },',
    '    { "hostname": "10.0.2.9", /* the same port */ "port": 2225 },',
    "  ],",
    "}",
  ].join("\r\n");
  writeFileSync(file, text);
  const { status, stdout, stderr } = await runPiped({ words: [file], home }, "quit\n");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain("Connecting to server 'server1': hostname '10.0.3.11', port 2225...\n");
  expect(stdout).toContain("E2E enabled on server 0(server1)\nE2E enabled on server 1(10.0.2.9)\n");
});

test('"enable": "no" leaves a server out, whatever its address is', async () => {
  const home = await livingHome();
  const file = join(home, "some.cfg");
  const servers = [
    { hostname: "10.0.3.11", enable: "no" },
    { hostname: "10.0.9.99", enable: "NO" },
    { hostname: "10.0.9.98", enable: false },
    { hostname: "10.0.3.11", enable: "Yes" },
    { hostname: "10.0.2.9", enable: true },
  ];
  writeFileSync(file, JSON.stringify({ servers }));
  const { status, stdout, stderr } = await runPiped({ words: [file], home }, "quit\n");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout.match(/E2E enabled on .*/g)).toEqual([
    "E2E enabled on server 0(10.0.3.11)",
    "E2E enabled on server 1(10.0.2.9)",
  ]);
});

test("JSON that lists clusters is a cluster model", async () => {
  const home = temporaryFolder();
  const file = join(home, "cluster.json");
  writeFileSync(file, JSON.stringify({ clusters: [{ id: "c", hsms: [{ id: "hsm-a", hostname: "10.9.0.1" }] }] }));
  const { status, stdout } = await runPiped({ words: [file], home }, "quit\n");
  expect(status).toBe(0);
  expect(stdout).toContain("E2E enabled on server 0(10.9.0.1)\n");
});

test("a server that the home does not hold: the original's words, and what mends it", async () => {
  const home = await livingHome();
  const file = join(home, "more.cfg");
  writeFileSync(file, JSON.stringify({ servers: [{ hostname: "10.0.2.9" }, { hostname: "10.0.2.10" }] }));
  const { status, stdout, stderr } = await runPiped({ words: [file], home }, "quit\n");
  expect(status).toBe(1);
  expect(stdout).toMatch(/Connecting to server '10\.0\.2\.10': hostname '10\.0\.2\.10', port 2225\.\.\.\n$/);
  expect(stderr).toBe(
    "Connection to server 10.0.2.10(10.0.2.10) on port 2225 failed:Connection timed out\n" +
      "Connection to one of servers failed, exiting...\n" +
      `There is no simulated HSM at 10.0.2.10:2225 in ${home}: start once with a YAML configuration that describes it, ` +
      "or name the right folder with --home.\n",
  );
});

test.each([
  ["of text", "this is not an HSM"],
  ["cut off in its head", Buffer.from("SQLite format 3\0")],
  ["of another program", Buffer.concat([Buffer.from("SQLite format 3\0"), Buffer.alloc(4080, 1)])],
])("a file %s in the place of an HSM is left alone", async (_, content) => {
  const home = temporaryFolder();
  const foreign = join(home, "h_2225.hsm");
  mkdirSync(home, { recursive: true });
  writeFileSync(foreign, content);
  const file = join(home, "one.cfg");
  writeFileSync(file, JSON.stringify({ servers: [{ hostname: "h" }] }));
  const { status, stderr } = await runPiped({ words: [file], home }, "quit\n");
  expect(status).toBe(1);
  expect(stderr).toContain(`${foreign} is not the file of an HSM: remove it.\n`);
});

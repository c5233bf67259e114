import { spawnSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runFleet } from "../../harness/fleet-program.ts";
import { environmentOf, shipped, temporaryFolder } from "../../harness/program.ts";
import { SqliteHome } from "../../../src/store/sqlite/sqlite-home.ts";
import { ServedHome } from "../../harness/service-home.ts";
import { emptyHome } from "../../harness/three-hsms.ts";

test("before a cluster is initialised, the certificate of its customer's CA is left to the customer", async () => {
  const home = join(temporaryFolder(), "hsms");
  const served = new ServedHome(() => new SqliteHome(home));
  const cluster = await served.created();
  await served.withHsm(cluster);
  const [hsm] = (await served.cluster(cluster)).hsms;
  const prefix = join(temporaryFolder(), "cloudhsm");
  const authority = join(prefix, "etc", "customerCA.crt");
  expect(runFleet(home, ["install", "--prefix", prefix])).toMatchObject({
    status: 0,
    stderr: `cloudhsm-sim: ${authority} is left to you: ${hsm?.eniIp ?? ""} is not initialized\n`,
  });
  expect(existsSync(authority)).toBe(false);
  expect(readFileSync(join(prefix, "etc", "cloudhsm_mgmt_util.cfg"), "utf8")).toContain(hsm?.eniIp);
  writeFileSync(authority, "the customer's own");
  runFleet(home, ["uninstall", "--prefix", prefix]);
  expect(readFileSync(authority, "utf8")).toBe("the customer's own");
}, 60_000);

test("a script with fixed paths runs on what is installed, wherever it is called, until it is uninstalled", () => {
  const start = emptyHome();
  const [config = ""] = start.words;
  // What a shell would take apart.
  const prefix = join(temporaryFolder(), "it's an opt", "cloudhsm");
  const home = join(temporaryFolder(), "HSMs of $USER");
  const installed = runFleet(home, ["install", "--prefix", prefix, "--config", config]);
  expect(installed.status).toBe(0);
  expect(installed.stdout).toContain(`wrote ${prefix}/bin/cloudhsm_mgmt_util\n`);
  const script = join(temporaryFolder(), "rotate.sh");
  writeFileSync(
    script,
    `set -e
util="${prefix}/bin/cloudhsm_mgmt_util"
"$util" "${prefix}/etc/cloudhsm_mgmt_util.cfg" <<EOF
loginHSM CO admin co12345
server 0
getCert got.crt 4
exit
quit
EOF
"${prefix}/bin/key_mgmt_util" singlecmd listUsers > users
"$util" --output json -c listUsers
`,
  );
  const folder = temporaryFolder();
  const env = { ...environmentOf({ words: [], home: "" }), XDG_STATE_HOME: join(folder, "state") };
  const run = spawnSync("/bin/sh", [script], { cwd: folder, env, encoding: "utf8" });
  expect(run).toMatchObject({ status: 0, stderr: "" });
  expect(run.stdout).toContain("Connecting to the server(s)");
  expect(run.stdout).toContain("loginHSM success on server 2(h2)");
  expect(JSON.parse(run.stdout.trimEnd().split("\n").at(-1) ?? "")).toMatchObject({
    servers: [{ hostname: "h0" }, { hostname: "h1" }, { hostname: "h2" }],
  });
  const authority = readFileSync(join(prefix, "etc", "customerCA.crt"), "utf8");
  expect(new X509Certificate(authority).ca).toBe(true);
  expect(readFileSync(join(folder, "got.crt"), "utf8")).toBe(authority);
  expect(readFileSync(join(folder, "users"), "utf8")).toContain("Cfm3ListUsers returned: 0x00");

  const removed = runFleet(home, ["uninstall", "--prefix", prefix, "--json"]);
  expect(JSON.parse(removed.stdout)).toEqual({
    prefix,
    removed: [
      "bin/cloudhsm_mgmt_util",
      "bin/configure",
      "bin/key_mgmt_util",
      "etc/cloudhsm_client.cfg",
      "etc/cloudhsm_mgmt_util.cfg",
      "etc/customerCA.crt",
    ].map((name) => join(prefix, name)),
  });
  expect(existsSync(prefix)).toBe(false);
}, 60_000);

test("the list of servers is in the original's form: that of the bundled file", () => {
  const home = join(temporaryFolder(), "home");
  const prefix = join(temporaryFolder(), "cloudhsm");
  runFleet(home, ["install", "--prefix", prefix, "--config", shipped("cluster.yaml")]);
  const text = readFileSync(join(prefix, "etc", "cloudhsm_mgmt_util.cfg"), "utf8");
  const bundled = readFileSync(shipped("cloudhsm_mgmt_util.cfg"), "utf8");
  expect(text).toBe(bundled.replaceAll("/opt/cloudhsm", prefix).trimEnd());
}, 60_000);

test("another vendor, and an empty folder, are wrong words; a home without HSMs is nothing to install", () => {
  const home = temporaryFolder();
  const prefix = join(temporaryFolder(), "cloudhsm");
  expect(runFleet(home, ["install", "--prefix", prefix, "--dialect", "none"])).toMatchObject({ status: 2 });
  expect(runFleet(home, ["install", "--prefix", ""])).toMatchObject({ status: 2 });
  const empty = runFleet(home, ["install", "--prefix", prefix]);
  expect(empty).toMatchObject({ status: 1, stdout: "" });
  expect(empty.stderr).toContain("there is no HSM in");
  mkdirSync(join(prefix, "etc"), { recursive: true });
  expect(runFleet(home, ["uninstall", "--prefix", prefix])).toMatchObject({ status: 1 });
}, 60_000);

/** What each vendor's package has below its folder, and a part of the shell's file. */
const vendors = [
  [
    "azure",
    ["bin/azcloudhsm_mgmt_util", "bin/azcloudhsm_util"],
    "bin/azcloudhsm_resource.cfg",
    "cert/PO.crt",
    '{\n    "servers": [\n    {\n        "hostname" : "hsm1.c.cloudhsm.azure.net"\n    }]\n}\n',
  ],
  [
    "oracle",
    ["bin/user_mgmt_util", "bin/key_mgmt_util"],
    "data/user_mgmt_util.cfg",
    "data/partitionOwnerCert.pem",
    '"owner_cert_path": "',
  ],
  [
    "alibaba",
    ["bin/hsm_mgmt_tool", "bin/key_mgmt_tool"],
    "etc/hsm_mgmt_tool.cfg",
    "etc/issuerCA.crt",
    '\t\t\t"owner_cert_path": "',
  ],
] as const;

test.each(vendors)(
  "the shell of %s lies at its own paths, on HSMs of its own",
  (dialect, [program, keyProgram], cfg, authority, part) => {
    const folder = temporaryFolder();
    const [prefix, home, config] = [join(folder, "opt"), join(folder, "hsms"), join(folder, "cluster.yaml")];
    const hostname = dialect === "azure" ? "hsm1.c.cloudhsm.azure.net" : "10.31.1.5";
    const hsms = `hsms:\n      - { id: hsm-a, hostname: ${hostname}, address: 10.31.1.5 }\n`;
    const users = "users: [{ id: 1, type: CO, name: admin, password: password-of-co }]";
    writeFileSync(config, `clusters:\n  - id: c\n    passwordCost: 10\n    ${users}\n    ${hsms}`);
    const words = ["--prefix", prefix, "--config", config, "--dialect", dialect];
    const installed = runFleet(home, ["install", ...words, "--json"]);
    const { files } = JSON.parse(installed.stdout) as { readonly files: readonly string[] };
    expect(files).toEqual([program, keyProgram, cfg, authority].map((path) => join(prefix, path)));
    expect(readFileSync(join(prefix, cfg), "utf8")).toContain(part);
    const env = { ...environmentOf({ words: [], home: "" }), XDG_STATE_HOME: join(folder, "state") };
    const run = spawnSync(join(prefix, program), { env, input: "getHSMInfo\nquit\n", encoding: "utf8" });
    expect(run).toMatchObject({ status: 0, stderr: "" });
    expect(run.stdout).toContain("cloudmgmt>");
    expect(run.stdout.includes("Build Number         :52")).toBe(dialect === "alibaba");
    const keys = spawnSync(join(prefix, keyProgram), { env, input: "getHSMInfo\nexit\n", encoding: "utf8" });
    expect(keys).toMatchObject({ status: 0, stderr: "" });
    // Alibaba's prompt ends with two blanks, as AWS's does.
    expect(keys.stdout).toMatch(dialect === "alibaba" ? /^Command: {2}/m : /^Command: (?! )/m);
    runFleet(home, ["uninstall", "--prefix", prefix]);
    expect(existsSync(prefix)).toBe(false);
  },
);

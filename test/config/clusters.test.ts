import { readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { lines, runPiped, temporaryFolder } from "../harness/program.ts";

let home: string;
let file: string;
beforeEach(() => {
  home = temporaryFolder();
  file = join(home, "clusters.yaml");
});

/** Writes the configuration, and carries lines out on it. */
async function session(yaml: string, ...typed: readonly string[]) {
  writeFileSync(file, yaml);
  const { status, stdout, stderr } = await runPiped({ words: [file], home }, lines(...typed, "quit"));
  return { status, stdout, stderr };
}

const admin = "{ id: 1, type: CO, name: admin, password: co12345 }";
const cluster = (id: string, hsms: readonly string[], more = `users: [${admin}]`) =>
  `  - id: ${id}\n    passwordCost: 10\n    ${more}\n    hsms:\n${hsms.map((hsm) => `      - ${hsm}\n`).join("")}`;
const fileOf = (...clusters: readonly string[]) => `clusters:\n${clusters.join("")}`;
const a = "{ id: hsm-a, hostname: 10.9.0.1 }";
const b = "{ id: hsm-b, hostname: 10.9.0.2 }";
const login = "loginHSM CO admin co12345";
const createBob = ["createUser CU bob bob12345", "y"];
const copied = "InsertMaskedObject: 0x0 !\nsyncUser success\n";

test("an HSM that exists stays as it is, whatever the file says of users later", async () => {
  await session(fileOf(cluster("c", [a])), login, ...createBob);
  const changed = fileOf(cluster("c", [a], "users: [{ id: 7, type: CO, name: other, password: other12345 }]"));
  const { stdout } = await session(changed, "loginHSM CO other other12345", login, "listUsers");
  expect(stdout).toContain("loginHSM failed: HSM Error: user isn't initialized");
  expect(stdout).toContain("loginHSM success on server 0(10.9.0.1)\n");
  expect(stdout).toContain("Number of users found:2\n");
});

test("an HSM that is added later gets the file's users, and shares the masking key", async () => {
  await session(fileOf(cluster("c", [a])), login, ...createBob);
  const { status, stdout } = await session(fileOf(cluster("c", [a, b])), login, "server 0", "syncUser 2 1");
  expect(status).toBe(0);
  expect(stdout).toContain("loginHSM success on server 1(10.9.0.2)\n");
  expect(stdout).toContain(copied);
});

test("a clone has the users of its origin as they are when it is created, then goes its own way", async () => {
  await session(fileOf(cluster("c", [a])), login, ...createBob);
  const clone = cluster("d", [b], "cloneOf: c");
  // The clone is listed first, and its origin is created first all the same.
  const both = fileOf(clone, cluster("c", [a]));
  const first = await session(both, "server 0", "loginHSM CU bob bob12345", "logoutHSM", "exit", login, "server 1");
  expect(first.stdout).toContain("server0>loginHSM success\n");
  const eve = ["server 1", login, "createUser CU eve eve12345", "y", "exit"];
  await session(both, ...eve);
  const apart = await session(both, "listUsers");
  expect(apart.stdout).toContain("Users on server 0(10.9.0.2):\nNumber of users found:2\n");
  expect(apart.stdout).toContain("Users on server 1(10.9.0.1):\nNumber of users found:3\n");
  const across = await session(both, login, "server 1", "syncUser 3 0");
  expect(across.stdout).toContain(copied);
});

test("a clone that is created together with its origin, listed before it", async () => {
  const { status, stdout } = await session(fileOf(cluster("d", [b], "cloneOf: c"), cluster("c", [a])), login);
  expect(status).toBe(0);
  expect(stdout).toContain("loginHSM success on server 0(10.9.0.2)\nloginHSM success on server 1(10.9.0.1)\n");
});

test("a foreign cluster's user is refused", async () => {
  const strangers = fileOf(cluster("c", [a]), cluster("e", [b]));
  const { stdout } = await session(strangers, login, "server 0", "createUser CU bob bob12345", "y", "syncUser 2 1");
  expect(stdout).toContain("syncUser failed: HSM Error: Masked object comes from another cluster\n");
  expect((await session(strangers, "listUsers")).stdout).toContain("(10.9.0.2):\nNumber of users found:1\n");
});

test("a clone whose own user clashes with one that comes from its origin", async () => {
  const own = "{ id: hsm-b, hostname: 10.9.0.2, users: [{ id: 1, type: CU, name: bob, password: bob12345 }] }";
  const yaml = fileOf(cluster("c", [a]), cluster("d", [own], "cloneOf: c"));
  const { status, stdout, stderr } = await session(yaml);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toContain(`cloudhsm_mgmt_util: ${file}:11:9: hsm-b cannot be created with what comes from c: `);
  expect(stderr).toContain("change the users, keys or minimums of hsm-b\n");
});

test("an id that is not that of the HSM at its address", async () => {
  await session(fileOf(cluster("c", [a])));
  const kept = readFileSync(join(home, "10.9.0.1_2225.hsm"));
  const { status, stderr } = await session(fileOf(cluster("c", [a.replace("hsm-a", "hsm-z")])));
  expect(status).toBe(2);
  expect(stderr).toBe(
    `cloudhsm_mgmt_util: ${file}:6:9: hsm-z belongs at 10.9.0.1:2225, but another HSM is there already ` +
      `(${join(home, "10.9.0.1_2225.hsm")}): choose another folder with --home or home:, or delete that file\n`,
  );
  expect(readFileSync(join(home, "10.9.0.1_2225.hsm"))).toEqual(kept);
});

test("the file of an HSM that was cut off behind its head is refused, without a stack", async () => {
  await session(fileOf(cluster("c", [a])));
  truncateSync(join(home, "10.9.0.1_2225.hsm"), 5000);
  const { stdout, stderr } = await session(fileOf(cluster("c", [a])), login);
  expect(stdout + stderr).toMatch(
    /loginHSM failed: HSM (CLUSTER ERROR: Server in cluster is unavailable|Error: Storage failure)/,
  );
  expect(stdout + stderr).not.toMatch(/unexpected|at .*\.js/);
});

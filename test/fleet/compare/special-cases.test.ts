import { expect, test } from "vitest";
import { isAllInStep } from "../../../src/fleet/compare/compare-home.ts";
import { noteState } from "../../../src/fleet/hsm-states.ts";
import { endLogins, loginsIn } from "../../../src/fleet/logins.ts";
import { startOfTime } from "../../harness/backups.ts";
import { keyPair } from "../../harness/key-pairs.ts";
import { RehearsedHome } from "../../harness/rehearsed-home.ts";
import { credentials, logIn } from "../../harness/tested-hsm.ts";
import { carol, clusterOf, mend, onlyFamily, passwords, texts } from "../../harness/uneven-cluster.ts";

const quorumKey = JSON.stringify(keyPair(0).publicKey);

test("another key under a handle, and a user who owns keys and would have to go, are beyond the shell", async () => {
  const home = await clusterOf([
    `${carol}, keys: [{ handle: 20, type: AES, size: 128, owner: carol }, { handle: 30, type: AES, size: 128, owner: bob }]`,
    `${carol.replace("carol,", "dave,")}, keys: [{ handle: 30, type: 3DES, owner: bob }, { handle: 40, type: AES, size: 128, owner: dave }]`,
  ]);
  const { findings, logins } = await onlyFamily(home);
  expect(
    findings.map(({ subject, obstacles }) => [subject.kind, obstacles.map(({ kind, hsmId }) => `${kind} ${hsmId}`)]),
  ).toEqual([
    ["user", ["ownsKeys hsm-1"]],
    ["user", ["inTheWay hsm-1"]],
    ["key", ["holderMissing hsm-1"]],
    ["key", ["otherKey hsm-1"]],
    ["key", ["holderMissing hsm-0"]],
  ]);
  expect([...logins, ...findings.flatMap(({ lines }) => lines)]).toEqual([]);
});

test("nobody is deleted who could not come back", async () => {
  const user = (id: number, name: string) => `{ id: ${String(id)}, type: CU, name: ${name}, password: first12345 }`;
  const keyOf = (owner: string, handle: number) =>
    `keys: [{ handle: ${String(handle)}, type: AES, size: 128, owner: ${owner} }]`;
  const stays = await clusterOf([
    `users: [${user(6, "carol")}], ${keyOf("carol", 20)}`,
    `users: [${user(6, "carol")}]`,
    `users: [${user(6, "dave")}]`,
    `users: [${user(6, "dave")}], ${keyOf("dave", 30)}`,
  ]);
  const family = await onlyFamily(stays);
  expect(family.findings.flatMap(texts).filter((text) => text.startsWith("deleteUser"))).toEqual([]);
  expect(family.findings[0]?.obstacles.map(({ kind, hsmId }) => `${kind} ${hsmId}`)).toEqual([
    "lost hsm-2",
    "ownsKeys hsm-3",
  ]);
  const blocked = await clusterOf([
    `users: [${user(6, "carol")}], ${keyOf("carol", 20)}`,
    `users: [${user(6, "erin")}, ${user(7, "carol")}], ${keyOf("erin", 30)}`,
    `users: [${user(6, "carol")}, ${user(8, "erin")}]`,
    `users: [${user(6, "carol")}]`,
  ]);
  const { findings } = await onlyFamily(blocked);
  expect(findings.flatMap(texts).filter((text) => text.startsWith("deleteUser"))).toEqual([]);
  expect(findings[0]?.obstacles).toEqual([{ kind: "ownsKeys", hsmId: "hsm-1", name: "erin", id: 6 }]);
});

test("the password of an appliance user is nobody's to copy", async () => {
  const { findings } = await onlyFamily(
    await clusterOf(["", "users: [{ id: 3, type: AU, name: app_user, password: other12345 }]"]),
  );
  expect(findings).toMatchObject([{ lines: [], obstacles: [{ kind: "applianceUser", hsmId: "hsm-1" }] }]);
});

test("an officer with one password on all servers logs in everywhere at once, and one who is out of step only where there is no other", async () => {
  const rotated = "{ id: 1, type: CO, name: admin, password: rotated12345 }";
  const one = await onlyFamily(await clusterOf([`users: [${rotated}]`, "", ""]));
  expect(texts({ lines: one.logins })).toEqual(["loginHSM CO officer1 -hpswd", "known password of officer1"]);
  const locked = "{ id: 2, type: CO, name: officer1, password: officer12345, loginFailures: 5 }";
  const home = await clusterOf([`users: [${rotated}, ${locked}]`, "", ""]);
  const each = await onlyFamily(home);
  expect(each.logins.flatMap((line) => (line.kind === "password" ? [[line.name, line.server]] : []))).toEqual([
    ["admin", 0],
    ["admin", 1],
  ]);
  await home.type(each, (host, name) => (host === "h0" ? "rotated12345" : (passwords[name] ?? "")));
  expect((await onlyFamily(home)).findings).toEqual([]);
});

test("a wrong password of the only officer is taken back by the login", async () => {
  const failed = "users: [{ id: 2, type: CO, name: officer1, password: officer12345, loginFailures: 5 }]";
  const home = await clusterOf([failed, failed, failed]);
  const shell = home.enter();
  await expect(logIn(await home.connect("h1", shell), "CO", "admin", "wrong12345")).rejects.toThrow();
  await shell.close();
  const family = await onlyFamily(home);
  const [admin] = family.findings.filter(({ subject }) => subject.kind === "user" && subject.name === "admin");
  expect(admin).toMatchObject({ lines: [], obstacles: [] });
});

test("where nobody can log in, it says so, and proposes nothing", async () => {
  const admin = "{ id: 1, type: CO, name: admin, password: admin12345, loginFailures: 5 }";
  const officer = `{ id: 2, type: CO, name: officer1, password: officer12345, publicKey: ${quorumKey}, twoFactor: true }`;
  const locked = `users: [${admin}, ${officer}]`;
  const { findings, logins } = await onlyFamily(await clusterOf([locked, ""]));
  expect(logins.flatMap((line) => (line.kind === "password" ? [line.server] : []))).toEqual([1]);
  expect(findings.flatMap(({ lines }) => lines)).toEqual([]);
  expect(new Set(findings.flatMap(({ obstacles }) => obstacles.map(({ kind, hsmId }) => `${kind} ${hsmId}`)))).toEqual(
    new Set(["noOfficer hsm-0"]),
  );
});

test("an HSM that the configuration does not list is compared, and no line goes there", async () => {
  const home = await clusterOf([carol, "", ""]);
  const { families } = await home.compare(["h2", "h0"]);
  expect(families[0]?.findings).toMatchObject([{ obstacles: [{ kind: "notListed", hsmId: "hsm-1" }] }]);
  expect(families[0]?.findings.flatMap(texts)).toEqual(["server 1", "syncUser 6 0", "exit"]);
  expect((await home.compare(["h1", "h2"])).families[0]?.findings.flatMap(texts)).toEqual([]);
});

test("somebody who is logged in there must go before the lines, which work then", async () => {
  const home = await clusterOf(["", "", "users: [{ id: 5, type: CU, name: bob, password: other12345 }]"]);
  const shell = home.enter();
  const { session } = await logIn(await home.connect("h2", shell), "CU", "bob", "other12345");
  const family = await onlyFamily(home);
  const [first] = family.findings[0]?.before ?? [];
  expect(first).toMatchObject({ kind: "loggedIn", hsmId: "hsm-2", login: { name: "bob", session } });
  await expect(mend(home, family)).rejects.toThrow("a line did not succeed");
  const failed = (): never => {
    throw new Error("the HSM cannot be asked");
  };
  const logins = await loginsIn(home.home, [{ hostname: "h2", port: 2225 }], failed);
  const named = logins.find(({ id }) => first?.kind === "loggedIn" && id === first.id);
  if (named === undefined) throw new Error("there is no login with that id");
  await endLogins(home.home, named, () => startOfTime, failed);
  await mend(home, family);
  await shell.close();
});

test("where a minimum takes approvals of the lines, it says of how many", async () => {
  const minimums = "minimums: { USER_MGMT: 2 }";
  const family = await onlyFamily(await clusterOf([`${carol}, ${minimums}`, minimums, ""]));
  expect(family.findings.map(({ subject, before }) => [subject.kind, before])).toEqual([
    ["user", [{ kind: "quorum", hsmId: "hsm-1", service: "USER_MGMT", minimum: 2, operations: 1 }]],
    ["minimum", []],
  ]);
  const renamed = carol.replace("carol,", "dave,");
  const [dave] = (await onlyFamily(await clusterOf([`${carol}, ${minimums}`, `${renamed}, ${minimums}`]))).findings;
  expect(dave?.before).toMatchObject([{ hsmId: "hsm-1", operations: 1 }]);
  const moved = carol.replace("id: 6", "id: 7");
  const [both] = (await onlyFamily(await clusterOf([`${carol}, ${minimums}`, `${moved}, ${minimums}`]))).findings;
  expect(both?.before).toMatchObject([{ hsmId: "hsm-1", operations: 2 }]);
});

test("of two states that as many HSMs have, the one that was set last is right", async () => {
  for (const rotated of ["h0", "h1"]) {
    const home = await clusterOf(["", ""]);
    const shell = home.enter();
    const hsm = await home.connect(rotated, shell, 1_000_000);
    const { session } = await logIn(hsm, "CO", "admin", "admin12345");
    await hsm.users.changePassword(session, credentials("CU", "bob", "rotated12345"));
    await shell.close();
    const family = await onlyFamily(home);
    expect(family.findings.flatMap(texts)).toEqual(
      rotated === "h0" ? ["server 0", "syncUser 5 1", "exit"] : ["server 1", "syncUser 5 0", "exit"],
    );
    await mend(home, family);
  }
});

test("an HSM that was never activated is activated first, and takes the officer from the others", async () => {
  const home = await RehearsedHome.of(`clusters:
  - id: cluster-a
    passwordCost: 10
    users: [{ id: 1, type: PRECO, name: admin, password: password }]
    hsms: [{ id: hsm-0, hostname: h0 }, { id: hsm-1, hostname: h1 }]
`);
  const shell = home.enter();
  const hsm = await home.connect("h0", shell);
  const { session } = await logIn(hsm, "PRECO", "admin", "password");
  await hsm.users.changePassword(session, credentials("PRECO", "admin", "admin12345"));
  await shell.close();
  const family = await onlyFamily(home);
  expect(texts({ lines: family.logins })).toEqual([
    ...["server 0", "loginHSM CO admin -hpswd", "known password of admin", "exit"],
    ...["server 1", "loginHSM PRECO admin -hpswd", "known password of admin"],
    ...["changePswd PRECO admin -hpswd", "new password of admin", "new password of admin", "y", "exit"],
  ]);
  expect(family.findings.flatMap(texts)).toEqual(["server 0", "syncUser 1 1", "exit"]);
  await home.type(family, (host) => (host === "h0" ? "admin12345" : "password"));
  expect((await onlyFamily(home)).findings).toEqual([]);
});

test("a stopped HSM is not compared, and told of", async () => {
  const home = await clusterOf(["", carol, ""]);
  const stopped = { state: "stopped", clusterId: "cluster-a", hostname: "h1", port: 2225, since: 0 } as const;
  await noteState(home.home, "hsm-1", stopped);
  const comparison = await home.compare();
  expect(comparison.notUp).toEqual([{ hsmId: "hsm-1", ...stopped }]);
  expect(comparison.families.map(({ findings, hsms }) => [findings, hsms.length])).toEqual([[[], 2]]);
  expect(isAllInStep(comparison)).toBe(false);
});

test("no mark of a password, hash or key leaves the comparison", async () => {
  const told = JSON.stringify(
    await onlyFamily(await clusterOf([carol, "users: [{ id: 5, type: CU, name: bob, password: other12345 }]"])),
  );
  expect(told).toContain("bob");
  expect(told).not.toMatch(/[A-Za-z0-9+/]{20,}/);
});

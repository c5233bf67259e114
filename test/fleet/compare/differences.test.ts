import { expect, test } from "vitest";
import type { ComparedFamily } from "../../../src/fleet/compare/compare-home.ts";
import type { Finding } from "../../../src/fleet/compare/repair.ts";
import { findKey } from "../../../src/simulator/records/key-records.ts";
import { type KeyRecord, keyAccess, keys } from "../../../src/simulator/records/records.ts";
import { keyPair } from "../../harness/key-pairs.ts";
import { RehearsedHome } from "../../harness/rehearsed-home.ts";
import { logIn } from "../../harness/tested-hsm.ts";

/** What the YAML of one HSM says besides its id and address. */
type Own = string;

const people = `
      - { id: 1, type: CO, name: admin, password: admin12345 }
      - { id: 2, type: CO, name: officer1, password: officer12345 }
      - { id: 3, type: AU, name: app_user, password: appliance1 }
      - { id: 4, type: CU, name: alice, password: alice12345 }
      - { id: 5, type: CU, name: bob, password: bob12345 }`;
const passwords: Readonly<Record<string, string>> = { admin: "admin12345", officer1: "officer12345" };

/** A cluster with these people and a key of alice, in which each HSM has something of its own. */
function clusterOf(own: readonly Own[], common = ""): Promise<RehearsedHome> {
  const hsms = own.map(
    (more, at) => `      - { id: hsm-${String(at)}, hostname: h${String(at)}${more === "" ? "" : `, ${more}`} }`,
  );
  return RehearsedHome.of(`clusters:
  - id: cluster-a
    passwordCost: 10
    users:${people}
    keys: [{ handle: 10, type: AES, size: 256, owner: alice, sharedWith: [bob] }]
${common}    hsms:
${hsms.join("\n")}
`);
}

async function onlyFamily(home: RehearsedHome): Promise<ComparedFamily> {
  const { families, unusable } = await home.compare();
  expect(unusable).toEqual([]);
  const [family] = families;
  if (family === undefined || families.length > 1) throw new Error("there is not one family");
  return family;
}

function texts({ lines }: Pick<Finding, "lines">): readonly string[] {
  return lines.map((line) =>
    line.kind === "typed" ? line.text : `${line.isNew ? "new" : "known"} password of ${line.name}`,
  );
}

/** What differs, with the values where it does: `user bob loginFailures 0|5`. */
function differences({ findings }: ComparedFamily): readonly string[] {
  return findings.flatMap(({ subject, differences: found }) =>
    found.map(({ aspect, attribute, states }) => {
      const what =
        subject.kind === "user" ? subject.name : subject.kind === "key" ? String(subject.handle) : subject.service;
      return `${what} ${attribute ?? aspect} ${states.map(({ value, hsms, isRight }) => `${String(value)}${isRight ? "!" : ""}@${hsms.join("+").replaceAll("hsm-", "")}`).join(" ")}`;
    }),
  );
}

/** Types the lines, and compares once more: nothing must be left. */
async function mend(home: RehearsedHome, family: ComparedFamily): Promise<void> {
  await home.type(family, (_, name) => passwords[name] ?? "no such password");
  expect((await onlyFamily(home)).findings).toEqual([]);
}

const [quorumKey, otherKey] = [JSON.stringify(keyPair(0).publicKey), JSON.stringify(keyPair(1).publicKey)];
const carol = "users: [{ id: 6, type: CU, name: carol, password: carol12345 }]";

test.each<readonly [what: string, own: readonly Own[], found: readonly string[], lines: readonly string[]]>([
  ["nothing", ["", "", ""], [], []],
  [
    "a user who is missing on most HSMs",
    ["", carol, ""],
    ["carol presence false@0+2 true!@1"],
    ["server 1", "syncUser 6 0", "syncUser 6 2", "exit"],
  ],
  [
    "a password that one HSM has otherwise",
    ["users: [{ id: 5, type: CU, name: bob, password: other12345 }]", "", ""],
    ["bob password 2@0 1!@1+2"],
    ["server 1", "syncUser 5 0", "exit"],
  ],
  [
    "wrong passwords: the fewest are right, even where most HSMs have the user locked",
    [
      "users: [{ id: 5, type: CU, name: bob, password: bob12345, loginFailures: 5 }]",
      "",
      "users: [{ id: 5, type: CU, name: bob, password: bob12345, loginFailures: 5 }]",
    ],
    ["bob loginFailures 5@0+2 0!@1"],
    ["server 1", "syncUser 5 0", "syncUser 5 2", "exit"],
  ],
  [
    "a quorum key and a second factor",
    [
      "",
      `users: [{ id: 2, type: CO, name: officer1, password: officer12345, publicKey: ${quorumKey} }]`,
      `users: [{ id: 2, type: CO, name: officer1, password: officer12345, publicKey: ${otherKey}, twoFactor: true }]`,
    ],
    ["officer1 quorumKey null!@0 1@1 2@2", "officer1 twoFactor false!@0+1 true@2"],
    ["server 0", "syncUser 2 1", "syncUser 2 2", "exit"],
  ],
  [
    "another type: deleted, then copied",
    ["", "", "users: [{ id: 6, type: CO, name: carol, password: carol12345 }]"].map((own, at) =>
      at < 2 ? carol : own,
    ),
    ["carol type CU!@0+1 CO@2"],
    ["server 2", "deleteUser CO carol", "exit", "server 0", "syncUser 6 2", "exit"],
  ],
  [
    "one name with two ids: the one that fewest must give up",
    [carol, carol.replace("id: 6", "id: 7"), carol],
    ["carol id 6!@0+2 7@1"],
    ["server 1", "deleteUser CU carol", "exit", "server 0", "syncUser 6 1", "exit"],
  ],
  [
    "one id with two names: whoever loses it is created again, with a new password",
    [carol, carol.replace("carol,", "dave,"), carol],
    ["dave presence false@0+2 true!@1", "carol presence true!@0+2 false@1"],
    [
      ...["server 1", "deleteUser CU dave", "exit", "server 0", "syncUser 6 1", "exit"],
      ...["server 0", "createUser CU dave -hpswd", "new password of dave", "new password of dave", "y"],
      ...["syncUser 7 1", "syncUser 7 2", "exit"],
    ],
  ],
  [
    "a key that one HSM alone has, with a sharee who is missing elsewhere: the sharee goes first",
    ["", `${carol}, keys: [{ handle: 20, type: AES, size: 128, owner: bob, sharedWith: [carol] }]`, ""],
    ["carol presence false@0+2 true!@1", "20 presence false@0+2 true!@1"],
    ["server 1", "syncUser 6 0", "syncUser 6 2", "exit", "server 1", "syncKey 20 0", "syncKey 20 2", "exit"],
  ],
  [
    "minimums: the highest, USER_MGMT first, since MISC_CO would take approvals",
    ["minimums: { USER_MGMT: 2, MISC_CO: 2 }", "", ""],
    ["USER_MGMT minimum 2!@0 1@1+2", "MISC_CO minimum 2!@0 1@1+2"],
    [
      ...["server 1", "setMValue 3 2", "y", "exit", "server 2", "setMValue 3 2", "y", "exit"],
      ...["server 1", "setMValue 4 2", "y", "exit", "server 2", "setMValue 4 2", "y", "exit"],
    ],
  ],
])("it finds and mends %s", async (_, own, found, lines) => {
  const home = await clusterOf(own);
  const family = await onlyFamily(home);
  expect(differences(family)).toEqual(found);
  expect(family.findings.flatMap(texts)).toEqual(lines);
  await mend(home, family);
});

/** Changes the record of key 10 on an HSM, and whose it is. */
async function changeKey(
  home: RehearsedHome,
  hostname: string,
  flags: Partial<KeyRecord["flags"]>,
  record: Partial<KeyRecord> = {},
  mValue = 1,
): Promise<void> {
  await home.store(hostname).change(async (transaction) => {
    const found = await findKey(transaction, 10);
    if (found === undefined) throw new Error("the key is gone");
    await keys.put(transaction, 10, { ...found.record, ...record, flags: { ...found.record.flags, ...flags } });
    await keyAccess.put(transaction, 10, { ...found.access, mValue });
  });
}

test("of a key it shows each attribute, and lets no copy loosen one: the stricter HSMs have theirs first", async () => {
  const home = await clusterOf(["", "", "", ""]);
  await changeKey(home, "h0", { trusted: true }, { label: "new" });
  await changeKey(home, "h1", { wrapWithTrusted: true });
  await changeKey(home, "h2", { extractable: false }, {}, 2);
  const family = await onlyFamily(home);
  expect(differences(family)).toEqual([
    "10 mValue 1@0+1+3 2!@2",
    "10 OBJ_ATTR_LABEL new!@0 @1+2+3",
    "10 OBJ_ATTR_TRUSTED 1!@0 0@1+2+3",
    "10 OBJ_ATTR_EXTRACTABLE 1@0+1+3 0!@2",
    "10 OBJ_ATTR_WRAP_WITH_TRUSTED 0@0+2+3 1!@1",
  ]);
  expect(family.findings.flatMap(texts)).toEqual([
    ...["server 0", "syncKey 10 1", "exit", "server 1", "syncKey 10 2", "exit"],
    ...["server 2", "syncKey 10 0", "syncKey 10 1", "syncKey 10 3", "exit"],
  ]);
  await mend(home, family);
});

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

test("somebody who is logged in there, and a minimum, come before the lines", async () => {
  const home = await clusterOf(
    [
      "users: [{ id: 5, type: CU, name: bob, password: other12345 }]",
      "minimums: { USER_MGMT: 2 }",
      "minimums: { USER_MGMT: 2 }",
    ].toReversed(),
  );
  const shell = home.enter();
  const { session } = await logIn(await home.connect("h2", shell), "CU", "bob", "other12345");
  const [bob] = (await onlyFamily(home)).findings;
  expect(bob?.before).toMatchObject([{ kind: "loggedIn", hsmId: "hsm-2", login: { name: "bob", session } }]);
  await shell.close();
  const again = await onlyFamily(await clusterOf([carol, "minimums: { USER_MGMT: 2 }"]));
  expect(again.findings.find(({ subject }) => subject.kind === "user")?.before).toEqual([
    { kind: "quorum", hsmId: "hsm-1", service: "USER_MGMT", minimum: 2, operations: 1 },
  ]);
});

test("no mark of a password, hash or key leaves the comparison", async () => {
  const told = JSON.stringify(
    await onlyFamily(await clusterOf([carol, "users: [{ id: 5, type: CU, name: bob, password: other12345 }]"])),
  );
  expect(told).toContain("bob");
  expect(told).not.toMatch(/[A-Za-z0-9+/]{20,}/);
});

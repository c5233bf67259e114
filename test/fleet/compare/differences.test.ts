import { expect, test } from "vitest";
import type { ComparedFamily } from "../../../src/fleet/compare/compare-home.ts";
import { findKey } from "../../../src/simulator/records/key-records.ts";
import { type KeyRecord, keyAccess, keys } from "../../../src/simulator/records/records.ts";
import { keyPair } from "../../harness/key-pairs.ts";
import type { RehearsedHome } from "../../harness/rehearsed-home.ts";
import { type Own, carol, clusterOf, mend, onlyFamily, texts } from "../../harness/uneven-cluster.ts";

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

const [quorumKey, otherKey] = [JSON.stringify(keyPair(0).publicKey), JSON.stringify(keyPair(1).publicKey)];

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

import { join } from "node:path";
import Database from "libsql";
import { expect, test } from "vitest";
import type { Backup } from "../../src/simulator/cluster-image.ts";
import { cluster, key, user } from "../harness/backups.ts";
import { inFile } from "../harness/keepers.ts";
import { temporaryFolder } from "../harness/program.ts";
import { codeOf } from "../harness/return-codes.ts";
import { type LoggedIn, TestedHsm, logIn } from "../harness/tested-hsm.ts";

const users = [
  user(1, "CO", "admin", "admin secret"),
  user(2, "CO", "officer", "officer secret"),
  user(3, "CU", "alice", "alice secret"),
  user(4, "CU", "bob", "bob secret"),
];
const keys = [key({ handle: 8, owner: "alice" }), key({ handle: 9, owner: "bob" })];

let content: Promise<Backup> | undefined;

interface Kept {
  readonly path: string;
  readonly tested: TestedHsm;
}

/** An HSM of one cluster in a file, with a quorum token, a minimum and a login. */
async function create(hsmId: string): Promise<Kept> {
  content ??= cluster(users, keys);
  const path = join(temporaryFolder(), "test.hsm");
  const tested = await TestedHsm.with(await content, { hsmId, keeper: inFile(path) });
  const { session } = await logIn(tested.hsm, "CO", "admin", "admin secret");
  await tested.hsm.quorum.setMinimum(session, 4, 2);
  await tested.hsm.tokens.issue(session, 3, "admin");
  await tested.hsm.tokens.issue(session, 4, "admin");
  return { path, tested };
}

const from = (collection: string, key: string, file = "main") =>
  `(SELECT content FROM ${file}.record WHERE collection = '${collection}' AND key = ${key})`;
const onto = (collection: string, key: string, value: string) =>
  `UPDATE main.record SET content = ${value} WHERE collection = '${collection}' AND key = ${key}`;

const asAdmin = ({ tested }: Kept, password: string) => codeOf(logIn(tested.hsm, "CO", "admin", password));
const asAlice = async ({ tested }: Kept): Promise<LoggedIn> => {
  const connection = await tested.connect();
  return { ...connection, session: (await logIn(connection.hsm, "CU", "alice", "alice secret")).session };
};
const extracted = async (kept: Kept) => {
  const { hsm, session } = await asAlice(kept);
  return codeOf(hsm.keys.extract(session, 8));
};

/** What somebody copies in the file, and what would take it for true. */
const copies: Readonly<Record<string, readonly [damage: string, request: (kept: Kept) => Promise<string>]>> = {
  "a crypto user's password for an officer's": [
    onto("password", "1", from("password", "3")),
    (kept) => asAdmin(kept, "alice secret"),
  ],
  "an officer's password for another's": [
    onto("password", "1", from("password", "2")),
    (kept) => asAdmin(kept, "officer secret"),
  ],
  "a password of another HSM": [
    onto("password", "1", from("password", "1", "other")),
    (kept) => asAdmin(kept, "admin secret"),
  ],
  "a password of format 1": [
    onto("password", "1", "json_extract(content, '$[3]')"),
    (kept) => asAdmin(kept, "admin secret"),
  ],
  "an officer for a crypto user": [
    onto("user", "3", from("user", "1")),
    ({ tested }) => codeOf(logIn(tested.hsm, "CO", "alice", "alice secret")),
  ],
  "a crypto user for an officer": [
    onto("user", "1", from("user", "3")),
    ({ tested }) => codeOf(logIn(tested.hsm, "CU", "admin", "admin secret")),
  ],
  "a user of another HSM": [
    onto("user", "1", from("user", "1", "other")),
    ({ tested }) => codeOf(tested.hsm.users.list()),
  ],
  "a user that is added under another id": [
    `INSERT INTO record SELECT collection, 5, content FROM record WHERE collection = 'user' AND key = 1`,
    ({ tested }) => codeOf(tested.hsm.users.list()),
  ],
  "a name for another user's": [
    onto("userName", "'alice'", from("userName", "'admin'")),
    ({ tested }) => codeOf(logIn(tested.hsm, "CO", "alice", "admin secret")),
  ],
  "a name that is added": [
    `INSERT INTO record SELECT collection, 'mallory', content FROM record WHERE collection = 'userName' AND key = 'admin'`,
    ({ tested }) => codeOf(logIn(tested.hsm, "CO", "mallory", "admin secret")),
  ],
  "who may use another key": [onto("keyAccess", "8", from("keyAccess", "9")), extracted],
  "who may use the key on another HSM": [onto("keyAccess", "8", from("keyAccess", "8", "other")), extracted],
  "another key": [onto("key", "8", from("key", "9")), extracted],
  "the material of another key": [onto("keyMaterial", "8", from("keyMaterial", "9")), extracted],
  "the material of another HSM's key": [onto("keyMaterial", "8", from("keyMaterial", "8", "other")), extracted],
  "a minimum of another HSM": [
    onto("quorumMinimum", "'MISC_CO'", from("quorumMinimum", "'MISC_CO'", "other")),
    ({ tested }) => codeOf(tested.hsm.information()),
  ],
  "a minimum of another service": [
    "UPDATE record SET key = 'USER_MGMT' WHERE collection = 'quorumMinimum'",
    ({ tested }) => codeOf(tested.hsm.information()),
  ],
  "a quorum token of another number": [
    "DELETE FROM record WHERE collection = 'token' AND key = 1; UPDATE record SET key = 1 WHERE collection = 'token'",
    ({ tested }) => codeOf(logIn(tested.hsm, "CO", "officer", "officer secret")),
  ],
  "a login of another session": [
    "UPDATE record SET key = key + 1 WHERE collection = 'session'",
    ({ tested }) => codeOf(tested.hsm.information()),
  ],
  "a certificate of another type": [
    "DELETE FROM record WHERE collection = 'certificate' AND key = 2; UPDATE record SET key = 2 WHERE collection = 'certificate' AND key = 1",
    ({ tested }) => codeOf(tested.hsm.certificate(2)),
  ],
  "the identity of another HSM": [
    onto("identity", "'hsm'", from("identity", "'hsm'", "other")),
    async ({ tested }) => codeOf(tested.connect()),
  ],
  "the length of another HSM's audit log": [
    onto("auditLength", "'noted'", from("auditLength", "'noted'", "other")),
    (kept) => asAdmin(kept, "admin secret"),
  ],
};

test.each(Object.entries(copies))("%s is refused", async (_, [damage, request]) => {
  const kept = await create("hsm-a");
  const other = await create("hsm-b");
  const database = new Database(kept.path);
  database.exec(`ATTACH '${other.path}' AS other`);
  const changes = (): number => (database.prepare("SELECT total_changes()").raw().get() as readonly [number])[0];
  const before = changes();
  database.exec(damage);
  expect(changes()).toBeGreaterThan(before);
  database.close();
  expect(await request(kept)).toBe("STORAGE_FAILURE");
});

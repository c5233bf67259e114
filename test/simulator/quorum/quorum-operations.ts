import { sign } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type UserType, userTypes } from "../../../src/hsm/user.ts";
import { user } from "../../harness/backups.ts";
import { keyPair } from "../../harness/key-pairs.ts";
import { codeOf } from "../../harness/return-codes.ts";
import { type TestedHsm, logIn } from "../../harness/tested-hsm.ts";

/** Who tries an operation, by type; the name is the type in lower case. */
export interface Trier {
  readonly type: UserType;
  readonly name: string;
}

/** A command that takes approval where its service has a minimum, or is exempt; and how to see what it did. */
export interface Operation {
  readonly command: string;
  readonly about: string;
  /** Undefined takes no approval, whatever the minimums are. */
  readonly service: 3 | 4 | undefined;
  /** As it is typed; `~` is the folder of its files. */
  readonly line: (trier: Trier) => string;
  /** Whether it asks y/n. */
  readonly asks: boolean;
  /** Who may carry it out. */
  readonly allowed: readonly UserType[];
  /** The servers that it changes, in each mode; undefined where it is not for that mode. */
  readonly changes: Readonly<Record<"global" | "server", readonly number[] | undefined>>;
  /** Whether an HSM shows that it was carried out. Throws where it is neither as before nor as it should be. */
  readonly isDone: (hsm: TestedHsm, trier: Trier) => Promise<boolean>;
}

const officers = ["CO", "PCO"] as const;
const everywhere = { global: [0, 1], server: [0] } as const;
const newPassword = "password2";
const newKey = keyPair(2);

/** Everybody on the HSMs of the matrix: one who tries of each type, officers who sign, and users to work on. */
export const people = [
  ...userTypes.map((type, at) => user(at + 1, type, type.toLowerCase())),
  user(11, "CO", "officer1"),
  user(12, "CO", "officer2"),
  user(13, "CO", "officer3"),
  user(14, "CU", "bob"),
];

/** A user of the first HSM only. */
export const carol = user(15, "CU", "carol");

/** The operations of the matrix. */
export const operations: readonly Operation[] = [
  {
    command: "createUser",
    about: "alice",
    service: 3,
    line: () => "createUser CU alice password",
    asks: true,
    allowed: officers,
    changes: everywhere,
    isDone: (hsm) => exists(hsm, "alice"),
  },
  {
    command: "deleteUser",
    about: "bob",
    service: 3,
    line: () => "deleteUser CU bob",
    asks: false,
    allowed: officers,
    changes: everywhere,
    isDone: async (hsm) => !(await exists(hsm, "bob")),
  },
  {
    command: "changePswd",
    about: "bob",
    service: 3,
    line: () => `changePswd CU bob ${newPassword}`,
    asks: true,
    allowed: officers,
    changes: everywhere,
    isDone: (hsm) => hasNewPassword(hsm, "bob"),
  },
  {
    command: "registerQuorumPubKey",
    about: "officer3",
    service: 3,
    line: () => "registerQuorumPubKey CO officer3 ~/token ~/token.sig ~/new.pub",
    asks: true,
    allowed: officers,
    changes: everywhere,
    isDone: (hsm) => hasNewKey(hsm, "officer3"),
  },
  {
    command: "registerMofnPubKey",
    about: "officer3",
    service: 3,
    line: () => "registerMofnPubKey CO match officer3 ~/new.key",
    asks: true,
    allowed: officers,
    changes: everywhere,
    isDone: (hsm) => hasNewKey(hsm, "officer3"),
  },
  {
    command: "setMValue",
    about: "service 3",
    service: 4,
    line: () => "setMValue 3 3",
    asks: true,
    allowed: officers,
    changes: everywhere,
    isDone: async (hsm) => (await minimums(hsm)).get("USER_MGMT") === 3,
  },
  {
    command: "changePswd",
    about: "oneself",
    service: undefined,
    line: ({ type, name }) => `changePswd ${type} ${name} ${newPassword}`,
    asks: true,
    allowed: userTypes,
    changes: everywhere,
    isDone: (hsm, { name }) => hasNewPassword(hsm, name),
  },
  {
    command: "registerQuorumPubKey",
    about: "oneself",
    service: undefined,
    line: ({ type, name }) => `registerQuorumPubKey ${type} ${name} ~/token ~/token.sig ~/new.pub`,
    asks: true,
    allowed: officers,
    changes: everywhere,
    isDone: (hsm, { name }) => hasNewKey(hsm, name),
  },
  {
    command: "registerMofnPubKey",
    about: "oneself",
    service: undefined,
    line: ({ type, name }) => `registerMofnPubKey ${type} match ${name} ~/new.key`,
    asks: true,
    allowed: officers,
    changes: everywhere,
    isDone: (hsm, { name }) => hasNewKey(hsm, name),
  },
  {
    command: "syncUser",
    about: "carol",
    service: 3,
    line: () => `syncUser ${String(carol.id)} 1`,
    asks: false,
    allowed: officers,
    changes: { global: undefined, server: [1] },
    isDone: (hsm) => exists(hsm, carol.name),
  },
];

/** Writes the files that the lines name. */
export function writeRegistration(folder: string): void {
  writeFileSync(join(folder, "token"), "officer3");
  writeFileSync(join(folder, "token.sig"), sign("sha256", Buffer.from("officer3"), newKey.privateKey));
  writeFileSync(join(folder, "new.pub"), newKey.publicKey);
  writeFileSync(join(folder, "new.key"), newKey.privateKey.export({ type: "pkcs8", format: "pem" }));
}

async function exists({ hsm }: TestedHsm, name: string): Promise<boolean> {
  return (await hsm.users.list()).some((each) => each.name === name);
}

/** Looks at a copy: a wrong password counts. */
async function hasNewPassword(tested: TestedHsm, name: string): Promise<boolean> {
  const { hsm } = await tested.copy();
  const type = (await hsm.users.list()).find((each) => each.name === name)?.type ?? "";
  const isNew = await codeOf(logIn(hsm, type, name, newPassword));
  const isOld = await codeOf(logIn(hsm, type, name, "password"));
  if (isNew === "SUCCESS" && isOld === "LOGIN_FAILURE") return true;
  if (isNew === "LOGIN_FAILURE" && isOld === "SUCCESS") return false;
  throw new Error(`${name}: the new password ${isNew}, the old one ${isOld}`);
}

async function hasNewKey({ store }: TestedHsm, name: string): Promise<boolean> {
  const records = await store.read((snapshot) => snapshot.list("user"));
  const record = records.find(({ text }) => text.includes(`"name":"${name}"`));
  if (record === undefined) throw new Error(`${name} is gone`);
  return record.text.includes(JSON.stringify(newKey.publicKey));
}

async function minimums({ store }: TestedHsm): Promise<ReadonlyMap<unknown, number>> {
  const records = await store.read((snapshot) => snapshot.list("quorumMinimum"));
  return new Map(records.map(({ key, text }) => [key, Number(text)]));
}

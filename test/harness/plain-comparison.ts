import { createDecipheriv } from "node:crypto";
import type { Store } from "../../src/store/store.ts";

/** The records of an HSM, as its store has them. */
interface Records {
  readonly hsmId: string;
  readonly users: ReadonlyMap<number, Fields>;
  readonly passwords: ReadonlyMap<number, string>;
  readonly keys: ReadonlyMap<number, Fields>;
  readonly access: ReadonlyMap<number, Fields>;
  readonly materials: ReadonlyMap<number, string>;
  readonly minimums: ReadonlyMap<string, number>;
}

type Fields = Readonly<Record<string, unknown>>;

/** The attribute that shows a member of a key's record or of its flags. */
const attributes: Readonly<Record<string, string>> = {
  label: "OBJ_ATTR_LABEL",
  id: "OBJ_ATTR_ID",
  wrapTemplate: "OBJ_ATTR_WRAP_TEMPLATE",
  unwrapTemplate: "OBJ_ATTR_UNWRAP_TEMPLATE",
  trusted: "OBJ_ATTR_TRUSTED",
  sensitive: "OBJ_ATTR_SENSITIVE",
  encrypt: "OBJ_ATTR_ENCRYPT",
  decrypt: "OBJ_ATTR_DECRYPT",
  wrap: "OBJ_ATTR_WRAP",
  unwrap: "OBJ_ATTR_UNWRAP",
  sign: "OBJ_ATTR_SIGN",
  verify: "OBJ_ATTR_VERIFY",
  derive: "OBJ_ATTR_DERIVE",
  local: "OBJ_ATTR_LOCAL",
  extractable: "OBJ_ATTR_EXTRACTABLE",
  neverExtractable: "OBJ_ATTR_NEVER_EXTRACTABLE",
  alwaysSensitive: "OBJ_ATTR_ALWAYS_SENSITIVE",
  destroyable: "OBJ_ATTR_DESTROYABLE",
  wrapWithTrusted: "OBJ_ATTR_WRAP_WITH_TRUSTED",
};

/**
 * What differs between HSMs, by their bare records and without the product's code: a line for each, as `user bob password`.
 * A key is compared further only where all HSMs that have it have one material.
 */
export async function plainComparison(stores: readonly Store[]): Promise<readonly string[]> {
  const all = await Promise.all(stores.map(recordsOf));
  const found = new Set<string>();
  const compare = (what: string, values: readonly unknown[]): void => {
    if (new Set(values.map((value) => JSON.stringify(value ?? null))).size > 1) found.add(what);
  };
  const names = new Set(all.flatMap(({ users }) => [...users.values()].map(nameOf)));
  for (const name of names) {
    const those = all.map(({ users, passwords }) => {
      const entry = [...users].find(([, user]) => nameOf(user) === name);
      return entry && { id: entry[0], password: passwords.get(entry[0]), ...entry[1] };
    });
    const present = those.filter((user) => user !== undefined);
    if (present.length < those.length) found.add(`user ${name} presence`);
    const part = (aspect: string, value: (user: Fields) => unknown): void => {
      compare(`user ${name} ${aspect}`, present.map(value));
    };
    for (const aspect of ["id", "type", "name", "password", "loginFailures"]) part(aspect, (user) => user[aspect]);
    part("quorumKey", (user) => user["publicKey"]);
    part("twoFactor", (user) => user["twoFactor"] === true);
  }
  const handles = new Set(all.flatMap(({ keys }) => [...keys.keys()]));
  for (const handle of handles) {
    const those = all.filter(({ keys }) => keys.has(handle));
    const key = `key ${String(handle)}`;
    if (those.length < all.length) found.add(`${key} presence`);
    const values = (read: (records: Records) => unknown): readonly unknown[] => those.map(read);
    compare(
      `${key} kind`,
      values(({ keys }) => [keys.get(handle)?.["class"], keys.get(handle)?.["shape"]]),
    );
    compare(
      `${key} material`,
      values(({ materials }) => materials.get(handle)),
    );
    if (found.has(`${key} material`)) continue;
    const person = ({ users }: Records, id: unknown): unknown => [id, users.get(Number(id))?.["name"]];
    compare(
      `${key} owner`,
      values((one) => person(one, one.access.get(handle)?.["owner"])),
    );
    compare(
      `${key} sharedWith`,
      values((one) => (one.access.get(handle)?.["sharedWith"] as readonly number[]).map((id) => person(one, id))),
    );
    compare(
      `${key} mValue`,
      values(({ access }) => access.get(handle)?.["mValue"]),
    );
    for (const [member, attribute] of Object.entries(attributes)) {
      compare(
        `${key} attribute ${attribute}`,
        values(({ keys }) => ({ ...keys.get(handle), ...(keys.get(handle)?.["flags"] as Fields) })[member]),
      );
    }
  }
  for (const service of ["USER_MGMT", "MISC_CO"]) {
    compare(
      `minimum ${service} minimum`,
      all.map(({ minimums }) => minimums.get(service) ?? 1),
    );
  }
  return [...found].sort();
}

function nameOf(user: Fields): string {
  return String(user["name"]).toLowerCase();
}

async function recordsOf(store: Store): Promise<Records> {
  return store.read(async (snapshot) => {
    const list = async <V>(collection: string): Promise<ReadonlyMap<never, V>> =>
      new Map((await snapshot.list(collection)).map(({ key, text }) => [key as never, JSON.parse(text) as V]));
    const identity = JSON.parse((await snapshot.get("identity", "hsm")) ?? "{}") as Readonly<Record<string, string>>;
    const { hsmId = "", storageKey = "" } = identity;
    const sealed: ReadonlyMap<number, string> = await list<string>("keyMaterial");
    const open = (handle: number, text: string): string =>
      unsealed(Buffer.from(storageKey, "base64"), `${hsmId}/key/${String(handle)}`, Buffer.from(text, "base64"));
    return {
      hsmId,
      users: await list("user"),
      passwords: await list("password"),
      keys: await list("key"),
      access: await list("keyAccess"),
      materials: new Map(Array.from(sealed, ([handle, text]) => [handle, open(handle, text)])),
      minimums: await list("quorumMinimum"),
    };
  });
}

/** AES-256-GCM: IV of 12 bytes, ciphertext, tag of 16. */
function unsealed(key: Buffer, place: string, sealed: Buffer): string {
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, 12))
    .setAAD(Buffer.from(place))
    .setAuthTag(sealed.subarray(-16));
  return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]).toString("hex");
}

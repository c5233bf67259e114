import { describe, expect, test } from "vitest";
import { allAttributes, keyAttributes } from "../../../src/hsm/key-attribute.ts";
import { readAttributes, withAttribute } from "../../../src/simulator/keys/key-attributes.ts";
import { generateMaterial } from "../../../src/simulator/keys/key-material.ts";
import type { InitialKey } from "../../../src/hsm/initial-key.ts";
import { type MadeKey, makeKeys } from "../../../src/simulator/keys/new-key.ts";
import type { KeyRecord } from "../../../src/simulator/records/records.ts";
import { cluster, key, user } from "../../harness/backups.ts";
import { codeOf } from "../../harness/return-codes.ts";
import { TestedHsm } from "../../harness/tested-hsm.ts";

const shapes = [
  { type: "AES", size: 256 },
  { type: "3DES", size: 192 },
  { type: "GENERIC", size: 512 },
  { type: "RSA", size: 2048 },
  { type: "EC", curve: "P-384" },
  { type: "DSA", size: 2048 },
] as const;

/**
 * What each attribute is on each kind of key: a number, `text`, `bytes`, `point`, or `pkcs8` for the length of what is kept; `-`
 * where such keys do not have it, `0*` where it is not among all of them (AWS CloudHSM User Guide,
 * "key_mgmt_util-genRSAKeyPair", "-genECCKeyPair", "-genSymKey"; by analogy where no dump is published).
 */
const table = `
                  AES  3DES GEN  RSA  RSA   EC   EC   DSA  DSA
                                 priv pub   priv pub  priv pub
CLASS             4    4    4    3    2     3    2    3    2
TOKEN             1    1    1    1    1     1    1    1    1
PRIVATE           1    1    1    1    1     1    1    1    1
LABEL             text text text text text  text text text text
TRUSTED           0    0    0    0    0     0    0    0    0
KEY_TYPE          31   21   16   0    0     3    3    1    1
ID                text text text text text  text text text text
SENSITIVE         1    1    1    1    0     1    0    1    0
ENCRYPT           1    1    0    0    1     0    0    0    0
DECRYPT           1    1    0    1    0     0    0    0    0
WRAP              1    0    0    0    1     0    0    0    0
UNWRAP            1    0    0    1    0     0    0    0    0
SIGN              0    0    0    1    0     1    0    1    0
VERIFY            0    0    0    0    1     0    1    0    1
DERIVE            0    0    0    0    0     0    0    0    0
LOCAL             1    1    1    1    1     1    1    1    1
MODULUS           -    -    -    bytes bytes point point bytes bytes
MODULUS_BITS      -    -    -    2048 2048  715  715  2048 2048
PUBLIC_EXPONENT   -    -    -    bytes bytes -   -    -    -
VALUE_LEN         32   24   64   pkcs8 512  pkcs8 97  pkcs8 512
EXTRACTABLE       1    1    1    1    1     1    1    1    1
NEVER_EXTRACTABLE 0    0    0    0    0     0    0    0    0
ALWAYS_SENSITIVE  1    1    1    1    0     1    0    1    0
DESTROYABLE       1    1    1    1    1     1    1    1    1
KCV               bytes bytes -  bytes bytes bytes bytes bytes bytes
WRAP_WITH_TRUSTED 0    0    0    0    0     0    0    0    0
WRAP_TEMPLATE     0*   0*   0*   0*   0*    0*   0*   0*   0*
UNWRAP_TEMPLATE   0*   0*   0*   0*   0*    0*   0*   0*   0*
`;

const rows = table
  .trim()
  .split("\n")
  .slice(2)
  .map((line) => line.split(/ +/));

type Wanted = Partial<InitialKey> & Pick<InitialKey, "shape">;

async function make(wanted: Wanted): Promise<readonly MadeKey[]> {
  const initial = key({ handle: 8, owner: "bob", label: "payments", ...wanted });
  return makeKeys(initial, await generateMaterial(wanted.shape), { owner: 3, sharedWith: [] });
}

async function recordsOf(wanted: Wanted): Promise<readonly KeyRecord[]> {
  return (await make(wanted)).map(({ key: { record } }) => record);
}

/** The attributes of a key by name, a number as it is, other values by their kind. */
function shown(record: KeyRecord, id = 512): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readAttributes(record, id).map(({ name, value }) => [
      name.replace("OBJ_ATTR_", ""),
      value.kind === "number" ? String(value.number) : value.kind,
    ]),
  );
}

/** Name and number of whatever getAttribute takes. */
const attributeIds = [...keyAttributes, allAttributes].map(({ name, id }) => [name, id] as const);

describe("the table of attributes", async () => {
  const kinds = (await Promise.all(shapes.map((shape) => make({ shape })))).flat();

  test("names every attribute that listAttributes shows", () => {
    const names = attributeIds.map(([name]) => name.replace("OBJ_ATTR_", ""));
    expect([...rows.map(([name]) => name), "ALL"].sort()).toEqual(names.toSorted());
  });

  test.each(kinds.map((made, at) => [`${made.key.record.shape.type} ${made.key.record.class}`, made, at] as const))(
    "%s",
    (_, { key: { record }, bytes }, at) => {
      const expected = rows.map(([name = "", ...values]) => {
        const word = values[at] ?? "";
        return { name, word, value: word === "pkcs8" ? String(bytes.length) : word.replace("*", "") };
      });
      const listed = expected.filter(({ word }) => word !== "-" && !word.endsWith("*"));
      expect(shown(record)).toEqual(Object.fromEntries(listed.map(({ name, value }) => [name, value])));
      for (const [name, id] of attributeIds) {
        const value = expected.find((row) => `OBJ_ATTR_${row.name}` === name)?.value;
        if (value === undefined) continue;
        const read = () => Object.values(shown(record, id));
        if (value === "-") expect(read).toThrow("Keys of this kind do not have this attribute");
        else expect(read()).toEqual([value]);
      }
    },
  );

  test("as many as the guide's dump of a public RSA key", () => {
    const rsa = kinds.find(({ key: { record } }) => record.shape.type === "RSA" && record.class === "public");
    expect(rsa && Object.keys(shown(rsa.key.record))).toHaveLength(26);
  });
});

test.each([
  ["P-256", "415"],
  ["P-384", "715"],
  ["P-521", "716"],
  ["secp256k1", "714"],
] as const)("the bits of %s are OpenSSL's number of the curve", async (curve, number) => {
  const halves = await recordsOf({ shape: { type: "EC", curve } });
  expect(halves.map((record) => shown(record)["MODULUS_BITS"])).toEqual([number, number]);
});

test("a private key of P-256 has the length of the guide's", async () => {
  const [privateHalf] = await recordsOf({ shape: { type: "EC", curve: "P-256" } });
  expect(privateHalf && shown(privateHalf)).toMatchObject({ VALUE_LEN: String(0x8a) });
});

test("a template that is set stands among all attributes", async () => {
  const [record] = await recordsOf({ shape: { type: "AES", size: 256 } });
  expect(record && shown(withAttribute(record, 1073742353, "9"))).toMatchObject({ WRAP_TEMPLATE: "9" });
});

test("a pair that is not extractable has a public key that is", async () => {
  const [privateHalf, publicHalf] = await recordsOf({ shape: { type: "EC", curve: "P-256" }, extractable: false });
  expect(privateHalf && shown(privateHalf)).toMatchObject({ EXTRACTABLE: "0", NEVER_EXTRACTABLE: "1" });
  expect(publicHalf && shown(publicHalf)).toMatchObject({ EXTRACTABLE: "1", NEVER_EXTRACTABLE: "0" });
});

test("a key that is not extractable never was", async () => {
  const [record] = await recordsOf({ shape: { type: "AES", size: 256 }, extractable: false });
  expect(record && shown(record)).toMatchObject({ EXTRACTABLE: "0", NEVER_EXTRACTABLE: "1" });
});

test("a session key says so", async () => {
  const [record] = await recordsOf({ shape: { type: "AES", size: 256 }, token: false });
  expect(record && shown(record)).toMatchObject({ TOKEN: "0" });
});

test("what a configuration asks for wins over what such keys are for", async () => {
  const [record] = await recordsOf({ shape: { type: "AES", size: 256 }, flags: { encrypt: false, local: false } });
  expect(record && shown(record)).toMatchObject({ ENCRYPT: "0", DECRYPT: "1", LOCAL: "0" });
});

test.each([
  ["not sensitive", { flags: { sensitive: false } }, { SENSITIVE: "0", ALWAYS_SENSITIVE: "0" }],
  ["sensitive, but not always", { flags: { alwaysSensitive: false } }, { SENSITIVE: "1", ALWAYS_SENSITIVE: "0" }],
  [
    "not extractable, but once it was",
    { extractable: false, flags: { neverExtractable: false } },
    { EXTRACTABLE: "0", NEVER_EXTRACTABLE: "0" },
  ],
  [
    "from elsewhere",
    { extractable: false, flags: { local: false } },
    { LOCAL: "0", ALWAYS_SENSITIVE: "0", NEVER_EXTRACTABLE: "0" },
  ],
] as const)("a key that is %s", async (_, wanted, expected) => {
  const [record] = await recordsOf({ shape: { type: "AES", size: 256 }, ...wanted });
  expect(record && shown(record)).toMatchObject(expected);
});

test("what is asked for a pair goes to the half that can have it", async () => {
  const flags = { sensitive: false, sign: false, verify: false, decrypt: true, encrypt: true, trusted: true };
  const [privateHalf, publicHalf] = await recordsOf({ shape: { type: "EC", curve: "P-256" }, flags });
  expect(privateHalf && shown(privateHalf)).toMatchObject({
    SENSITIVE: "0",
    SIGN: "0",
    VERIFY: "0",
    DECRYPT: "1",
    ENCRYPT: "0",
    TRUSTED: "1",
  });
  expect(publicHalf && shown(publicHalf)).toMatchObject({
    SENSITIVE: "0",
    SIGN: "0",
    VERIFY: "0",
    DECRYPT: "0",
    ENCRYPT: "1",
    TRUSTED: "1",
  });
});

describe("setAttribute", () => {
  const settable = [3, 260, 261, 262, 263, 264, 266, 268, 370, 528, 1073742353, 1073742354];

  test.each(attributeIds)("of the owner, %s = %i", async (_, id) => {
    const hsm = await TestedHsm.with(await cluster([user(3, "CU", "bob")], [key({ handle: 8, owner: "bob" })]));
    const session = await hsm.session("CU", "bob");
    const refused = id === 134 ? "NOT_AUTHORISED" : id === 512 ? "INVALID_ATTRIBUTE" : "ATTRIBUTE_READ_ONLY";
    const code = await codeOf(hsm.hsm.keys.setAttribute(session, 8, id, "1"));
    expect(code).toBe(settable.includes(id) ? "SUCCESS" : refused);
    if (code !== "SUCCESS") return;
    const [read] = await hsm.hsm.keys.attributes(session, 8, id);
    expect(read?.value).toEqual(id === 3 ? { kind: "text", text: "1" } : { kind: "number", number: 1 });
  });

  test.each(attributeIds)("of an officer, %s = %i", async (_, id) => {
    const users = [user(1, "CO", "admin"), user(3, "CU", "bob")];
    const hsm = await TestedHsm.with(await cluster(users, [key({ handle: 8, owner: "bob" })]));
    const session = await hsm.session("CO", "admin");
    const code = await codeOf(hsm.hsm.keys.setAttribute(session, 8, id, "1"));
    expect(code).toBe(id === 134 ? "SUCCESS" : "NOT_AUTHORISED");
  });

  test.each([
    [260, "2"],
    [260, "-1"],
    [260, "01"],
    [1073742353, "x"],
    [1073742353, "4294967296"],
    [3, "x".repeat(128)],
    [3, "pay\u001b[31m"],
  ])("refuses %i = %s", async (id, word) => {
    const hsm = await TestedHsm.with(await cluster([user(3, "CU", "bob")], [key({ handle: 8, owner: "bob" })]));
    const session = await hsm.session("CU", "bob");
    expect(await codeOf(hsm.hsm.keys.setAttribute(session, 8, id, word))).toBe("INVALID_INPUT");
  });
});

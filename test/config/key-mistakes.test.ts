import { test } from "vitest";
import { expectRefused } from "./refused.ts";

/** A whole configuration around a key. */
const withKey = (key: string) => `clusters:
  - id: cluster-a
    users: [{ id: 3, type: CU, name: bob, password: secret-9 }]
    keys:
      - ${key}
    hsms:
      - { id: hsm-a, hostname: 10.9.0.1 }
`;

const mistakes: readonly (readonly [what: string, marked: string, words: string])[] = [
  [
    "a key without a type",
    withKey("▶{ handle: 5, size: 128, owner: bob }"),
    "clusters[0].keys[0].type must be one of AES, 3DES, GENERIC, RSA, DSA, EC",
  ],
  [
    "a key size",
    withKey("{ handle: 5, type: AES, size: ▶100, owner: bob }"),
    "clusters[0].keys[0].size must be 128 or 192 or 256",
  ],
  [
    "a pair at the largest handle",
    withKey("{ handle: ▶4294967294, type: EC, curve: P-256, owner: bob }"),
    "clusters[0].keys[0].handle leaves no handle for the public key: add a publicHandle",
  ],
  [
    "a curve",
    withKey("{ handle: 5, type: EC, curve: ▶P256, owner: bob }"),
    "clusters[0].keys[0].curve must be one of P-224, P-256, P-384, P-521, secp256k1",
  ],
  [
    "a key that was never extractable, and is",
    withKey("{ handle: 5, type: AES, size: 128, owner: bob, attributes: { neverExtractable: ▶true } }"),
    "clusters[0].keys[0].attributes.neverExtractable must be false, or set extractable to false",
  ],
  [
    "a key that always was sensitive, and is not",
    withKey(
      "{ handle: 5, type: AES, size: 128, owner: bob, attributes: { sensitive: false, alwaysSensitive: ▶true } }",
    ),
    "clusters[0].keys[0].attributes.alwaysSensitive must be false when sensitive is false",
  ],
  [
    "an attribute that is said beside the others",
    withKey("{ handle: 5, type: AES, size: 128, owner: bob, attributes: { ▶extractable: true } }"),
    "clusters[0].keys[0].attributes has an unknown key: known keys are trusted, sensitive, encrypt, decrypt, " +
      "wrap, unwrap, sign, verify, derive, local, neverExtractable, alwaysSensitive, destroyable, wrapWithTrusted",
  ],
  [
    "a flag that is a number",
    withKey("{ handle: 5, type: AES, size: 128, owner: bob, extractable: ▶1 }"),
    "clusters[0].keys[0].extractable must be true or false",
  ],
  [
    "a label of two lines",
    withKey('{ handle: 5, type: AES, size: 128, owner: bob, label: ▶"a\\nb" }'),
    "clusters[0].keys[0].label must not contain control characters or line breaks",
  ],
  [
    "a label that is too long",
    withKey(`{ handle: 5, type: AES, size: 128, owner: bob, label: ▶${"x".repeat(128)} }`),
    "clusters[0].keys[0].label must have 127 bytes at most",
  ],
];

test.each(mistakes)("%s", async (_, marked, words) => {
  await expectRefused("cluster.yaml", marked, words);
});

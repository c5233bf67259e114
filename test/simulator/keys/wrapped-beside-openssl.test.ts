import { createCipheriv, createDecipheriv, createPublicKey, generateKeyPairSync, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { GcmTagLength, WrapHash, WrapMethod } from "../../../src/hsm/key-wrapping.ts";
import { users } from "../../harness/backups.ts";
import { isMissing } from "../../harness/debian.ts";
import { openssl } from "../../harness/openssl.ts";
import { type LoggedIn, TestedHsm } from "../../harness/tested-hsm.ts";
import {
  type OuterKey,
  bring,
  kcvOf,
  outerKeys,
  plainWish,
  take,
  unwrap,
  wrapBare,
} from "../../harness/transported-keys.ts";

const outer = outerKeys();
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const sizes = [128, 192, 256] as const;
const folder = mkdtempSync(join(tmpdir(), "wrapped-"));
const privatePem = join(folder, "private.pem");
const publicPem = join(folder, "public.pem");

let alice: LoggedIn;
/** The AES keys that wrap, by their bits, with their bytes. */
const aes = new Map<number, { readonly handle: number; readonly bytes: Buffer }>();
let rsaPublic: number;
let rsaPrivate: number;
/** Handles of the outer keys, by their names. */
const inside = new Map<string, number>();

beforeAll(async () => {
  const hsm = await TestedHsm.with(users(["CO", "admin"], ["CU", "alice"]));
  alice = await hsm.login("CU", "alice");
  const { session } = alice;
  const root = await alice.hsm.making.secret(session, { ...plainWish, shape: { type: "AES", size: 256 } });
  for (const size of sizes) {
    const bytes = randomBytes(size / 8);
    aes.set(size, { bytes, handle: await bring(alice, root, { kind: { class: "secret", type: "AES" }, bytes }) });
  }
  const pkcs8 = rsa.privateKey.export({ type: "pkcs8", format: "der" });
  rsaPrivate = await bring(alice, root, { kind: { class: "private", type: "RSA" }, bytes: pkcs8 });
  const publicKey = rsa.publicKey.export({ type: "spki", format: "der" });
  rsaPublic = await alice.hsm.wrapping.importPublic(session, { ...plainWish, publicKey });
  for (const key of outer) inside.set(key.name, await bring(alice, root, key));
  writeFileSync(privatePem, rsa.privateKey.export({ type: "pkcs8", format: "pem" }));
  writeFileSync(publicPem, rsa.publicKey.export({ type: "spki", format: "pem" }));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const handleOf = (name: string): number => inside.get(name) ?? 0;
const wrapping = (size: number) => aes.get(size) ?? { handle: 0, bytes: Buffer.alloc(0) };

/** Fills up and cuts, as PKCS #5 does. */
function filled(plain: Buffer): Buffer {
  const more = 8 - (plain.length % 8);
  return Buffer.concat([plain, Buffer.alloc(more, more)]);
}

const mechanisms = [
  { mechanism: "AES_KEY_WRAP_PAD_PKCS5", cipher: "wrap", iv: "A6A6A6A6A6A6A6A6", before: filled },
  { mechanism: "NIST_AES_WRAP_NO_PAD", cipher: "wrap", iv: "A6A6A6A6A6A6A6A6", before: (plain: Buffer) => plain },
  { mechanism: "NIST_AES_WRAP_PAD", cipher: "wrap-pad", iv: "A65959A6", before: (plain: Buffer) => plain },
] as const;

/** OpenSSL, too, wraps no less than two blocks by RFC 3394. */
const isTooShort = (mechanism: string, { bytes }: OuterKey): boolean =>
  mechanism === "AES_KEY_WRAP_PAD_PKCS5" && filled(bytes).length < 16;

/** Keys that are wrapped under each size of key; all others under the longest. */
const ofEachSize: ReadonlySet<string> = new Set(["AES 256", "GENERIC 160", "RSA 2048"]);

const cells = mechanisms.flatMap((way) =>
  sizes.flatMap((size) =>
    outer
      .filter((key) => !isTooShort(way.mechanism, key) && (size === 256 || ofEachSize.has(key.name)))
      .map((key) => ({ ...way, size, key, name: key.name })),
  ),
);

describe.skipIf(isMissing("openssl"))("with AES", () => {
  it.each(cells)("$mechanism under AES-$size: $name", async ({ mechanism, cipher, iv, before, size, key }) => {
    const { handle: under, bytes } = wrapping(size);
    const words = ["enc", `-id-aes${String(size)}-${cipher}`, "-K", bytes.toString("hex"), "-iv", iv];
    const method: WrapMethod = { mechanism };
    const wrapped = wrapBare(alice, handleOf(key.name), under, method);
    if (mechanism === "NIST_AES_WRAP_NO_PAD" && (key.bytes.length % 8 > 0 || key.bytes.length < 16)) {
      await expect(wrapped).rejects.toMatchObject({ returnCode: "KEY_UNSUITABLE" });
      return;
    }
    const content = before(key.bytes);
    const outside = openssl([...words, "-e"], content);
    expect(Buffer.from((await wrapped).bytes)).toEqual(outside);
    expect(openssl([...words, "-d"], Buffer.from((await wrapped).bytes))).toEqual(content);
    const again = await unwrap(alice, { wrapped: { bytes: outside }, under, method, kind: key.kind });
    expect(await kcvOf(alice, again)).toEqual(await kcvOf(alice, handleOf(key.name)));
    expect(await take(alice, under, again)).toEqual(key.bytes);
  });
});

const hashes: readonly WrapHash[] = ["sha1", "sha224", "sha256", "sha384", "sha512"];
const short = outer.filter(({ name }) => ["AES 128", "AES 256", "3DES 192", "GENERIC 8"].includes(name));
const oaep = (hash: WrapHash) => ["-pkeyopt", "rsa_padding_mode:oaep", "-pkeyopt", `rsa_oaep_md:${hash}`];

describe.skipIf(isMissing("openssl"))("with RSA", () => {
  it.each(hashes.flatMap((hash) => short.map((key) => ({ hash, key, name: key.name }))))(
    "RSA_OAEP with $hash: $name",
    async ({ hash, key }) => {
      const method: WrapMethod = { mechanism: "RSA_OAEP", hash };
      const { bytes } = await wrapBare(alice, handleOf(key.name), rsaPublic, method);
      const opened = openssl(["pkeyutl", "-decrypt", "-inkey", privatePem, ...oaep(hash)], Buffer.from(bytes));
      expect(opened).toEqual(key.bytes);
      const outside = openssl(["pkeyutl", "-encrypt", "-pubin", "-inkey", publicPem, ...oaep(hash)], key.bytes);
      const again = await unwrap(alice, { wrapped: { bytes: outside }, under: rsaPrivate, method, kind: key.kind });
      expect(await kcvOf(alice, again)).toEqual(await kcvOf(alice, handleOf(key.name)));
      expect(await take(alice, wrapping(256).handle, again)).toEqual(key.bytes);
    },
  );

  const withEach = hashes.flatMap((hash) =>
    outer
      .filter(({ name }) => hash === "sha256" || name === "AES 256" || name === "RSA 2048")
      .map((key) => ({ hash, key, name: key.name })),
  );

  it.each(withEach)("RSA_AES with $hash: $name", async ({ hash, key }) => {
    const method: WrapMethod = { mechanism: "RSA_AES", hash };
    const bytes = Buffer.from((await wrapBare(alice, handleOf(key.name), rsaPublic, method)).bytes);
    const words = ["pkeyutl", "-decrypt", "-inkey", privatePem, ...oaep(hash)];
    const transport = openssl(words, bytes.subarray(0, 256)).toString("hex");
    const kwp = ["enc", "-id-aes256-wrap-pad", "-iv", "A65959A6", "-K"];
    expect(openssl([...kwp, transport, "-d"], bytes.subarray(256))).toEqual(key.bytes);
    const other = randomBytes(32);
    const first = openssl(["pkeyutl", "-encrypt", "-pubin", "-inkey", publicPem, ...oaep(hash)], other);
    const outside = Buffer.concat([first, openssl([...kwp, other.toString("hex"), "-e"], key.bytes)]);
    const again = await unwrap(alice, { wrapped: { bytes: outside }, under: rsaPrivate, method, kind: key.kind });
    expect(await take(alice, wrapping(256).handle, again)).toEqual(key.bytes);
  });

  it("fits as many bytes into OAEP as RFC 8017 says, and no more", async () => {
    const root = wrapping(256).handle;
    for (const [hash, most] of [
      ["sha1", 214],
      ["sha224", 198],
      ["sha256", 190],
      ["sha384", 158],
      ["sha512", 126],
    ] as const) {
      const kind = { class: "secret", type: "GENERIC" } as const;
      const fitting = await bring(alice, root, { kind, bytes: randomBytes(most) });
      const longer = await bring(alice, root, { kind, bytes: randomBytes(most + 1) });
      const method: WrapMethod = { mechanism: "RSA_OAEP", hash };
      expect((await wrapBare(alice, fitting, rsaPublic, method)).bytes).toHaveLength(256);
      await expect(wrapBare(alice, longer, rsaPublic, method)).rejects.toMatchObject({ returnCode: "KEY_UNSUITABLE" });
    }
  });
});

const tags: readonly GcmTagLength[] = [8, 12, 16];

describe("with GCM, beside another implementation's order of IV, ciphertext and tag", () => {
  const cells = sizes.flatMap((size) =>
    tags.flatMap((tagLength) =>
      outer
        .filter(({ name }) => (size === 256 && tagLength === 16) || name === "RSA 2048")
        .map((key) => ({ size, tagLength, key, name: key.name })),
    ),
  );

  it.each(cells)("AES-$size, a tag of $tagLength: $name", async ({ size, tagLength, key }) => {
    const { handle: under, bytes: secret } = wrapping(size);
    const additional = Buffer.from("what is authenticated, too");
    const cipher = `aes-${String(size) as "128" | "192" | "256"}-gcm` as const;
    const apart = await wrapBare(alice, handleOf(key.name), under, { mechanism: "AES_GCM", tagLength, additional });
    const joined = await wrapBare(alice, handleOf(key.name), under, {
      mechanism: "CLOUDHSM_AES_GCM",
      tagLength,
      additional,
    });
    expect(joined.iv).toBeUndefined();
    for (const whole of [Buffer.concat([apart.iv ?? Buffer.alloc(0), apart.bytes]), Buffer.from(joined.bytes)]) {
      expect(whole).toHaveLength(12 + key.bytes.length + tagLength);
      const opening = createDecipheriv(cipher, secret, whole.subarray(0, 12), { authTagLength: tagLength });
      opening.setAAD(additional).setAuthTag(whole.subarray(-tagLength));
      expect(Buffer.concat([opening.update(whole.subarray(12, -tagLength)), opening.final()])).toEqual(key.bytes);
    }
    const iv = randomBytes(12);
    const sealing = createCipheriv(cipher, secret, iv, { authTagLength: tagLength }).setAAD(additional);
    const sealed = Buffer.concat([sealing.update(key.bytes), sealing.final(), sealing.getAuthTag()]);
    const terms = { tagLength, additional };
    const one = { wrapped: { bytes: sealed, iv }, method: { mechanism: "AES_GCM", ...terms } } as const;
    const bytes = Buffer.concat([iv, sealed]);
    const other = { wrapped: { bytes }, method: { mechanism: "CLOUDHSM_AES_GCM", ...terms } } as const;
    for (const each of [one, other]) {
      const again = await unwrap(alice, { ...each, under, kind: key.kind });
      expect(await take(alice, under, again)).toEqual(key.bytes);
    }
  });
});

it.each(outer.filter(({ kind }) => kind.class === "private"))(
  "a public key beside its private one: $name",
  async ({ name, bytes }) => {
    const { hsm, session } = alice;
    const publicKey = createPublicKey({ key: openssl(["pkey", "-inform", "DER"], bytes) });
    const spki = publicKey.export({ type: "spki", format: "der" });
    const handle = await hsm.wrapping.importPublic(session, { ...plainWish, publicKey: spki });
    expect(Buffer.from(await hsm.wrapping.exportPublic(session, handle))).toEqual(spki);
    expect(await kcvOf(alice, handle)).toEqual(await kcvOf(alice, handleOf(name)));
    expect(await kcvOf(alice, handle)).toEqual({
      kind: "bytes",
      hex: openssl(["dgst", "-sha1", "-binary"], spki).subarray(0, 3).toString("hex"),
    });
  },
);

import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import * as wrapping from "../../src/key-wrap/aes-key-wrap.ts";
import { openssl } from "../harness/openssl.ts";

const sizes = [128, 192, 256] as const;
const lengths = [16, 24, 32, 40, 1216];

function enc(direction: "-e" | "-d", cipher: string, key: Buffer, iv: string, input: Buffer): Buffer {
  return openssl(["enc", direction, `-id-${cipher}`, "-K", key.toString("hex"), "-iv", iv], input);
}

describe.each(sizes)("AES-%i", (size) => {
  const key = randomBytes(size / 8);
  const cipher = `aes${String(size)}-wrap`;

  it.each(lengths)("wraps %i bytes as openssl does (RFC 3394), and opens what that wraps", (length) => {
    const plain = randomBytes(length);
    const wrapped = enc("-e", cipher, key, "A6A6A6A6A6A6A6A6", plain);
    expect(wrapping.wrapBlocks(key, plain)).toEqual(wrapped);
    expect(wrapping.unwrapBlocks(key, wrapped)).toEqual(plain);
  });

  it.each([1, 7, 8, 9, 16, 17, 1217])(
    "wraps %i bytes as openssl does (RFC 5649), and opens what that wraps",
    (length) => {
      const plain = randomBytes(length);
      const wrapped = enc("-e", `${cipher}-pad`, key, "A65959A6", plain);
      expect(wrapping.wrapPadded(key, plain)).toEqual(wrapped);
      expect(wrapping.unwrapPadded(key, wrapped)).toEqual(plain);
    },
  );

  it.each([8, 9, 24, 1217])("fills %i bytes up before openssl opens them", (length) => {
    const plain = randomBytes(length);
    const more = 8 - (length % 8);
    const filled = Buffer.concat([plain, Buffer.alloc(more, more)]);
    expect(enc("-d", cipher, key, "A6A6A6A6A6A6A6A6", wrapping.wrapPkcs5(key, plain))).toEqual(filled);
    expect(wrapping.unwrapPkcs5(key, enc("-e", cipher, key, "A6A6A6A6A6A6A6A6", filled))).toEqual(plain);
  });
});

it("wraps the published vectors (RFC 3394, 4.6; RFC 5649, 6)", () => {
  const key = Buffer.from("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", "hex");
  const plain = Buffer.from("00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f", "hex");
  const wrapped = "28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21";
  expect(wrapping.wrapBlocks(key, plain).toString("hex")).toBe(wrapped);
  const other = Buffer.from("5840df6e29b02af1ab493b705bf16ea1ae8338f4dcc176a8", "hex");
  const long = Buffer.from("c37b7e6492584340bed12207808941155068f738", "hex");
  expect(wrapping.wrapPadded(other, long).toString("hex")).toBe(
    "138bdeaa9b8fa7fc61f97742e72248ee5ae6ae5360d1ae6a5f54f373fa543b6a",
  );
  expect(wrapping.wrapPadded(other, Buffer.from("466f7250617369", "hex")).toString("hex")).toBe(
    "afbeb0f07dfbf5419200f2ccb50bb24f",
  );
});

it("wraps 1 to 7 bytes, which become one block, and opens them", () => {
  const key = randomBytes(32);
  for (let length = 0; length < 8; length++) {
    const plain = randomBytes(length);
    const wrapped = wrapping.wrapPkcs5(key, plain);
    expect(wrapped).toHaveLength(16);
    expect(wrapping.unwrapPkcs5(key, wrapped)).toEqual(plain);
  }
});

const ways = [
  [wrapping.wrapBlocks, wrapping.unwrapBlocks],
  [wrapping.wrapPadded, wrapping.unwrapPadded],
  [wrapping.wrapPkcs5, wrapping.unwrapPkcs5],
] as const;

it.each(ways)("opens nothing that was changed, cut or wrapped by another key", (wrap, unwrap) => {
  const key = randomBytes(32);
  const wrapped = wrap(key, randomBytes(32));
  for (let at = 0; at < wrapped.length; at += 5) {
    const changed = Buffer.from(wrapped);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => unwrap(key, changed)).toThrow(RangeError);
  }
  for (const length of [0, 8, 16, 31, 32]) expect(() => unwrap(key, wrapped.subarray(0, length))).toThrow(RangeError);
  expect(() => unwrap(randomBytes(32), wrapped)).toThrow(RangeError);
});

it("opens no blocks as padded that nobody filled up", () => {
  const key = randomBytes(16);
  const plain = Buffer.alloc(24, 9);
  expect(() => wrapping.unwrapPkcs5(key, wrapping.wrapBlocks(key, plain))).toThrow(RangeError);
  expect(() =>
    wrapping.unwrapPkcs5(key, wrapping.wrapBlocks(key, Buffer.from("0102030405060708".repeat(2), "hex"))),
  ).toThrow(RangeError);
  expect(() => wrapping.wrapBlocks(key, Buffer.alloc(12))).toThrow(RangeError);
});

import { expect, test } from "vitest";
import type { UnwrapWish } from "../../../src/hsm/key-wrapping.ts";
import { cluster, key, user } from "../../harness/backups.ts";
import { codeOf } from "../../harness/return-codes.ts";
import { TestedHsm } from "../../harness/tested-hsm.ts";
import { plainWish } from "../../harness/transported-keys.ts";

const under = 30;
const wish = {
  ...plainWish,
  label: "arriving",
  under,
  method: { mechanism: "NIST_AES_WRAP_PAD" },
  kind: { class: "secret", type: "AES" },
} as const satisfies Omit<UnwrapWish, "wrapped">;

test("what does not open is refused with one code, whatever is wrong with it, and nothing is kept", async () => {
  const keys = [key({ handle: under, owner: "alice", sharedWith: [], shape: { type: "AES", size: 256 } })];
  const tested = await TestedHsm.with(await cluster([user(4, "CU", "alice")], keys));
  const { hsm, session } = await tested.login("CU", "alice");
  const { bytes } = await hsm.wrapping.wrap(session, {
    key: under,
    under,
    method: wish.method,
    header: false,
  });
  const damaged = bytes.with(3, (bytes[3] ?? 0) ^ 1);
  for (const wrong of [damaged, bytes.subarray(8), new Uint8Array(0), new Uint8Array(40)]) {
    expect(await codeOf(hsm.wrapping.unwrap(session, { ...wish, wrapped: { bytes: wrong } }))).toBe(
      "WRAPPED_DATA_INVALID",
    );
  }
  const headed = { ...wish, kind: undefined, wrapped: { bytes } };
  expect(await codeOf(hsm.wrapping.unwrap(session, headed))).toBe("WRAPPED_HEADER_MISSING");
  expect(await hsm.making.search(session, {})).toEqual([under]);
  expect(await codeOf(hsm.wrapping.unwrap(session, { ...wish, wrapped: { bytes } }))).toBe("SUCCESS");
});

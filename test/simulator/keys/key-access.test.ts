import { expect, test } from "vitest";
import { type KeyRight, requests } from "../../../src/hsm/requests.ts";
import { refusal } from "../../../src/simulator/keys/key-access.ts";
import type { UserType } from "../../../src/hsm/user.ts";

const rights = Object.values(requests).flatMap((row): readonly KeyRight[] => [
  ...("ofKey" in row ? [row.ofKey] : []),
  ...("ofTrusted" in row ? [row.ofTrusted] : []),
]);

test.each([...new Set(rights)])("a type of user that nobody knows has no right to %s", (right) => {
  expect(refusal(right, "ROOT" as UserType, "owner")).toBe("NOT_AUTHORISED");
});

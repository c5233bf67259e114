import { expect, test } from "vitest";
import { type KeyOperation, refusal } from "../../../src/simulator/keys/key-access.ts";
import type { UserType } from "../../../src/hsm/user.ts";

test.each<KeyOperation>([
  "information",
  "attribute",
  "trustedAttribute",
  "setAttribute",
  "setTrusted",
  "share",
  "copy",
])("a type of user that nobody knows may not ask for %s", (operation) => {
  expect(refusal(operation, "ROOT" as UserType, "owner")).toBe("NOT_AUTHORISED");
});

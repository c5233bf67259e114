import { expect, test } from "vitest";
import { users } from "../harness/backups.ts";
import { codeOf } from "../harness/return-codes.ts";
import { TestedHsm, credentials } from "../harness/tested-hsm.ts";

/** Each is `kate`, or `sid`, in some lower or upper case, and no name that an HSM accepts. */
const lookalikes = ["\u212aate", "\u212aATE", "\u017fid", "k\u0430te", "\uff4bate", "kate\u200b", " kate", "kate ", ""];

test.each(lookalikes)("%j is nobody's name", async (name) => {
  const tested = await TestedHsm.with(users(["CO", "kate"], ["CO", "sid"]));
  const { hsm } = tested;
  expect(await codeOf(hsm.logins.login(credentials("CO", name)))).toBe("UNKNOWN_USER_NAME");
  expect(await codeOf(hsm.users.find(name))).toBe("USER_NOT_FOUND");
  const session = await tested.session("CO", "KATE");
  expect(await codeOf(hsm.users.delete(session, { type: "CO", name }))).toBe("USER_NOT_FOUND");
  expect(await codeOf(hsm.users.changePassword(session, credentials("CO", name)))).toBe("USER_NOT_FOUND");
  expect(await codeOf(hsm.users.create(session, credentials("CO", name)))).toBe("INVALID_INPUT");
  expect(await codeOf(hsm.tokens.issue(session, 3, name))).toBe("TOKEN_OF_ANOTHER_USER");
  expect(await codeOf(hsm.tokens.issue(session, 3, "Kate"))).toBe("SUCCESS");
});

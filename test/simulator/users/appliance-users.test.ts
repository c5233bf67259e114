import { beforeEach, describe, expect, test } from "vitest";
import { users } from "../../harness/backups.ts";
import { codeOf } from "../../harness/return-codes.ts";
import { ScriptedShell } from "../../harness/scripted-shell.ts";
import { type LoggedIn, TestedHsm, credentials } from "../../harness/tested-hsm.ts";

/** An appliance user is the service's: no officer makes one, deletes it, or sets its password on any way. */
const everybody = users(["CO", "admin"], ["AU", "app_user"]);

describe.each(["CO", "PCO"] as const)("of an appliance user a %s", (type) => {
  let one: TestedHsm, other: TestedHsm, here: LoggedIn, there: LoggedIn;
  beforeEach(async () => {
    const all = type === "CO" ? everybody : users(["PCO", "admin"], ["AU", "app_user"]);
    one = await TestedHsm.with(all, { hsmId: "hsm-one" });
    other = await TestedHsm.with(all, { hsmId: "hsm-other" });
    here = await one.login(type, "admin");
    there = await other.login(type, "admin");
  });

  const password = "changed12345";
  const login = () => codeOf(there.hsm.logins.login(credentials("AU", "app_user", password)));

  test("sets no password", async () => {
    const change = there.hsm.users.changePassword(there.session, credentials("AU", "app_user", password));
    expect(await codeOf(change)).toBe("INVALID_USER_TYPE");
  });

  test("copies no password to another HSM", async () => {
    const { hsm, session } = await one.login("AU", "app_user");
    await hsm.users.changePassword(session, credentials("AU", "app_user", password));
    const masked = await here.hsm.users.extract(here.session, (await here.hsm.users.find("app_user")).id);
    expect(await codeOf(there.hsm.users.insert(there.session, masked))).toBe("INVALID_USER_TYPE");
    expect(await login()).toBe("LOGIN_FAILURE");
  });

  test("copies none to an HSM that has no such user", async () => {
    const empty = await (await TestedHsm.with(users([type, "admin"]), { hsmId: "hsm-empty" })).login(type, "admin");
    const masked = await here.hsm.users.extract(here.session, (await here.hsm.users.find("app_user")).id);
    expect(await codeOf(empty.hsm.users.insert(empty.session, masked))).toBe("INVALID_USER_TYPE");
    expect(await codeOf(empty.hsm.users.find("app_user"))).toBe("USER_NOT_FOUND");
  });

  test("is told so by syncUser", async () => {
    const shell = new ScriptedShell([one, other], undefined, true);
    await shell.command(`loginHSM ${type} admin password`);
    await shell.command("server 0");
    const said = await shell.command("syncUser 2 1");
    expect(said).toMatch(/^InsertMaskedObject: 0x[0-9a-f]+ !\nsyncUser failed: HSM Error: Invalid User Type\.\n/im);
    expect(said).toContain("Hint: An appliance user (AU) sets its own password");
  });
});

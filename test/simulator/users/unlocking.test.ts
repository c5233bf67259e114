import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { certificateTypes } from "../../../src/hsm/certificate-type.ts";
import { Backup } from "../../../src/simulator/cluster-image.ts";
import { azure } from "../../../src/simulator/models/azure.ts";
import { passwordCost, startOfTime, user, withMore } from "../../harness/backups.ts";
import { isMissing } from "../../harness/debian.ts";
import { openssl } from "../../harness/openssl.ts";
import { codeOf, expectCode } from "../../harness/return-codes.ts";
import { TestedHsm, credentials } from "../../harness/tested-hsm.ts";

const { customerRoot, clusterByCustomer } = certificateTypes;

describe.skipIf(isMissing("openssl"))("an officer who is locked", () => {
  let folder: string, certified: TestedHsm;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "cloudhsm-"));
    const [csr, key, crt] = ["P1.csr", "PO.key", "PO.crt"].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    const factory = [user(1, "PRECO", "admin")];
    const blank = await Backup.uncertified("hsm-test", azure.requestedName, startOfTime);
    const locked = [
      { ...user(2, "CO", "officer"), loginFailures: 5 },
      { ...user(3, "CO", "colleague"), loginFailures: 5 },
      { ...user(4, "CU", "clerk"), loginFailures: 5 },
      user(5, "CU", "alice"),
    ];
    certified = await TestedHsm.with(await (await withMore(blank, factory)).withUsers(locked, passwordCost), {
      model: azure,
    });
    certified.time = (Date.now() + 3_600_000) * 1000;
    const { hsm } = certified;
    const session = await certified.session("PRECO", "admin");
    writeFileSync(csr, await hsm.certificateRequest());
    const anchor = openssl([
      "req",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-keyout",
      key,
      "-x509",
      "-days",
      "9",
      "-subj",
      "/CN=Owner",
    ]);
    writeFileSync(crt, anchor);
    const signed = openssl(["x509", "-req", "-in", csr, "-CA", crt, "-CAkey", key, "-set_serial", "1", "-days", "9"]);
    await hsm.storeCertificate(session, anchor.toString(), customerRoot);
    await hsm.storeCertificate(session, signed.toString(), clusterByCustomer);
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** What the owner makes of a challenge. */
  function signed(challenge: Uint8Array, key = "PO.key"): Uint8Array {
    return openssl(["dgst", "-sha256", "-sign", join(folder, key)], Buffer.from(challenge));
  }

  test("logs in again by the owner's signature, with the password as it was", async () => {
    const { hsm, auditLog } = await freshly();
    const { challenge } = await hsm.unlocking.challenge(0, "OFFICER");
    expect(challenge).toHaveLength(176);
    expect(await codeOf(hsm.logins.login(credentials("CO", "officer")))).toBe("USER_LOCKED");
    await hsm.unlocking.unlock(0, "officer", signed(challenge));
    expect(await codeOf(hsm.logins.login(credentials("CO", "officer")))).toBe("SUCCESS");
    expect(await auditLog()).toMatch(/CN_GET_UNLOCK_CHALLENGE[^]*CN_UNLOCK_CO/);
  });

  test("is unlocked once by a challenge", async () => {
    const { hsm, lock } = await freshly();
    const { challenge } = await hsm.unlocking.challenge(0, "officer");
    await hsm.unlocking.unlock(0, "officer", signed(challenge));
    await expectCode(hsm.unlocking.unlock(0, "officer", signed(challenge)), "USER_NOT_LOCKED");
    await lock();
    await expectCode(hsm.unlocking.unlock(0, "officer", signed(challenge)), "UNLOCK_NO_CHALLENGE");
  });

  test("stays locked by a signature over an older challenge, another officer's, another HSM's, or of another key", async () => {
    const { hsm } = await freshly();
    const other = await freshly();
    const older = signed((await hsm.unlocking.challenge(0, "officer")).challenge);
    const colleague = signed((await hsm.unlocking.challenge(0, "colleague")).challenge);
    const elsewhere = signed((await other.hsm.unlocking.challenge(0, "officer")).challenge);
    const { challenge, signature } = await hsm.unlocking.challenge(0, "officer");
    openssl(["genrsa", "-out", join(folder, "other.key"), "2048"]);
    const wrong = [older, colleague, elsewhere, signed(challenge, "other.key"), signature, new Uint8Array()];
    for (const each of wrong) await expectCode(hsm.unlocking.unlock(0, "officer", each), "UNLOCK_SIGNATURE");
    expect(await codeOf(hsm.logins.login(credentials("CO", "officer")))).toBe("USER_LOCKED");
    // A mistake costs nobody the challenge.
    await hsm.unlocking.unlock(0, "officer", signed(challenge));
  });

  test("has no challenge any more once another officer set a password", async () => {
    const { hsm, lock } = await freshly();
    const { challenge } = await hsm.unlocking.challenge(0, "colleague");
    await hsm.unlocking.unlock(0, "colleague", signed(challenge));
    const drawn = signed((await hsm.unlocking.challenge(0, "officer")).challenge);
    const { session } = await hsm.logins.login(credentials("CO", "colleague"));
    await hsm.users.changePassword(session, credentials("CO", "officer"));
    await lock();
    await expectCode(hsm.unlocking.unlock(session, "officer", drawn), "UNLOCK_NO_CHALLENGE");
  });

  test("is given a challenge that the HSM vouches for with the key of its certificate", async () => {
    const { hsm } = await freshly();
    const { challenge, signature } = await hsm.unlocking.challenge(0, "officer");
    const [pub, file] = [join(folder, "hsm.pub"), join(folder, "vouched")];
    const pem = await hsm.certificate(clusterByCustomer);
    writeFileSync(pub, openssl(["x509", "-noout", "-pubkey"], pem));
    writeFileSync(file, signature);
    const said = openssl(["dgst", "-sha256", "-verify", pub, "-signature", file], Buffer.from(challenge));
    expect(said.toString()).toBe("Verified OK\n");
  });

  test.each([
    { name: "clerk", code: "INVALID_USER_TYPE" },
    { name: "admin", code: "USER_NOT_LOCKED" },
    { name: "nobody", code: "USER_NOT_FOUND" },
  ] as const)("is neither $name: $code", async ({ name, code }) => {
    const { hsm } = await freshly();
    await expectCode(hsm.unlocking.challenge(0, name), code);
    await expectCode(hsm.unlocking.unlock(0, name, new Uint8Array()), code);
  });

  test("is not unlocked from a crypto user's session, though from nobody's", async () => {
    const { hsm } = await freshly();
    const { session } = await hsm.logins.login(credentials("CU", "alice"));
    await expectCode(hsm.unlocking.challenge(session, "officer"), "NOT_AUTHORISED");
    await expectCode(hsm.unlocking.unlock(session, "officer", new Uint8Array()), "NOT_AUTHORISED");
  });

  /** Another HSM with the same owner and users. */
  async function freshly() {
    const tested = await certified.copy();
    tested.time = certified.time;
    const { hsm } = tested;
    return {
      hsm,
      auditLog: async () => (await tested.auditLog()).join("\n"),
      /** Five wrong passwords. */
      lock: async () => {
        for (let at = 0; at < 5; at++) await codeOf(hsm.logins.login(credentials("CO", "officer", "wrong-password")));
      },
    };
  }
});

import { beforeAll, describe, expect, test } from "vitest";
import { certificateTypes } from "../../../src/hsm/certificate-type.ts";
import type { ReturnCodeName } from "../../../src/hsm/return-code.ts";
import { Backup } from "../../../src/simulator/cluster-image.ts";
import { azure } from "../../../src/simulator/models/azure.ts";
import { passwordCost, startOfTime, user } from "../../harness/backups.ts";
import { type CustomerCa, customerCa } from "../../harness/customer-ca.ts";
import { isMissing } from "../../harness/debian.ts";
import { openssl } from "../../harness/openssl.ts";
import { expectCode } from "../../harness/return-codes.ts";
import { TestedHsm } from "../../harness/tested-hsm.ts";

const { customerRoot, clusterByCustomer } = certificateTypes;
const ecKey = ["ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"];
const day = 24 * 60 * 60 * 1000 * 1000;

describe.skipIf(isMissing("openssl"))("an HSM that waits for its certificates", () => {
  let backup: Backup, fresh: TestedHsm, request: string;

  beforeAll(async () => {
    const users = [user(1, "PRECO", "admin"), user(2, "AU", "app_user"), user(3, "CU", "alice")];
    const blank = await Backup.uncertified("hsm-test", azure.requestedName, startOfTime);
    backup = await blank.withUsers(users, passwordCost);
    fresh = await TestedHsm.with(backup, { model: azure });
    request = await fresh.hsm.certificateRequest();
  });

  /** Another one, on which this is stored. */
  async function with4(anchor?: string): Promise<{ readonly tested: TestedHsm; readonly session: number }> {
    const tested = await fresh.copy();
    // An hour later: certificates begin at the second at which they are made.
    tested.time = Date.now() * 1000 + day / 24;
    const session = await tested.session("PRECO", "admin");
    if (anchor !== undefined) await tested.hsm.storeCertificate(session, anchor, customerRoot);
    return { tested, session };
  }

  test("gives a request of the vendor's form to anybody, and always the same", async () => {
    const subject = openssl(["req", "-noout", "-verify", "-subject", "-nameopt", "compat"], request).toString("utf8");
    expect(subject).toMatch(/\/CN=HSM:[0-9A-F]{32}:PARTN:22, for non-FIPS mode/);
    expect(await fresh.hsm.certificateRequest()).toBe(request);
  });

  test("is initialised by the owner's certificate and its own, which ends the login", async () => {
    const ca = customerCa();
    const { tested, session } = await with4(ca.anchor);
    const signed = ca.sign(request);
    await tested.hsm.storeCertificate(session, signed, clusterByCustomer);
    expect(await tested.hsm.certificate(customerRoot)).toBe(ca.anchor);
    expect(await tested.hsm.certificate(clusterByCustomer)).toBe(signed);
    await expectCode(tested.hsm.logins.logout(session), "NOT_LOGGED_IN");
    const again = await tested.session("PRECO", "admin");
    await expectCode(tested.hsm.storeCertificate(again, ca.anchor, customerRoot), "CERTIFICATE_STORED");
    await expectCode(tested.hsm.storeCertificate(again, signed, clusterByCustomer), "CERTIFICATE_STORED");
    const publicKey = (pem: string, kind: string): string => openssl([kind, "-noout", "-pubkey"], pem).toString("utf8");
    expect(publicKey(await tested.hsm.certificateRequest(), "req")).toBe(publicKey(request, "req"));
    expect((await tested.auditLog()).join("\n")).toContain("CN_STORE_CERTIFICATE");
  });

  test("takes another owner's certificate until its own is stored", async () => {
    const ca = customerCa();
    const other = customerCa();
    const { tested, session } = await with4(other.anchor);
    await expectCode(
      tested.hsm.storeCertificate(session, ca.sign(request), clusterByCustomer),
      "CERTIFICATE_SIGNATURE",
    );
    await tested.hsm.storeCertificate(session, ca.anchor, customerRoot);
    await tested.hsm.storeCertificate(session, ca.sign(request), clusterByCustomer);
    expect(await tested.hsm.certificate(customerRoot)).toBe(ca.anchor);
  });

  test("is certified by officers alone", async () => {
    const ca = customerCa();
    const { tested } = await with4();
    await expectCode(tested.hsm.storeCertificate(0, ca.anchor, customerRoot), "NOT_LOGGED_IN");
    const session = await tested.session("CU", "alice");
    await expectCode(tested.hsm.storeCertificate(session, ca.anchor, customerRoot), "NOT_AUTHORISED");
  });

  interface Row {
    readonly code: ReturnCodeName;
    readonly type: number;
    readonly pem: (ca: CustomerCa) => string;
    readonly days?: number;
  }
  const rows: readonly Row[] = [
    { code: "INVALID_INPUT", type: 16, pem: (ca) => ca.anchor },
    { code: "CERTIFICATE_UNREADABLE", type: customerRoot, pem: () => "no certificate" },
    { code: "CERTIFICATE_SEVERAL", type: customerRoot, pem: (ca) => ca.anchor.repeat(5) },
    { code: "CERTIFICATE_AUTHORITY", type: customerRoot, pem: (ca) => ca.sign(request) },
    { code: "CERTIFICATE_WEAK", type: customerRoot, pem: () => customerCa({ key: ["rsa:1024"] }).anchor },
    { code: "CERTIFICATE_WEAK", type: customerRoot, pem: () => customerCa({ key: ["rsa:3072"] }).anchor },
    { code: "CERTIFICATE_WEAK", type: customerRoot, pem: () => customerCa({ key: ecKey }).anchor },
    { code: "CERTIFICATE_EXPIRED", type: customerRoot, pem: (ca) => ca.anchor, days: 3653 },
    { code: "CERTIFICATE_UNREADABLE", type: clusterByCustomer, pem: () => "" },
    { code: "CERTIFICATE_SEVERAL", type: clusterByCustomer, pem: (ca) => ca.sign(request).repeat(2) },
    { code: "CERTIFICATE_EXPIRED", type: clusterByCustomer, pem: (ca) => ca.sign(request, "-days", "1"), days: 2 },
    { code: "CERTIFICATE_KEY", type: clusterByCustomer, pem: (ca) => ca.anchor },
    { code: "CERTIFICATE_SIGNATURE", type: clusterByCustomer, pem: () => customerCa().sign(request) },
  ];

  test.each(rows)("refuses with $code as type $type", async ({ code, type, pem, days = 0 }) => {
    const ca = customerCa();
    const { tested, session } = await with4(type === clusterByCustomer ? ca.anchor : undefined);
    tested.time += days * day;
    await expectCode(tested.hsm.storeCertificate(session, pem(ca), type), code);
    await expectCode(tested.hsm.certificate(clusterByCustomer), "INVALID_INPUT");
    expect(await tested.hsm.certificateRequest()).toBe(request);
  });

  test("refuses its own before the owner's", async () => {
    const ca = customerCa();
    const { tested, session } = await with4();
    await expectCode(tested.hsm.storeCertificate(session, ca.sign(request), clusterByCustomer), "CERTIFICATE_ORDER");
  });
});

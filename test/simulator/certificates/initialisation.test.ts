import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { certificateTypes } from "../../../src/hsm/certificate-type.ts";
import { makeServiceRoots } from "../../../src/simulator/certificates/cluster-certificates.ts";
import type { CertificateProblem } from "../../../src/simulator/certificates/customer-certificates.ts";
import { Backup } from "../../../src/simulator/cluster-image.ts";
import { initialise } from "../../../src/simulator/cluster-initialisation.ts";
import { readServed } from "../../../src/simulator/service-reader.ts";
import { MemoryStore } from "../../../src/store/memory/memory-store.ts";
import { user } from "../../harness/backups.ts";
import { type CustomerCa, customerCa } from "../../harness/customer-ca.ts";
import { isMissing } from "../../harness/debian.ts";
import { openssl } from "../../harness/openssl.ts";
import { temporaryFolder } from "../../harness/program.ts";
import { inMemory } from "../../harness/keepers.ts";
import { TestedHsm } from "../../harness/tested-hsm.ts";

const address = { hostname: "10.0.0.1", port: 2225 };
const factory = [user(1, "PRECO", "admin"), user(2, "AU", "app_user")];
const day = 24 * 60 * 60 * 1000;
/** Microseconds since 1970, some days from now. */
const timeIn = (days: number): number => (Date.now() + days * day) * 1000;

describe.skipIf(isMissing("openssl"))("a cluster whose customer is to certify it", () => {
  const store = new MemoryStore();
  let hsm: TestedHsm, request: string;

  beforeAll(async () => {
    const backup = await Backup.uninitialised("hsm-test", await makeServiceRoots(new Date()));
    hsm = await TestedHsm.with(backup, { keeper: inMemory(store) });
    request = (await readServed(Promise.resolve(store), address)).certificates.clusterCsr ?? "";
  });

  const tryWith = (signed: string, anchor: string, days = 0): Promise<CertificateProblem | undefined> =>
    initialise(Promise.resolve(store), address, { signed, anchor }, factory, timeIn(days));

  test("has a request of the service's form, and nobody on it", async () => {
    const subject = openssl(["req", "-noout", "-verify", "-subject", "-nameopt", "compat"], request).toString("utf8");
    expect(subject).toContain("/C=US/ST=CA/O=Cavium/OU=N3FIPS/L=SanJose/CN=HSM:hsm-test:PARTN:1, for FIPS mode");
    expect(await hsm.hsm.users.list()).toEqual([]);
    await expect(hsm.hsm.certificate(certificateTypes.customerRoot)).rejects.toMatchObject({
      returnCode: "INVALID_INPUT",
    });
  });

  const link = (subject: string, above: CustomerCa, basic = "CA:TRUE"): CustomerCa => {
    const folder = temporaryFolder();
    const [key, extensions] = [join(folder, "customerCA.key"), join(folder, "ext")];
    const csr = openssl(["req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-subj", subject]);
    writeFileSync(extensions, `basicConstraints=critical,${basic}`);
    const own = above.sign(csr.toString("utf8"), "-extfile", extensions);
    return above.below(folder, own);
  };
  /** What is given in place of what the guide says, by the customer's CA. */
  interface Row {
    readonly problem: CertificateProblem;
    readonly ca?: Parameters<typeof customerCa>[0];
    readonly cert?: (ca: CustomerCa) => string;
    readonly anchor?: (ca: CustomerCa) => string;
    readonly days?: number;
  }
  const rows: readonly Row[] = [
    { problem: "anchorUnreadable", anchor: () => "no certificate" },
    { problem: "anchorUnreadable", anchor: (ca) => ca.anchor.replace(/M/g, "A") },
    { problem: "anchorNotARoot", anchor: (ca) => ca.sign(request) },
    { problem: "anchorTooLong", anchor: (ca) => ca.anchor.repeat(5) },
    { problem: "anchorBrokenChain", anchor: (ca) => ca.anchor.repeat(2) },
    { problem: "anchorNoAuthority", ca: { options: ["-addext", "basicConstraints=critical,CA:FALSE"] } },
    { problem: "anchorNoAuthority", ca: { options: ["-addext", "keyUsage=digitalSignature"] } },
    { problem: "anchorKey", ca: { key: ["rsa:1024"] } },
    { problem: "anchorKey", ca: { key: ["ec", "-pkeyopt", "ec_paramgen_curve:secp256k1"] } },
    { problem: "anchorAlgorithm", ca: { options: ["-sha1"] } },
    { problem: "anchorExpired", days: 3653 },
    { problem: "certUnreadable", cert: () => "" },
    { problem: "certSeveral", cert: (ca) => ca.sign(request).repeat(2) },
    { problem: "certExpired", cert: (ca) => ca.sign(request, "-days", "1"), days: 2 },
    { problem: "certOtherKey", cert: (ca) => ca.anchor },
    { problem: "certOtherIssuer", cert: () => customerCa().sign(request) },
  ];

  test.each(rows)("is not initialised: $problem", async ({ problem, ca: wishes, cert, anchor, days }) => {
    const ca = customerCa(wishes);
    const given = [cert?.(ca) ?? ca.sign(request), anchor?.(ca) ?? ca.anchor] as const;
    expect(await tryWith(...given, days)).toBe(problem);
    expect((await readServed(Promise.resolve(store), address)).isInitialised).toBe(false);
  });

  test.each([
    ["a P-384 root", () => customerCa({ key: ["ec", "-pkeyopt", "ec_paramgen_curve:secp384r1"] })],
    ["SHA-224", () => customerCa({ options: ["-sha224"] })],
    ["a chain of three", () => link("/CN=Signing", link("/CN=Between", customerCa()))],
  ])("is initialised with %s", async (_, make) => {
    const copy = new MemoryStore(store);
    const own = make();
    const given = { signed: own.sign(request), anchor: own.anchor };
    expect(await initialise(Promise.resolve(copy), address, given, factory, timeIn(0))).toBeUndefined();
    expect((await readServed(Promise.resolve(copy), address)).isInitialised).toBe(true);
  });

  test("is initialised by the guide's steps: the request is gone, the officer of the factory waits", async () => {
    const ca = customerCa();
    const signed = ca.sign(request);
    expect(await tryWith(signed, ca.anchor)).toBeUndefined();
    const served = await readServed(Promise.resolve(store), address);
    expect(served).toMatchObject({ isInitialised: true, isActivated: false });
    expect(Object.keys(served.certificates)).toEqual(["clusterCertificate"]);
    expect((await hsm.hsm.users.list()).map(({ type, name }) => [type, name])).toEqual([
      ["PRECO", "admin"],
      ["AU", "app_user"],
    ]);
    const other = await TestedHsm.with(await Backup.take(store, address), { hsmId: "hsm-other" });
    for (const each of [hsm, other]) {
      expect(await each.hsm.certificate(certificateTypes.clusterByCustomer)).toBe(signed);
      expect(await each.hsm.certificate(certificateTypes.customerRoot)).toBe(ca.anchor);
    }
  });
});

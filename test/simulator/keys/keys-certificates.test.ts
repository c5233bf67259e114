import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { Backup } from "../../../src/simulator/cluster-image.ts";
import { certificateTypes } from "../../../src/hsm/certificate-type.ts";
import { isMissing } from "../../harness/debian.ts";
import { cluster } from "../../harness/backups.ts";
import { codeOf } from "../../harness/return-codes.ts";
import { TestedHsm } from "../../harness/tested-hsm.ts";
import { openssl } from "../../harness/openssl.ts";
import { temporaryFolder } from "../../harness/program.ts";

const { manufacturerRoot, manufacturerHardware, customerRoot, clusterByCustomer, clusterByManufacturer } =
  certificateTypes;

describe.skipIf(isMissing("openssl"))("openssl verifies", () => {
  let one: TestedHsm, other: TestedHsm, clone: TestedHsm, stranger: TestedHsm;

  beforeAll(async () => {
    const backup = await cluster([]);
    one = await TestedHsm.with(backup, { hsmId: "hsm-one" });
    other = await TestedHsm.with(backup, { hsmId: "hsm-other" });
    clone = await TestedHsm.with(await Backup.take(one.store), { hsmId: "hsm-clone" });
    stranger = await TestedHsm.with(await cluster([]), { hsmId: "hsm-stranger" });
  });

  /** Verifies a certificate of an HSM below a root, by way of another one. Gives openssl's first line. */
  async function verify(
    leaf: [TestedHsm, number],
    root: [TestedHsm, number],
    between?: [TestedHsm, number],
  ): Promise<string> {
    const folder = temporaryFolder();
    const write = async (name: string, [{ hsm }, type]: [TestedHsm, number]): Promise<string> => {
      const path = join(folder, name);
      writeFileSync(path, await hsm.certificate(type));
      return path;
    };
    const untrusted = between === undefined ? [] : ["-untrusted", await write("between.crt", between)];
    const words = ["verify", "-x509_strict", "-CAfile", await write("root.crt", root), ...untrusted];
    return openssl([...words, await write("leaf.crt", leaf)])
      .toString("utf8")
      .replace(folder, "~")
      .trim();
  }

  const valid = "~/leaf.crt: OK";

  test("the cluster's certificate, by the customer's root", async () => {
    expect(await verify([one, clusterByCustomer], [one, customerRoot])).toBe(valid);
    expect(await verify([other, clusterByCustomer], [one, customerRoot])).toBe(valid);
    expect(await verify([clone, clusterByCustomer], [one, customerRoot])).toBe(valid);
  });

  test("the hardware's certificate, by the manufacturer's root", async () => {
    for (const hsm of [one, other, clone]) {
      expect(await verify([hsm, manufacturerHardware], [one, manufacturerRoot])).toBe(valid);
    }
  });

  test("the cluster's certificate, by the HSM's hardware, by the manufacturer's root", async () => {
    for (const hsm of [one, other, clone]) {
      const chain = [hsm, manufacturerHardware] as [TestedHsm, number];
      expect(await verify([hsm, clusterByManufacturer], [one, manufacturerRoot], chain)).toBe(valid);
    }
  });

  test("nothing by another cluster's roots, nor by another HSM's hardware", async () => {
    await expect(verify([one, clusterByCustomer], [stranger, customerRoot])).rejects.toThrow("verification failed");
    await expect(verify([one, manufacturerHardware], [stranger, manufacturerRoot])).rejects.toThrow();
    const chain = [other, manufacturerHardware] as [TestedHsm, number];
    await expect(verify([one, clusterByManufacturer], [one, manufacturerRoot], chain)).rejects.toThrow();
  });

  test("both certificates of the cluster are of one key, on all its HSMs", async () => {
    const publicKeyOf = async ({ hsm }: TestedHsm, type: number): Promise<string> =>
      openssl(["x509", "-noout", "-pubkey"], await hsm.certificate(type)).toString("utf8");
    const keys = [one, other, clone].flatMap((hsm) =>
      [clusterByCustomer, clusterByManufacturer].map((type) => publicKeyOf(hsm, type)),
    );
    expect(new Set(await Promise.all(keys)).size).toBe(1);
    expect(await publicKeyOf(stranger, clusterByCustomer)).not.toBe(await keys[0]);
  });

  test("the hardware's certificate names the HSM", async () => {
    const subject = openssl(["x509", "-noout", "-subject"], await other.hsm.certificate(manufacturerHardware));
    expect(subject.toString("utf8")).toContain("HSM:hsm-other");
  });
});

test.each([0, 3, 5, 32, 64, -1, 1.5])("there is no certificate of type %d", async (type) => {
  const { hsm } = await TestedHsm.with(await cluster([]));
  expect(await codeOf(hsm.certificate(type))).toBe("INVALID_INPUT");
});

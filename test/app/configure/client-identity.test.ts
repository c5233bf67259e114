import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { clientIdentity } from "../../../src/app/configure/client-identity.ts";
import { editsFor } from "../../../src/app/configure/edits.ts";
import { writeConfigurationFiles } from "../../../src/app/configure/configuration-files.ts";
import type { Setting } from "../../../src/app/configure/request.ts";
import { MemoryHome } from "../../../src/store/memory/memory-home.ts";
import { MemoryPlace } from "../../../src/store/memory/memory-place.ts";
import { openssl } from "../../harness/openssl.ts";
import { temporaryFolder } from "../../harness/program.ts";

/** Makes a private key and its certificate as the guide does, and returns their paths. */
function made(folder: string, name: string) {
  const [privateKey, certificate] = [join(folder, `${name}.key`), join(folder, `${name}.crt`)];
  const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=client"];
  openssl(["req", "-x509", ...kind, "-keyout", privateKey, "-out", certificate]);
  return { privateKey, certificate };
}

test("--ssl puts another certificate and key into both files, and nothing where one of them is not there", async () => {
  const etc = temporaryFolder();
  const home = new MemoryHome(new MemoryPlace());
  const identity = made(etc, "ssl-client");
  const configure = async (setting: Setting) => writeConfigurationFiles(etc, await editsFor(home, etc, setting));
  await expect(configure({ kind: "identity", ...identity })).rejects.toThrow(/^there is no .*cloudhsm_client\.cfg/);
  await configure({ kind: "one", address: "h0" });
  expect(await configure({ kind: "identity", ...identity })).toEqual([
    `Updating server config in ${etc}/cloudhsm_client.cfg`,
    `Updating server config in ${etc}/cloudhsm_mgmt_util.cfg`,
  ]);
  const written = { certificate: identity.certificate, pkey: identity.privateKey };
  const read = (name: string): unknown => JSON.parse(readFileSync(join(etc, name), "utf8"));
  expect(read("cloudhsm_client.cfg")).toMatchObject({ ssl: written, server: { hostname: "h0" } });
  expect(read("cloudhsm_mgmt_util.cfg")).toMatchObject({ servers: [{ ...written, hostname: "h0" }] });
});

test("a key and a certificate must be there, be what they are said to be, and belong together", async () => {
  const folder = temporaryFolder();
  const [one, other] = [made(folder, "one"), made(folder, "other")];
  expect(await clientIdentity(folder + "/home", one)).toEqual(one);
  const locked = join(folder, "locked.key");
  writeFileSync(locked, openssl(["pkey", "-in", one.privateKey, "-aes256", "-passout", "pass:secret"]));
  const refused = (identity: Partial<typeof one>) =>
    expect(clientIdentity(folder + "/home", { ...one, ...identity })).rejects;
  await refused({ privateKey: other.privateKey }).toThrow(/^.*one\.crt is not the certificate of .*other\.key: give/);
  await refused({ privateKey: one.certificate }).toThrow("one.crt is not a private key in PEM without a pass phrase");
  await refused({ privateKey: locked }).toThrow("locked.key is not a private key in PEM without a pass phrase");
  await refused({ certificate: one.privateKey }).toThrow("one.key is not a certificate in PEM: give one with --cert");
  await refused({ certificate: join(folder, "none") }).toThrow("none cannot be read: no such file");
});

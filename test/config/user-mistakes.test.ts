import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { ConfigurationError } from "../../src/config/configuration.ts";
import { readYaml } from "../../src/config/yaml-file.ts";
import { aws } from "../../src/simulator/models/aws.ts";
import { keyPair } from "../harness/key-pairs.ts";

const pem = keyPair(0).publicKey;
const small = generateKeyPairSync("rsa", {
  modulusLength: 1024,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});
/** A key as a value in one line. */
const quoted = (key: string): string => JSON.stringify(key);

const admin = "{ id: 1, type: CO, name: admin, password: secret-1 }";
const cluster = (members: string, users = `[${admin}]`, hsm = ""): string =>
  `clusters:\n  - id: c\n    users: ${users}\n${members}    hsms:\n      - { id: hsm-a, hostname: h0${hsm} }\n`;
const withUser = (user: string): string => cluster("", `[${admin}, { id: 2, ${user}, password: secret-2 }]`);
const user = "clusters[0].users[1]";
const ofOfficers = "is for officers (CO, PCO) only: remove it";

/** Reads what is wrong; a ▶ is where the complaint must point. */
async function complaintOf(marked: string): Promise<string> {
  try {
    await readYaml("c.yaml", marked.replace("▶", ""), () => aws.limits).clusters();
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  return "nothing is wrong";
}

test.each([
  [
    "a private key",
    withUser(`type: CO, name: eve, publicKey: ▶${quoted(small.privateKey)}`),
    `${user}.publicKey must be the public key: this is the private one`,
  ],
  [
    "a path in place of a key",
    withUser("type: CO, name: eve, publicKey: ▶officer.pem"),
    `${user}.publicKey must be a public key in PEM, from -----BEGIN PUBLIC KEY----- to -----END PUBLIC KEY-----`,
  ],
  [
    "a short key",
    withUser(`type: CO, name: eve, publicKey: ▶${quoted(small.publicKey)}`),
    `${user}.publicKey must be an RSA key of 2048 bits`,
  ],
  [
    "the key of a crypto user",
    withUser(`type: CU, name: eve, publicKey: ▶${quoted(pem)}`),
    `${user}.publicKey ${ofOfficers}`,
  ],
  [
    "the second factor of a crypto user",
    withUser("type: CU, name: eve, twoFactor: ▶true"),
    `${user}.twoFactor ${ofOfficers}`,
  ],
  [
    "a second factor without a key",
    withUser("type: CO, name: eve, twoFactor: ▶true"),
    `${user}.twoFactor takes the officer's public key: add a publicKey`,
  ],
  [
    "a second factor that is a word",
    withUser("type: CO, name: eve, twoFactor: ▶yes"),
    `${user}.twoFactor must be true or false`,
  ],
  [
    "the key of another officer",
    cluster(
      "",
      `[{ id: 1, type: CO, name: admin, password: secret-1, publicKey: ${quoted(pem)} }]`,
      `, users: [{ id: 2, type: CO, name: eve, password: secret-2, publicKey: ▶${quoted(pem)} }]`,
    ),
    "clusters[0].hsms[0].users[0].publicKey is also the key of another user of this HSM: give each officer a key of their own",
  ],
  [
    "more wrong passwords than lock a user",
    withUser("type: CU, name: eve, loginFailures: ▶6"),
    `${user}.loginFailures must be a whole number from 0 to 5`,
  ],
  [
    "a user of the cluster under another name",
    cluster("", `[${admin}]`, ", users: [{ id: ▶1, type: CO, name: boss, password: secret-2 }]"),
    "clusters[0].hsms[0].users[0].id is also the id of another user of this HSM: change one of them",
  ],
  [
    "a user of the cluster under another id",
    cluster("", `[${admin}]`, ", users: [{ id: 2, type: CO, name: ▶Admin, password: secret-2 }]"),
    "clusters[0].hsms[0].users[0].name is also the name of another user of this HSM (case does not matter): change one of them",
  ],
  [
    "a minimum of one",
    cluster("    minimums: { USER_MGMT: ▶1 }\n"),
    "clusters[0].minimums.USER_MGMT must be a whole number from 2 to 8",
  ],
  [
    "a service that there is not",
    cluster("    minimums: { ▶USER_MGT: 2 }\n"),
    "clusters[0].minimums has an unknown key: did you mean USER_MGMT?",
  ],
  [
    "more officers than there are",
    cluster("    minimums: { MISC_CO: ▶2 }\n"),
    "clusters[0].minimums.MISC_CO takes more officers than the 1 of clusters[0].hsms[0]: add officers, or lower it",
  ],
  [
    "more officers than one HSM has",
    cluster("", `[${admin}]`, ", minimums: { USER_MGMT: ▶2 }"),
    "clusters[0].hsms[0].minimums.USER_MGMT takes more officers than the 1 of clusters[0].hsms[0]: add officers, or lower it",
  ],
  [
    "a state that there is not",
    cluster("", `[${admin}]`, ", state: ▶off"),
    "clusters[0].hsms[0].state must be running or stopped",
  ],
])("%s", async (_, marked, words) => {
  const lines = marked.slice(0, marked.indexOf("▶")).split("\n");
  const place = `${String(lines.length)}:${String((lines.at(-1) ?? "").length + 1)}`;
  expect(await complaintOf(marked)).toBe(`c.yaml:${place}: ${words}`);
});

test("what belongs together is taken", async () => {
  const fit = cluster(
    "    minimums: { USER_MGMT: 2 }\n",
    `[${admin}, { id: 2, type: PCO, name: eve, password: secret-2, twoFactor: true, publicKey: ${quoted(pem)}, loginFailures: 5 }]`,
    ", state: stopped, users: [{ id: 1, type: CO, name: ADMIN, password: secret-3 }]",
  );
  expect(await complaintOf(fit)).toBe("nothing is wrong");
});

import { sign } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RequestName } from "../../src/hsm/requests.ts";
import { keyPair, signDigest } from "./key-pairs.ts";
import { RehearsedHome } from "./rehearsed-home.ts";

/** Where keys are: of admin for quorum, of officer2 as second factor, and another one to be registered. */
const [quorumKey, factorKey, otherKey] = [0, 1, 2];

/** A line of the shell in which something goes wrong, and what leads to it. */
export interface Rehearsed {
  /** The command whose requests meet the fault. */
  readonly command: string;
  /** The only request that meets it; left out, the first one. */
  readonly request?: RequestName;
  /** Lines before it, answers included. */
  readonly before: readonly string[];
  readonly line: string;
  /** What is done outside the shell before the line. */
  readonly prepare?: () => void;
  /** What is done before the name of a file is confirmed that it asks for. */
  readonly confirm?: () => void;
}

const officer = "loginHSM CO admin admin12345";
const owner = "loginHSM CU alice alice12345";
const onServer0 = [officer, "server 0"];

/** Every command of the shell as it is rehearsed, in a folder with {@link writeFiles its files}. */
export function rehearsals(folder: string): readonly Rehearsed[] {
  const file = (name: string): string => join(folder, name);
  return [
    { command: "loginHSM", before: [], line: officer },
    {
      command: "loginHSM",
      request: "logins.login",
      before: [],
      line: `loginHSM CO officer2 officer23456 -2fa ${file("login.json")}`,
      confirm: () => {
        signFactor(file("login.json"));
      },
    },
    { command: "logoutHSM", before: [officer], line: "logoutHSM" },
    { command: "listUsers", before: [], line: "listUsers" },
    { command: "createUser", before: [officer], line: "createUser CU zoe zoe12345" },
    { command: "changePswd", before: [officer], line: "changePswd CU bob bob67890" },
    { command: "deleteUser", before: [officer], line: "deleteUser CU carol" },
    { command: "syncUser", before: onServer0, line: "syncUser 7 1" },
    { command: "findAllKeys", before: [officer], line: "findAllKeys 4 1" },
    { command: "getKeyInfo", before: [officer], line: "getKeyInfo 10" },
    { command: "getAttribute", before: [owner], line: "getAttribute 10 3" },
    { command: "setAttribute", before: [owner], line: "setAttribute 10 3 renamed" },
    { command: "listAttributes", before: [], line: "listAttributes" },
    { command: "shareKey", before: [owner], line: "shareKey 10 6 1" },
    { command: "syncKey", before: onServer0, line: "syncKey 11 1" },
    { command: "getCert", before: ["server 0"], line: `getCert ${file("certificate.pem")} 2` },
    {
      command: "registerQuorumPubKey",
      before: [officer],
      line: `registerQuorumPubKey CO admin ${file("registration")} ${file("registration.sig")} ${file("other.pub")}`,
    },
    {
      command: "registerMofnPubKey",
      before: [officer],
      line: `registerMofnPubKey CO key_match_string admin ${file("other.key")}`,
    },
    { command: "setMValue", before: [officer], line: "setMValue 4 2" },
    { command: "getMValue", before: [officer], line: "getMValue 3" },
    { command: "getToken", before: [officer], line: `getToken 3 admin ${file("token")}` },
    {
      command: "approveToken",
      before: [officer, `getToken 3 admin ${file("token")}`],
      prepare: () => {
        writeFileSync(file("token.sig"), sign("sha256", readFileSync(file("token")), keyPair(quorumKey).privateKey));
      },
      line: `approveToken ${file("approval.txt")}`,
    },
    { command: "listTokens", before: [officer, `getToken 3 admin ${file("token")}`], line: "listTokens" },
    { command: "delToken", before: [officer, `getToken 3 admin ${file("token")}`], line: "delToken 1" },
    { command: "getHSMInfo", before: [], line: "getHSMInfo" },
    { command: "getClusterInfo", before: [], line: "getClusterInfo" },
    { command: "getUserInfo", before: [], line: "getUserInfo carol" },
    { command: "getUserDiffMap", before: onServer0, line: "getUserDiffMap 0" },
    { command: "getKeyDiffMap", before: [officer], line: "getKeyDiffMap 0 0 0" },
    { command: "getKeyDiffMap", before: onServer0, line: "getKeyDiffMap 0 0" },
    { command: "getPartitionInfo", before: ["server 0"], line: "getPartitionInfo" },
    { command: "info", before: [], line: "info" },
    { command: "enable_e2e", before: [], line: "enable_e2e" },
    { command: "help", before: [], line: "help" },
    { command: "server", before: [], line: "server 1" },
    { command: "exit", before: ["server 1"], line: "exit" },
    { command: "quit", before: [], line: "quit" },
  ];
}

/** Three HSMs in step, but for a user and a key that are on the first one only. */
export function cluster(): Promise<RehearsedHome> {
  const pem = (index: number): string => JSON.stringify(keyPair(index).publicKey);
  return RehearsedHome.of(`clusters:
  - id: cluster-a
    passwordCost: 10
    users:
      - { id: 1, type: CO, name: admin, password: admin12345, publicKey: ${pem(quorumKey)} }
      - { id: 2, type: CO, name: officer1, password: officer12345 }
      - { id: 3, type: CO, name: officer2, password: officer23456, publicKey: ${pem(factorKey)}, twoFactor: true }
      - { id: 4, type: CU, name: alice, password: alice12345 }
      - { id: 5, type: CU, name: bob, password: bobby12345 }
      - { id: 6, type: CU, name: carol, password: carol12345 }
    keys: [{ handle: 10, type: AES, size: 256, owner: alice }]
    hsms:
      - id: hsm-0
        hostname: h0
        users: [{ id: 7, type: CU, name: dave, password: dave123456 }]
        keys: [{ handle: 11, type: AES, size: 256, owner: alice }]
      - { id: hsm-1, hostname: h1 }
      - { id: hsm-2, hostname: h2 }
`);
}

/** Writes what {@link rehearsals} read. */
export function writeFiles(folder: string): void {
  const { privateKey, publicKey } = keyPair(otherKey);
  const registration = Buffer.from("a registration");
  const files: readonly (readonly [string, string | Buffer])[] = [
    ["registration", registration],
    ["registration.sig", sign("sha256", registration, privateKey)],
    ["other.pub", publicKey],
    ["other.key", privateKey.export({ type: "pkcs8", format: "pem" })],
    [
      "approval.txt",
      `Multi Token File Path = ${join(folder, "token")};\nToken File Path = ;\nNumber of Approvals = 1;\n` +
        `Approver Type = 2;\nApprover Name = admin;\nApproval File = ${join(folder, "token.sig")};\n`,
    ],
  ];
  for (const [name, content] of files) writeFileSync(join(folder, name), content);
}

function signFactor(path: string): void {
  const content = JSON.parse(readFileSync(path, "utf8")) as {
    readonly Data: { readonly Digest: string; Signature: string }[];
  };
  for (const entry of content.Data) {
    entry.Signature = signDigest(Buffer.from(entry.Digest, "base64"), keyPair(factorKey)).toString("base64");
  }
  writeFileSync(path, JSON.stringify(content));
}

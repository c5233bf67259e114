import { expect, test } from "vitest";
import { commands } from "../harness/offered-commands.ts";
import { translated } from "./translated.ts";

/** A word for each parameter that a command of the shell has. */
const words: Readonly<Record<string, string>> = {
  type: "CO",
  name: "alice",
  password: "alice12345",
  userId: "3",
  serverId: "1",
  handle: "262162",
  hash: "1",
  attributeId: "261",
  value: "0",
  userIds: "4",
  share: "1",
  file: "out.txt",
  certificateType: "4",
  match: "match",
  privateKey: "a.key",
  token: "t.token",
  signature: "t.sig",
  publicKey: "a.pub",
  service: "3",
  minimum: "2",
  path: "t.token",
  id: "1",
};

test.each(commands.map((command) => [`${command.name} (${command.modes.join()})`, command] as const))(
  "%s has a counterpart, or a reason why not",
  (_name, command) => {
    const given = command.parameters
      .filter(({ optional }) => optional !== true)
      .map(({ key }) => words[key] ?? (key === "file" ? "f" : undefined));
    expect(given).not.toContain(undefined);
    const inMode = command.modes.includes("global") ? [] : ["server 1"];
    const { lines } = translated([...inMode, [command.name, ...given].join(" "), "y"].join("\n"));
    const line = lines.at(inMode.length);
    expect(line?.missing ?? "").not.toMatch(/no such command|refuses/);
    expect((line?.lines.length ?? 0) + (line?.notes.length ?? 0) + (line?.missing ?? "").length).toBeGreaterThan(0);
  },
);

/** All commands of key_mgmt_util that are known, with options that it takes. */
const keyLines = [
  "help",
  "quit",
  "exit",
  "loginHSM -u CU -s alice -hpswd",
  "logoutHSM",
  "logout",
  "loginStatus",
  "listUsers",
  "genSymKey -t 31 -s 32 -l aes",
  "genRSAKeyPair -m 2048 -e 65537 -l rsa",
  "genECCKeyPair -i 2 -l ec",
  "listECCCurveIds",
  "genDSAKeyPair -m 2048 -l dsa",
  "genPBEKey",
  "createPublicKey",
  "findKey -l aes",
  "findSingleKey -k 6",
  "getKeyInfo -k 6",
  "listAttributes",
  "getAttribute -o 6 -a 512 -out attributes",
  "setAttribute -o 6 -a 1",
  "deleteKey -k 6",
  "imSymKey -f aes.key -w 6 -t 31 -l aes",
  "exSymKey -k 7 -w 6 -out aes.key",
  "importPrivateKey -l rsa -f rsa.pem -w 6",
  "exportPrivateKey -k 8 -w 6 -out rsa.pem",
  "importPubKey -l rsa -f rsa.pub",
  "exportPubKey -k 7 -out rsa.pub",
  "wrapKey -k 7 -w 6 -out wrapped -m 4",
  "unWrapKey -f wrapped -w 6 -m 4 -noheader -l aes -kc 4 -kt 31",
  "aesWrapUnwrap -m 1 -f file -w 6",
  "sign -f message -k 8 -m 1 -out signature",
  "verify -f message -s signature -k 7 -m 1",
  "getCaviumPrivKey -k 8 -out fake.pem",
  "IsValidKeyHandlefile -f fake.pem",
  "extractMaskedObject -o 6 -out masked",
  "insertMaskedObject -f masked",
  "Error2String -r 0xdb",
  "getCert -f cert -t 4",
  "getHSMInfo",
  "getPartitionInfo",
  "getToken",
  "approveToken",
  "listTokens",
  "delToken",
];

test.each(keyLines)("%s of key_mgmt_util has a counterpart, or a reason why not", (text) => {
  const [line] = translated(text, "key_mgmt_util").lines;
  expect(line?.missing ?? "").not.toMatch(/no such command|refuses/);
  expect((line?.lines.length ?? 0) + (line?.missing ?? "").length).toBeGreaterThan(0);
});

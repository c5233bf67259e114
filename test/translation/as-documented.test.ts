import { expect, test } from "vitest";
import { newLines, translated } from "./translated.ts";

const ofKey = "key-reference=0x0000000000040012";

test.each([
  ["loginHSM CO u secret123", "login --username u --role admin"],
  ["loginHSM CU u secret123", "login --username u --role crypto-user"],
  ["loginHSM CO u secret123 -2fa f", "login --username u --role admin mfa-token-sign --token f"],
  ["logoutHSM", "logout"],
  ["listUsers", "user list"],
  ["getUserInfo u", `user list | jq '.data.users[] | select(.username == "u")'`],
  ["createUser CU u secret123", "user create --username u --role crypto-user"],
  ["deleteUser CU u", "user delete --username u --role crypto-user"],
  ["changePswd CU u secret123", "user change-password --username u --role crypto-user"],
  ["changePswd CO u secret123 -2fa f", "user change-mfa token-sign --username u --role admin --token f"],
  ["getHSMInfo", "cluster hsm-info"],
  ["info server 0", "cluster hsm-info"],
  ["findAllKeys 3 1", "key list"],
  ["getKeyInfo 262162", `key list --filter ${ofKey} -v | jq '.data.matched_keys[0]."key-info"'`],
  ["getAttribute 262162 261", `key list --filter ${ofKey} -v | jq '.data.matched_keys[0].attributes."decrypt"'`],
  ["getAttribute 262162 512", `key list --filter ${ofKey} -v`],
  ["setAttribute 262162 261 0", `key set-attribute --filter ${ofKey} --name decrypt --value false`],
  ["setAttribute 262162 LABEL new", `key set-attribute --filter ${ofKey} --name label --value new`],
  ["setMValue 3 2", "quorum token-sign set-quorum-value --service user --value 2"],
  ["setMValue 4 2", "quorum token-sign set-quorum-value --service quorum --value 2"],
  ["getMValue 3", "quorum token-sign list-quorum-values"],
  ["getToken 3 u f", "quorum token-sign generate --service user --token f"],
  ["listTokens", "quorum token-sign list"],
  ["delToken 1", "quorum token-sign delete --scope user"],
  ["help", "help"],
  ["quit", "quit"],
])("%s", (old, line) => {
  expect(newLines(old)).toEqual([line]);
});

test("one line can become several, with a place for what the old tool had by number", () => {
  expect(newLines("shareKey 262162 4,5 0\ny")).toEqual([
    `key unshare --filter ${ofKey} --username <name of user 4> --role crypto-user`,
    `key unshare --filter ${ofKey} --username <name of user 5> --role crypto-user`,
  ]);
  expect(newLines("registerQuorumPubKey CO u tok sig pub\ny")).toEqual([
    "quorum token-sign generate --service registration --token tok",
    "user change-quorum token-sign register --public-key pub --signed-token tok",
  ]);
  expect(newLines("createUser CO u secret123 -2fa f\ny\n")).toEqual([
    "user create --username u --role admin",
    "user change-mfa token-sign --username u --role admin --token f",
  ]);
});

test("attributes that the new tool sets in a way that nobody has published, or not at all", () => {
  expect(translated("setAttribute 6 1073742353 x\ny").lines[0]?.missing).toBe(
    "the new tool sets wrap-template, too, but how its value is written is not published",
  );
  expect(translated("setAttribute 6 354 1\ny").lines[0]?.missing).toBe(
    "the new tool does not set extractable of a key that is there",
  );
});

test("what copies between HSMs names the line that copies to a clone", () => {
  expect(translated("server 0\nsyncUser 6 1").lines[1]?.notes).toContain(
    "to a clone: user replicate --username <name of user 6> --role <admin|crypto-user> " +
      "--source-cluster-id <cluster-id> --destination-cluster-id <cluster-id>",
  );
});

test("after cluster activate nobody is logged in: the logout of the script has gone, and a password is a password", () => {
  const script =
    "loginHSM PRECO admin password\nchangePswd PRECO admin secret123\ny\nlogoutHSM\nloginHSM CO admin secret123";
  expect(newLines(`${script}\nchangePswd CO admin secret124\ny\nlogoutHSM`)).toEqual([
    "cluster activate",
    "login --username admin --role admin",
    "user change-password --username admin --role admin",
    "logout",
  ]);
});

test("yes is no answer to y/n, and the shell asks again", () => {
  const { lines } = translated("createUser CU b secret123\nyes\n\ny\nquit");
  expect(lines.map(({ line, lines: written, missing }) => [line, written.length, missing])).toEqual([
    [1, 1, undefined],
    [2, 0, undefined],
    [4, 0, undefined],
    [5, 1, undefined],
  ]);
  expect(lines[1]).toMatchObject({ text: "yes", notes: ["neither y nor n: the shell asks again"] });
  expect(lines[0]?.notes).not.toContain("the shell asks y/n here, unless it has --yes");
});

test("nobody logs in with a second factor from the environment", () => {
  const [login] = translated("loginHSM CO b secret123 -2fa f").lines;
  expect(login?.notes.join()).not.toContain("CLOUDHSM_PIN");
});

test("the first login and the first password become one line", () => {
  const { lines } = translated("enable_e2e\nloginHSM PRECO admin password\nchangePswd PRECO admin secret123\ny\nquit");
  expect(lines.flatMap((line) => line.lines)).toEqual(["cluster activate", "quit"]);
  expect(lines.every(({ missing }) => missing === undefined)).toBe(true);
});

test("an approved token goes with the next operation of its service, and with no other", () => {
  const script = "getToken 3 u f\napproveToken a\nsetMValue 3 2\ny\ncreateUser CU b secret123\ny\ndeleteUser CU b";
  expect(newLines(script)).toEqual([
    "quorum token-sign generate --service user --token f",
    "quorum token-sign set-quorum-value --service user --value 2",
    "user create --username b --role crypto-user --approval f",
    "user delete --username b --role crypto-user",
  ]);
});

test.each([
  [
    "genSymKey -t 31 -s 32 -l L -nex -sess -u 5,6",
    "key generate-symmetric aes --label L --key-length-bytes 32 --attributes encrypt=true decrypt=true wrap=true unwrap=true " +
      "sign=false verify=false extractable=false --session --share-crypto-users <name of user 5> <name of user 6>",
  ],
  ["genSymKey -t 16 -s 64 -l L", "key generate-symmetric generic-secret --label L --key-length-bytes 64"],
  [
    "genRSAKeyPair -m 2048 -e 65537 -l L",
    "key generate-asymmetric-pair rsa --public-label L --private-label L --modulus-size-bits 2048 --public-exponent 65537 " +
      "--public-attributes verify=true encrypt=true wrap=true --private-attributes sign=true decrypt=true unwrap=true",
  ],
  [
    "genECCKeyPair -i 14 -l L -m_value 2",
    "key generate-asymmetric-pair ec --curve secp384r1 --public-label L --private-label L --public-attributes verify=true " +
      "--private-attributes sign=true --manage-private-key-quorum-value 2 --use-private-key-quorum-value 2",
  ],
  [
    "findKey -l L -c 3 -t 0 -kcv 29bbd1",
    "key list --filter attr.label=L attr.class=private-key attr.key-type=rsa attr.check-value=0x29bbd1",
  ],
  ["findSingleKey -k 262162", `key list --filter ${ofKey} -v`],
  ["deleteKey -k 262162", `key delete --filter ${ofKey}`],
  ["exportPubKey -k 262162 -out f", `key generate-file --encoding pem --path f --filter ${ofKey}`],
  ["getCaviumPrivKey -k 262162 -out f", `key generate-file --encoding reference-pem --path f --filter ${ofKey}`],
  [
    "wrapKey -k 262162 -w 6 -m 8 -t 3 -noheader -out f",
    `key wrap rsa-oaep --payload-filter ${ofKey} --wrapping-filter key-reference=0x0000000000000006 --hash-function sha256 --path f`,
  ],
  [
    "unWrapKey -f f -w 262162 -m 7 -noheader -l L -kc 4 -kt 31",
    `key unwrap rsa-aes --filter ${ofKey} --key-type-class aes --label L --data-path f --hash-function sha1`,
  ],
  [
    "sign -f m -k 262162 -m 17 -out s",
    `crypto sign ecdsa --key-filter ${ofKey} --hash-function sha256 --data-path m --data-type raw | ` +
      "jq -r '.data.signature' | base64 -d > s",
  ],
  [
    "verify -f m -s s -k 262162 -m 6",
    `crypto verify rsa-pkcs-pss --key-filter ${ofKey} --hash-function sha256 --mgf mgf1-sha256 --salt-length 32 ` +
      "--data-path m --data-type raw --signature-path s",
  ],
  ["setAttribute -o 262162 -a 1\n1", `key set-attribute --filter ${ofKey} --name token --value true`],
  [
    "singlecmd loginHSM -u CU -s u -p secret123 deleteKey -k 262162",
    `CLOUDHSM_ROLE=crypto-user CLOUDHSM_PIN=u:<password> cloudhsm-cli key delete --filter ${ofKey}`,
  ],
])("key_mgmt_util: %s", (old, line) => {
  expect(newLines(old, "key_mgmt_util")).toEqual([line]);
});

test.each([
  ["setAttribute -o 6 -a 3\n1", "key_mgmt_util sets token (1) only, and to 1"],
  ["genSymKey -t 31 -s 15 -l k", "AES keys have 16, 24 or 32 bytes"],
  ["genSymKey -t 16 -s 0 -l k", "the new tool makes secrets of 1 to 800 bytes"],
  ["genRSAKeyPair -m 1024 -e 65537 -l k", "a modulus has 2048 bits at least"],
  ["genRSAKeyPair -m 2048 -e 3 -l k", "a public exponent is odd, and 65537 at least"],
  ["genRSAKeyPair -m 2048 -e 65538 -l k", "a public exponent is odd, and 65537 at least"],
  ["genECCKeyPair -i 15 -l k", "key_mgmt_util refuses this curve; the new tool makes it with --curve secp521r1"],
  ["genECCKeyPair -i 3 -l k", "neither key_mgmt_util nor the new tool makes keys on this curve"],
  ["genSymKey -t 31 -s 32 -l k -m_value 9", "an M value is 0 to 8"],
  ["findKey -l", "key_mgmt_util refuses it: -l has no value"],
  ["unWrapKey -f f -w 6 -m 10 -noheader -l x -kc 4 -kt 31", "key_mgmt_util refuses it: -iv_file is missing"],
])("key_mgmt_util: %s has no counterpart", (old, missing) => {
  const [line] = translated(old, "key_mgmt_util").lines;
  expect(line).toMatchObject({ lines: [], missing });
});

test("key_mgmt_util's commands may be cut short, too, where that leaves one", () => {
  expect(newLines("listU\nGENSYM -t 16 -s 8 -l k\nget", "key_mgmt_util")).toEqual([
    "user list",
    "key generate-symmetric generic-secret --label k --key-length-bytes 8",
  ]);
  expect(translated("get", "key_mgmt_util").lines[0]?.missing).toBe("key_mgmt_util has no such command");
});

test("what a line of key_mgmt_util loses is said", () => {
  const notesOf = (line: string) => translated(line, "key_mgmt_util").lines[0]?.notes;
  expect(newLines("importPubKey -l L -f f -id 7", "key_mgmt_util")).toEqual([
    "key import pem --path f --label L --key-type-class <rsa-public|ec-public> --attributes id=0x37",
  ]);
  expect(notesOf("importPubKey -l L -f f -sess")).toContain("no counterpart for -sess: left out");
  expect(notesOf("unWrapKey -f f -w 6 -m 5 -noheader -l x -kc 4 -kt 31 -u 5 -m_value 2")).toContain(
    "no counterpart for -m_value: left out",
  );
  expect(newLines("findKey -kcv 0xABCDEF", "key_mgmt_util")).toEqual(["key list --filter attr.check-value=0xabcdef"]);
  expect(notesOf("findKey -m mod.hex")).toContain("$(...) takes single command mode: cloudhsm-cli before the line");
});

test("a script for a shell: what the old tools get is translated, with its calls", () => {
  const script = `#!/bin/sh
# cloudhsm_mgmt_util x <<EOF
CO_PASSWORD=secret123
/opt/cloudhsm/bin/cloudhsm_mgmt_util \\
  /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg <<EOF
loginHSM CO admin $CO_PASSWORD
createUser CU kmsuser $KMS_PASSWORD
y
listUsers
quit
EOF
/opt/cloudhsm/bin/key_mgmt_util singlecmd loginHSM -u CU -s kmsuser -p secret123 listUsers
`;
  const { lines, tools } = translated(script);
  expect(tools).toEqual(["cloudhsm_mgmt_util", "key_mgmt_util"]);
  expect(lines.map(({ line, lines: written }) => [line, ...written])).toEqual([
    [5, "cloudhsm-cli interactive <<EOF"],
    [6, 'login --username admin --role admin --password "$CO_PASSWORD"'],
    [7, 'user create --username kmsuser --role crypto-user --password "$KMS_PASSWORD"'],
    [8],
    [9, "user list"],
    [10, "quit"],
    [11, "EOF"],
    [12, "CLOUDHSM_ROLE=crypto-user CLOUDHSM_PIN=kmsuser:<password> cloudhsm-cli user list"],
  ]);
  expect(JSON.stringify(lines)).not.toContain("secret123");
});

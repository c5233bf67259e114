import { expect, test } from "vitest";
import { translated } from "./translated.ts";

/** The new lines of a script, with the number of the old one; what has no counterpart says why. */
function shown(script: string): readonly (readonly [number, ...string[]])[] {
  return translated(script).lines.map(({ line, lines, missing }) => [
    line,
    ...lines,
    ...(missing === undefined ? [] : [`! ${missing}`]),
  ]);
}

test("where a shell fills in the password, the new line takes it from the same variable", () => {
  const script = (end: string) =>
    `cloudhsm_mgmt_util cfg <<${end}\nloginHSM CO admin $PW\nchangePswd CO admin \${NEW}\ny\nEOF\n`;
  expect(shown(script("EOF"))).toEqual([
    [1, "cloudhsm-cli interactive <<EOF"],
    [2, 'login --username admin --role admin --password "$PW"'],
    [3, 'user change-password --username admin --role admin --password "${NEW}"'],
    [4],
    [5, "EOF"],
  ]);
  // Between quotes, $PW is the password itself.
  const literal = translated(script("'EOF'"));
  expect(literal.lines[1]?.lines).toEqual(["login --username admin --role admin"]);
  expect(JSON.stringify(literal)).not.toContain("$PW");
  expect(literal.lines[0]?.lines).toEqual(["cloudhsm-cli interactive <<'EOF'"]);
});

test("each option for a password is filled in, and that of key_mgmt_util, too", () => {
  const script = `cloudhsm_mgmt_util cfg <<-EOF
\tloginHSM PRECO admin password
\tchangePswd PRECO admin $NEW
\ty
\tcreateUser CO bob $PW -2fa f
\ty
\tEOF
key_mgmt_util <<EOF
loginHSM -u CU -s bob -p $PW
EOF
key_mgmt_util singlecmd loginHSM -u CU -s bob -p "$PW" listUsers
`;
  expect(shown(script).flatMap(([, ...lines]) => lines)).toEqual([
    "cloudhsm-cli interactive <<-EOF",
    'cluster activate --password "$NEW"',
    'user create --username bob --role admin --password "$PW"',
    'user change-mfa token-sign --username bob --role admin --change-password "$PW" --token f',
    "EOF",
    "cloudhsm-cli interactive <<EOF",
    'login --username bob --role crypto-user --password "$PW"',
    "EOF",
    'CLOUDHSM_ROLE=crypto-user CLOUDHSM_PIN="bob:$PW" cloudhsm-cli user list',
  ]);
});

test("the name of a user may be a variable, too, which no other case can be had of", () => {
  expect(shown("cloudhsm_mgmt_util cfg <<EOF\ngetUserInfo $NAME\ndeleteUser CU ${NAME}\nEOF\n").slice(1, 3)).toEqual([
    [2, `user list | jq --arg name "$NAME" '.data.users[] | select(.username == ($name | ascii_downcase))'`],
    [3, 'user delete --username "${NAME}" --role crypto-user'],
  ]);
});

test("a password that the new line has on it is not for a single command", () => {
  const note =
    "--password of a single command shows in the list of processes: leave it out there, and answer the prompt";
  expect(translated("cloudhsm_mgmt_util cfg <<EOF\nloginHSM CO a $PW\nEOF\n").notes).toContain(note);
  expect(translated("loginHSM CO a secret123").notes).not.toContain(note);
});

test("a number may be a variable, too", () => {
  const script =
    "key_mgmt_util <<EOF\ngenSymKey -t 31 -s $S -l k -m_value $M\nwrapKey -k $K -w 6 -m 11 -tag_size $T -out f\nEOF\n";
  expect(shown(script).slice(1, 3)).toEqual([
    [
      2,
      'key generate-symmetric aes --label k --key-length-bytes "$S" --attributes encrypt=true decrypt=true wrap=true ' +
        'unwrap=true sign=false verify=false --manage-key-quorum-value "$M" --use-key-quorum-value "$M"',
    ],
    [
      3,
      `key wrap cloudhsm-aes-gcm --payload-filter key-reference="$(printf '0x%016x' "$K")" ` +
        "--wrapping-filter key-reference=0x0000000000000006 --tag-length-bits $((8 * $T)) --path f",
    ],
  ]);
});

test("a here-document ends where the shell ends it", () => {
  const script = "cloudhsm_mgmt_util cfg <<EOF\nlistUsers\n  EOF\nquit\n";
  expect(shown(script).at(-1)).toEqual([5, "! the here-document does not end: EOF is missing"]);
  expect(shown("cat <<EOF | sudo cloudhsm_mgmt_util cfg\nlistUsers\nEOF\n")).toEqual([
    [1, "cloudhsm-cli interactive <<EOF"],
    [2, "user list"],
    [3, "EOF"],
  ]);
});

test("of a line for a shell, a single command gets its own words, and no others", () => {
  const script = `OUT=$(key_mgmt_util singlecmd loginHSM -u CU -s bob -p $PW findKey -c 3 | grep handles)
for h in 1 2; do key_mgmt_util singlecmd loginHSM -u CU -s bob -p secret123 deleteKey -k $h; done
key_mgmt_util singlecmd listUsers > out 2>&1 || exit 1
ssh host "key_mgmt_util singlecmd getHSMInfo"
key_mgmt_util singlecmd loginHSM -u CU -s bob -p $(cat "$(dirname x)/pw") listUsers
OUT=\`key_mgmt_util singlecmd loginHSM -u CU -s bob -p \`cat pw\` listUsers\`
key_mgmt_util singlecmd findKey -l 'my key' && key_mgmt_util singlecmd findKey -l "other key"
`;
  expect(shown(script)).toEqual([
    [1, 'CLOUDHSM_ROLE=crypto-user CLOUDHSM_PIN="bob:$PW" cloudhsm-cli key list --filter attr.class=private-key'],
    [
      2,
      "CLOUDHSM_ROLE=crypto-user CLOUDHSM_PIN=bob:<password> cloudhsm-cli key delete " +
        `--filter key-reference="$(printf '0x%016x' "$h")"`,
    ],
    [3, "cloudhsm-cli user list"],
    [4, "cloudhsm-cli cluster hsm-info"],
    [5, "CLOUDHSM_ROLE=crypto-user CLOUDHSM_PIN=bob:<password> cloudhsm-cli user list"],
    [6, "CLOUDHSM_ROLE=crypto-user CLOUDHSM_PIN=bob:<password> cloudhsm-cli user list"],
    [7, "cloudhsm-cli key list --filter attr.label='my key'"],
    [7, "cloudhsm-cli key list --filter attr.label='other key'"],
  ]);
});

test("a call whose lines are not in the script is not passed over", () => {
  const script = `#!/bin/bash
# cloudhsm_mgmt_util cfg
CMU=/opt/cloudhsm/bin/cloudhsm_mgmt_util
cat > lines <<EOF
loginHSM CO admin secret123
EOF
$CMU cfg < lines
echo "starting cloudhsm_mgmt_util"
timeout 60 $CMU cfg < lines
printf 'loginHSM CO admin secret123\\nquit\\n' | sudo "\${CMU}" cfg
$CMU cfg <<EOF
quit
EOF
`;
  const elsewhere = "! what it reads is not in this script: give those lines to translate, as a script of their own";
  expect(shown(script)).toEqual([
    [7, elsewhere],
    [9, elsewhere],
    [10, elsewhere],
    [11, "cloudhsm-cli interactive <<EOF"],
    [12, "quit"],
    [13, "EOF"],
  ]);
  expect(JSON.stringify(translated(script))).not.toContain("secret123");
});

test("the shells of other vendors have no successor there", () => {
  expect(shown("./azcloudhsm_mgmt_util x.cfg <<EOF\nloginHSM CO admin secret123\nEOF\nuser_mgmt_util cfg\n")).toEqual([
    [1, "! azcloudhsm_mgmt_util is the shell of Azure Cloud HSM: CloudHSM CLI is for AWS CloudHSM"],
    [4, "! user_mgmt_util is the shell of OCI Dedicated KMS: CloudHSM CLI is for AWS CloudHSM"],
  ]);
});

test("a runbook in text names the tools before their lines", () => {
  expect(shown("$ /opt/cloudhsm/bin/cloudhsm_mgmt_util cfg\nlistUsers\nquit\n\nkey_mgmt_util\nexit\n")).toEqual([
    [1, "cloudhsm-cli interactive"],
    [2, "user list"],
    [3, "quit"],
    [5, "cloudhsm-cli interactive"],
    [6, "quit"],
  ]);
});

test("of a script for expect, what it sends is translated", () => {
  const script = `#!/usr/bin/expect
set pw [lindex $argv 0]
spawn /opt/cloudhsm/bin/cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg
expect "aws-cloudhsm>"
send "loginHSM CO admin $pw\\r"
expect "aws-cloudhsm>"
send -- "createUser CU bob -hpswd\\r"
expect "Enter password:" { send "S3cret\\$pw\\r" }
expect "Re-enter password:"
send "S3cret\\$pw\\r"
expect "(y/n)?"
send "y\\r"
`;
  const translation = translated(script);
  expect(shown(script)).toEqual([
    [3, "cloudhsm-cli interactive"],
    [5, 'login --username admin --role admin --password "$pw"'],
    [7, "user create --username bob --role crypto-user"],
    [8],
    [10],
    [12],
  ]);
  expect(JSON.stringify(translation)).not.toContain("S3cret");
  expect(translation.notes[0]).toBe("what the script for expect sends is shown; change what it waits for, too");
});

test.each(["", "\n \n", "#!/bin/sh\nls\n"])("%j has nothing to translate, and no advice is given", (script) => {
  expect(translated(script)).toMatchObject({ lines: [], notes: [] });
});

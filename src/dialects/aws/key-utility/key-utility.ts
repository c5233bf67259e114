import type { KeyCall, KeyUtilityWording, NodeAnswer } from "../../../command/key-utility-wording.ts";
import { keyAttributes } from "../../../hsm/key-attribute.ts";
import { returnCodes } from "../../../hsm/return-code.ts";
import type { UserSummary } from "../../../hsm/user.ts";
import { help } from "./help.ts";

const calls: Readonly<Record<KeyCall, string>> = {
  login: "Cfm3LoginHSM",
  logout: "Cfm3LogoutHSM",
  listUsers: "Cfm3ListUsers",
  generateSecret: "Cfm3GenerateSymmetricKey",
  generatePair: "Cfm3GenerateKeyPair",
  // With a colon in every sample of its page.
  generateDsaPair: "Cfm3GenerateKeyPair:",
  find: "Cfm3FindKey",
  findSingle: "Cfm3FindKey",
  getKey: "Cfm3GetKey",
  getAttribute: "Cfm3GetAttribute",
  delete: "Cfm3DeleteKey",
  getHsmInfo: "Cfm3GetHSMInfo",
  getPartitionInfo: "Cfm3GetPartitionInfo",
  loginStatus: "Cfm3LoginStatus",
  // Of a success, as a client of 2021 printed it.
  sign: "Cfm3Sign: sign",
  verify: "Cfm3Verify",
  setAttribute: "Cfm3SetAttribute",
  extractMasked: "Cfm3ExtractMaskedObject",
  insertMasked: "Cfm3InsertMaskedObject",
  generatePbe: "Cfm3GeneratePBEKey",
  handleFile: "getCaviumPrivKey",
  importWrap: "Cfm3ImportWrapKey",
  unwrapTemplate: "Cfm3CreateUnwrapTemplate2",
  importUnwrap: "Cfm3ImportUnWrapKey",
  exportWrap: "Cfm3ExportWrapKeyWithMech",
  exportUnwrap: "Cfm3ExportUnwrapKeyWithMech",
  createPublic: "Cfm3CreatePublicKey",
  exportPublic: "Cfm3ExportPubKey",
  wrap: "Cfm2WrapKey5",
  unwrap: "Cfm2UnWrapWithTemplate3",
  unwrapWithHeader: "Cfm3UnWrapKey",
  wrapData: "Cfm3WrapHostKey",
  unwrapData: "Cfm3UnWrapHostKey",
};

const { code: success, text: succeeded } = returnCodes.SUCCESS;

/** key_mgmt_util of AWS CloudHSM, client 3.1 and later: each line of an answer begins with a TAB. */
export const keyUtility: KeyUtilityWording = {
  prompt: "Command:  ",
  single: (command) => `Command: ${command}`,
  banner: [
    "",
    "\tCfm3Initialize() returned app id : 01000000",
    "",
    "\tsession_handle 1000000",
    "",
    "\tCurrent FIPS mode is: 00000002",
    "",
  ],
  // Nothing is published of this.
  invalidCommand: "Invalid command",
  help,
  returned: (call, error) => {
    const { code, message } = error ?? { code: success, message: succeeded };
    // The one call of which a capture has no "returned".
    const verb = call === "importUnwrap" ? "" : " returned";
    return `\t${calls[call]}${verb}: 0x${hex(code, 2)} : ${message}`;
  },
  firstNode: 0,
  nodes: (answers) => ["\tCluster Status:", ...answers.map(nodeLine)],
  secretCreated: (handle) => `\tSymmetric Key Created.  Key Handle: ${String(handle)}`,
  pairCreated: (publicKey, privateKey) =>
    `\t${calls.generatePair}:    public key handle: ${String(publicKey)}    private key handle: ${String(privateKey)}`,
  secretImported: (handle) => `\tSymmetric Key Imported.  Key Handle: ${String(handle)}`,
  privateImported: (handle) => `\tPrivate Key Imported.  Key Handle: ${String(handle)}`,
  publicImported: (handle) => `Public Key Handle: ${String(handle)}`,
  keyUnwrapped: (handle) => `\tKey Unwrapped.  Key Handle: ${String(handle)}`,
  encodedLength: (length) => `BER encoded key length is ${String(length)}`,
  secretExported: (file) => `Exported Symmetric Key written to file "${file}"`,
  privateExported: (file) => `PEM formatted private key is written to ${file}`,
  publicExported: (file) => `PEM formatted public key is written to ${file}`,
  keyWrapped: "\tKey Wrapped.",
  wrappedKeyWritten: (file, length) => `\tWrapped Key written to file "${file}" length ${String(length)}`,
  resultBytes: (bytes) => [
    "result data:",
    ...(
      Buffer.from(bytes)
        .toString("hex")
        .toUpperCase()
        .match(/.{1,16}/g) ?? []
    ).map(spaced),
  ],
  resultWritten: (file) => `result written to file ${file}`,
  attestation: ["\tAttestation Check : [PASS]"],
  found: (handles) => [
    `\tTotal number of keys present: ${String(handles.length)}`,
    ...(handles.length === 0
      ? []
      : [
          "",
          `\tNumber of matching keys from start index 0::${String(handles.length - 1)}`,
          "",
          "\tHandles of matching keys:",
          `\t${handles.join(", ")}`,
        ]),
  ],
  owner: (userId) => `\tOwned by user ${String(userId)}`,
  shares: (userIds) => [
    `\talso, shared to following ${String(userIds.length)} user(s):`,
    "",
    ...userIds.map((id) => `\t\t ${String(id)}`),
  ],
  approvals: (count) => `\t ${String(count)} Users need to approve to use/manage this key`,
  users: (users) => [
    `\tNumber of users found: ${String(users.length)}`,
    "",
    "\tIndex  \t    User ID    \tUser Type      \tUser Name      \t\t\t   MofnPubKey  \t LoginFailureCnt       \t 2FA",
    ...users.map(userRow),
  ],
  attributesWritten: (size, count, file) => [
    `Attribute size: ${String(size)}, count: ${String(count)}`,
    `Written to: ${file} file`,
  ],
  errorText: (code, text) => `        Error Code ${code.toString(16)} maps to ${text ?? "Unknown error"}`,
  signed: (file) => [["\tSignature creation successful"], [`\tsignature is written to file ${file}`]],
  // The spelling of two captures.
  verified: "\tSignature verifition successful",
  mismatch: ({ code, message }) => [[`\t${calls.verify} returned: 0x${hex(code, 2)}`], [`\t${message}`]],
  handleFileWritten: (file) => `Private Key Handle is written to ${file} in fake PEM format`,
  realPrivateKey: "Input key file has real private key",
  // The words of the guide for a file that getCaviumPrivKey wrote.
  keyHandle: (handle) => `Input file has invalid key handle: ${String(handle)}`,
  masked: (file) => `Object was masked and written to file "${file}"`,
  inserted: (handle) => [`\tNew Key Handle: ${String(handle)}`],
  counted: () => [],
  wrappedOn: () => [],
  settableAttributes: [1],
  newKeysWrapWithTrusted: undefined,
  // Nothing is published of the question for a value that is no flag.
  valueQuestion: "          Enter the attribute value:",
  flagQuestion: {
    above: "         This attribute is defined as a boolean value.",
    prompt: "          Enter the boolean attribute value (0 or 1):",
  },
  certificateRead: (error) => {
    const { code, message } = error ?? { code: success, message: succeeded };
    return `\tCfm3GetCert() returned ${code.toString(16)} :${message}`;
  },
  // Nothing is published of these two.
  loginState: (login) =>
    login === undefined ? "\tNo user is logged in" : `\tLogged in as ${login.type} ${login.name}`,
  unpublished: (command) =>
    `Error: ${command} is not simulated: its words are not published. Use keys without an M value (-m_value 0).`,
  // Only the name of the command is published.
  curves: ["\t2 = NID_prime256v1", "\t14 = NID_secp384r1", "\t16 = NID_secp256k1"],
  attributes: [
    "Following are the possible attribute values for getAttributes:",
    "",
    ...keyAttributes.map(({ id, name }) => `      ${name.padEnd(32)}= ${String(id)}`),
  ],
};

function nodeLine({ node, error }: NodeAnswer): string {
  const { code, message } = error ?? { code: success, message: succeeded };
  return `\tNode id ${String(node)} status: 0x${hex(code, 8)} : ${message}`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, "0");
}

/** Alibaba's columns, which has the same list. */
function userRow({ id, type, name, quorumKey, loginFailures, twoFactor }: UserSummary, at: number): string {
  return (
    `\t${String(at + 1).padEnd(7)}\t${String(id).padStart(10)}     \t${type.padEnd(7)}\t\t${name.padEnd(39)}\t` +
    `${yesNo(quorumKey).padStart(3)}${String(loginFailures).padStart(16)}    \t\t${yesNo(twoFactor).padStart(4)}`
  );
}

/** Eight bytes in hex with blanks between. */
function spaced(row: string): string {
  return (row.match(/../g) ?? []).join(" ");
}

function yesNo(value: boolean): string {
  return value ? "YES" : "NO";
}

import type { KeyCall, KeyUtilityWording } from "../../../command/key-utility-wording.ts";
import type { UserSummary } from "../../../hsm/user.ts";
import { keyUtility as aws } from "../../aws/key-utility/key-utility.ts";

/** The calls that Oracle's pages name otherwise than by its usual prefix; `getKey` they name as AWS does. */
const calls: Readonly<Partial<Record<KeyCall, string>>> = {
  findSingle: "KeyMgmtUtilsFindSingleKey",
  listUsers: "ListUsers",
  getKey: "Cfm3GetKey",
  extractMasked: "Cfm2ExtractMaskedObject",
  insertMasked: "Cfm2InsertMaskedObject",
  wrap: "KeyMgmtUtilwrapKey",
};

/** A line of AWS's with the prefix that Oracle's page of loginHSM has; what no page names follows it. */
function renamed(line: string): string {
  return line.replace(/\bCfm\d/, "KeyMgmtUtils");
}

/** key_mgmt_util of OCI Dedicated KMS: other names of calls, a narrower table of users, and blocks of nodes at findKey and wrapKey. */
export const keyUtility: KeyUtilityWording = {
  ...aws,
  prompt: "Command: ",
  banner: aws.banner.map(renamed),
  returned(call, error) {
    const line = aws.returned(call, error);
    const own = calls[call];
    return own === undefined ? renamed(line) : line.replace(/\w+/, own);
  },
  pairCreated: (publicKey, privateKey) => renamed(aws.pairCreated(publicKey, privateKey)),
  mismatch: (error) => aws.mismatch(error).map((block) => block.map(renamed)),
  certificateRead: (error) => renamed(aws.certificateRead(error)),
  inserted: (handle) => [...aws.inserted(handle), "\tret 0"],
  counted: (answers) => ["\tKey count request cluster status:", ...aws.nodes(answers).slice(1)],
  wrappedOn: (answers) => aws.nodes(answers),
  users: (users) => [
    `\tNumber of users found: ${String(users.length)}`,
    "",
    "\tIndex  \t    User ID    \tUser Type      \tUser Name      \t\t\t LoginFailureCnt",
    ...users.map(userRow),
  ],
};

function userRow({ id, type, name, loginFailures }: UserSummary, at: number): string {
  return `\t${String(at + 1).padEnd(7)}\t${String(id).padStart(10)}     \t${type.padEnd(7)}\t\t${name.padEnd(39)}\t${String(loginFailures).padStart(9)}`;
}

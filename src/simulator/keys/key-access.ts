import type { KeyAccessRecord } from "../records/records.ts";
import type { KeyAnswer, KeyAsker, KeyRight } from "../../hsm/requests.ts";
import type { Model } from "../models/model.ts";
import type { UserType } from "../../hsm/user.ts";

/** What a user is to a key. A public key is everyone's to look at. */
export type KeyRelation = "owner" | "sharee" | "stranger";

/** What the user with that id is to a key. */
export function relationTo(access: KeyAccessRecord, userId: number): KeyRelation {
  if (access.owner === userId) return "owner";
  return access.public || access.sharedWith.includes(userId) ? "sharee" : "stranger";
}

const yes = "yes";
const no = "NOT_AUTHORISED";
const denied = "KEY_ACCESS_DENIED";

/** Who asks: for a crypto user it is decided by the relation to the key, for all others by the type alone. */
const columns = ["owner", "sharee", "stranger", "CO", "PCO", "AU", "PRECO"] as const satisfies readonly KeyAsker[];

/**
 * Who may do what with a key, in the order of {@link columns} (AWS CloudHSM User Guide,
 * "hsm-users-permissions-table-cmu" and the commands' pages).
 */
const rows: Readonly<Record<KeyRight, readonly KeyAnswer[]>> = {
  information: [yes, yes, denied, yes, yes, yes, no],
  attribute: [yes, yes, denied, no, no, no, no],
  trustedAttribute: [yes, yes, denied, yes, yes, no, no],
  setAttribute: [yes, denied, denied, no, no, no, no],
  setTrusted: [no, no, no, yes, yes, no, no],
  share: [yes, denied, denied, no, no, no, no],
  give: [no, no, no, yes, yes, no, no],
  copy: [yes, denied, denied, yes, yes, no, no],
  // "key_mgmt_util-deleteKey": the owner alone.
  delete: [yes, denied, denied, no, no, no, no],
  use: [yes, yes, denied, no, no, no, no],
  keep: [yes, denied, denied, no, no, no, no],
  // "key_mgmt_util-wrapKey": the owner alone.
  wrapOut: [yes, denied, denied, no, no, no, no],
};

/** How a model's HSMs answer otherwise than most. */
type Others = Model["keyRights"];

/**
 * The code of the refusal where a user may not do something with a key; undefined is a yes. A type of user that only a
 * record of another version has may do nothing.
 */
export function refusal(
  right: KeyRight,
  type: UserType,
  relation: KeyRelation,
  others: Others = {},
): Exclude<KeyAnswer, "yes"> | undefined {
  const who = type === "CU" ? relation : type;
  const answer = others[right]?.[who] ?? rows[right][columns.indexOf(who)] ?? no;
  return answer === "yes" ? undefined : answer;
}

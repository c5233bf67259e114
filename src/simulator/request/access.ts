import type { UserRight } from "../../hsm/requests.ts";
import { HsmError } from "../../hsm/return-code.ts";
import { type UserType, userTypes } from "../../hsm/user.ts";
import type { Model } from "../models/model.ts";

/**
 * The types of user that have each right (AWS CloudHSM User Guide, "hsm-users-permissions-table-cmu"). useQuorum is
 * everything of quorum: registering keys, tokens, approving, minimums; and having a second factor.
 */
const holders: Readonly<Record<UserRight, readonly UserType[]>> = {
  // Alibaba Cloud HSM, "hsm_mgmt_tool": storeCert is for a PRECO or a CO.
  storeCertificates: ["PRECO", "PCO", "CO"],
  setOwnPassword: userTypes,
  manageUsers: ["PCO", "CO"],
  copyUsers: ["PCO", "CO"],
  useQuorum: ["PCO", "CO"],
  listKeys: ["PCO", "CO", "AU"],
  insertKeys: ["PCO", "CO", "CU"],
  makeKeys: ["CU"],
};

/** How a model's HSMs give rights otherwise than most. */
type Others = Model["userRights"];

/** Whether users of a type have a right. */
export function hasRight(right: UserRight, type: UserType, others: Others = {}): boolean {
  return (others[right] ?? holders[right]).includes(type);
}

/** Throws {@link HsmError} NOT_AUTHORISED unless users of a type have a right. */
export function requireRight(right: UserRight, type: UserType, others: Others): void {
  if (!hasRight(right, type, others)) throw new HsmError("NOT_AUTHORISED");
}

import type { KeyWording } from "../../command/wording.ts";
import { aws } from "../aws/aws.ts";

/** OCI Dedicated KMS, pages of findAllKeys and getKeyInfo. */
export const keys: Pick<KeyWording, "keysHeading" | "betweenKeyLists" | "keyList" | "keyInformation"> = {
  keysHeading: (label) => `findAllKeys on server ${label}:`,
  betweenKeyLists: [],
  // The index is that of the last key, which nobody knows where there is none: then it is 0 here.
  keyList: (found) =>
    aws.keyList(found).map((line, at) => (at === 1 ? `${startIndex}${String(Math.max(found.length - 1, 0))}` : line)),
  keyInformation: (label, { token, owner, sharedWith, mValue }) => [
    `Key Info on server ${label}:`,
    token ? "Token/Flash Key," : "Session Key,",
    `Owned by user ${String(owner)}`,
    ...(sharedWith.length === 0 ? [] : [`also, shared to following ${String(sharedWith.length)} user(s):`]),
    ...sharedWith.map((id) => `\t\t ${String(id)}`),
    ...(mValue > 1 ? [`${String(mValue)} Users need to approve to use/manage this key`] : []),
  ],
};

const startIndex = "number of keys matched from start index 0::";

import type { HeldKey } from "../../hsm/key-requests.ts";
import type { AttributeValue } from "../../hsm/key-attribute.ts";
import type { KeyWording } from "../../command/wording.ts";
import { serverList } from "./server-list.ts";

/** AWS CloudHSM User Guide, "cloudhsm_mgmt_util-findAllKeys", "-getKeyInfo", "-getAttribute" and "-listAttributes". */
export const keys: KeyWording = {
  keysHeading: (label) => `Keys on server ${label}:`,
  betweenKeyLists: [""],
  keyList: (found) => [
    `Number of keys found ${String(found.length)}`,
    `number of keys matched from start index 0::${String(found.length)}`,
    ...(found.length === 0 ? [] : [found.map(marked).join(",")]),
  ],
  keyHash: (hash) => ["Key Hash:", hash, ""],
  keyInformation: (label, { token, owner, sharedWith, mValue }, position) => [
    ...(position === 0 ? [""] : []),
    `Key Info on server ${label}:`,
    "",
    token ? "\tToken/Flash Key," : "\tSession Key,",
    "",
    `\tOwned by user ${String(owner)}`,
    "",
    ...(sharedWith.length === 0 ? [] : shares(sharedWith)),
    ...(mValue > 1 ? [`\t ${String(mValue)} Users need to approve to use/manage this key`] : []),
  ],
  attributes: (attributes, label) => [
    "",
    ...(label === undefined ? [] : [`Attribute Value on server ${label}:`]),
    ...attributes.flatMap(({ name, value }) => [name, formatted(value)]),
  ],
  attributeTable: (attributes) => [
    "",
    "Following are the possible attribute values for getAttribute:",
    "",
    ...attributes.map(({ name, id }) => `      ${name.padEnd(32)}= ${String(id)}`),
  ],
  keyCount: (count) => `Number of keys found ${String(count)}`,
  keyMap: (found) => [
    "Key Handle  Synced On",
    ...found.map(({ handle, servers }) => `${String(handle).padEnd(11)} ${serverList(servers)}`),
  ],
};

const marks = { owner: "(o)", shared: "(s)", public: "", everyone: "" } as const satisfies Record<
  HeldKey["held"],
  string
>;

function marked({ handle, held }: HeldKey): string {
  return `${String(handle)}${marks[held]}`;
}

function shares(userIds: readonly number[]): readonly string[] {
  return [
    `\talso, shared to following ${String(userIds.length)} user(s):`,
    "",
    ...userIds.map((id) => `\t\t ${String(id)}`),
  ];
}

/** Numbers and bytes stand in hex, texts as they are. */
function formatted(value: AttributeValue): string {
  switch (value.kind) {
    case "number":
      return `0x${value.number.toString(16).padStart(8, "0")}`;
    case "bytes":
    case "point":
      return `0x${value.hex}`;
    case "text":
      return value.text;
  }
}

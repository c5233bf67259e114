/** The value of an attribute: a number, a string, or bytes in hex, of which a point on a curve is told apart. */
export type AttributeValue =
  | { readonly kind: "number"; readonly number: number }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "bytes" | "point"; readonly hex: string };

/** One attribute of a key. */
export interface KeyAttribute {
  readonly name: string;
  readonly value: AttributeValue;
}

/** An attribute that keys can have, by its number. */
export interface KeyAttributeKind {
  readonly id: number;
  readonly name: string;
  /** Whether a request can set it. */
  readonly isSettable: boolean;
}

/** All attributes, in the order of the guide (AWS CloudHSM User Guide, "key-attribute-table"). */
export const keyAttributes = [
  { id: 0, name: "OBJ_ATTR_CLASS", isSettable: false },
  { id: 1, name: "OBJ_ATTR_TOKEN", isSettable: false },
  { id: 2, name: "OBJ_ATTR_PRIVATE", isSettable: false },
  { id: 3, name: "OBJ_ATTR_LABEL", isSettable: true },
  { id: 134, name: "OBJ_ATTR_TRUSTED", isSettable: true },
  { id: 256, name: "OBJ_ATTR_KEY_TYPE", isSettable: false },
  { id: 258, name: "OBJ_ATTR_ID", isSettable: false },
  { id: 259, name: "OBJ_ATTR_SENSITIVE", isSettable: false },
  { id: 260, name: "OBJ_ATTR_ENCRYPT", isSettable: true },
  { id: 261, name: "OBJ_ATTR_DECRYPT", isSettable: true },
  { id: 262, name: "OBJ_ATTR_WRAP", isSettable: true },
  { id: 263, name: "OBJ_ATTR_UNWRAP", isSettable: true },
  { id: 264, name: "OBJ_ATTR_SIGN", isSettable: true },
  { id: 266, name: "OBJ_ATTR_VERIFY", isSettable: true },
  { id: 268, name: "OBJ_ATTR_DERIVE", isSettable: true },
  { id: 355, name: "OBJ_ATTR_LOCAL", isSettable: false },
  { id: 288, name: "OBJ_ATTR_MODULUS", isSettable: false },
  { id: 289, name: "OBJ_ATTR_MODULUS_BITS", isSettable: false },
  { id: 290, name: "OBJ_ATTR_PUBLIC_EXPONENT", isSettable: false },
  { id: 353, name: "OBJ_ATTR_VALUE_LEN", isSettable: false },
  { id: 354, name: "OBJ_ATTR_EXTRACTABLE", isSettable: false },
  { id: 356, name: "OBJ_ATTR_NEVER_EXTRACTABLE", isSettable: false },
  { id: 357, name: "OBJ_ATTR_ALWAYS_SENSITIVE", isSettable: false },
  { id: 370, name: "OBJ_ATTR_DESTROYABLE", isSettable: true },
  { id: 371, name: "OBJ_ATTR_KCV", isSettable: false },
  { id: 528, name: "OBJ_ATTR_WRAP_WITH_TRUSTED", isSettable: true },
  { id: 1073742353, name: "OBJ_ATTR_WRAP_TEMPLATE", isSettable: true },
  { id: 1073742354, name: "OBJ_ATTR_UNWRAP_TEMPLATE", isSettable: true },
] as const satisfies readonly KeyAttributeKind[];

/** The number of an attribute. */
export type AttributeId = (typeof keyAttributes)[number]["id"];

/** The number of an attribute that can be set. */
export type SettableAttributeId = Extract<(typeof keyAttributes)[number], { readonly isSettable: true }>["id"];

/** The number and name that mean all attributes of a key. */
export const allAttributes = { id: 512, name: "OBJ_ATTR_ALL", isSettable: false } as const satisfies KeyAttributeKind;

/** The attribute that only a crypto officer can set. */
export const trustedAttribute = 134 satisfies AttributeId;

/** The value of an attribute: a number, a text, or bytes in hex. */
export type AttributeValue =
  | { readonly kind: "number"; readonly number: number }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "bytes"; readonly hex: string };

/** One attribute of a key. */
export interface KeyAttribute {
  readonly name: string;
  readonly value: AttributeValue;
}

import { createPrivateKey } from "node:crypto";
import { type DerElement, derElements, derTags } from "./der.ts";

/** What a file is, of which somebody asks whether it has a private key or a handle. */
export type FiledKey =
  { readonly kind: "handle"; readonly handle: number } | { readonly kind: "real" } | { readonly kind: "none" };

const blocks = /-----BEGIN ((?:(?:RSA|EC|DSA|ENCRYPTED) )?PRIVATE KEY)-----([^-]*)-----END \1-----/;

/** Reads the first private key of a file in PEM; what stands around it does not matter. */
export function readFiledKey(text: string): FiledKey {
  const [block, label = "", base64 = ""] = blocks.exec(text) ?? [];
  if (block === undefined) return { kind: "none" };
  if (label === "ENCRYPTED PRIVATE KEY" || base64.includes("ENCRYPTED")) return { kind: "real" };
  const handle = handleOf(label, Buffer.from(base64, "base64"));
  if (handle !== undefined) return { kind: "handle", handle };
  try {
    createPrivateKey(block);
    return { kind: "real" };
  } catch {
    return { kind: "none" };
  }
}

function handleOf(label: string, bytes: Buffer): number | undefined {
  const [whole] = derElements(bytes) ?? [];
  const elements = whole?.tag === derTags.sequence ? derElements(whole.content) : undefined;
  if (elements === undefined) return undefined;
  const [, second, , fourth, ...others] = elements;
  switch (label) {
    case "RSA PRIVATE KEY":
      return others.length === 5 && others.every(isZero) ? smallNumber(fourth) : undefined;
    case "EC PRIVATE KEY":
      return smallNumber(second);
    default:
      return undefined;
  }
}

function isZero({ content }: DerElement): boolean {
  return content.every((byte) => byte === 0);
}

/** A number of at most four bytes, as handles are and no private number is. */
function smallNumber(element: DerElement | undefined): number | undefined {
  const digits = element?.content.toString("hex").replace(/^(?:00)+/, "");
  return digits === undefined || digits.length > 8 ? undefined : Number(`0x0${digits}`);
}

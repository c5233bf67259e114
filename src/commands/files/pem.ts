/** DER as PEM: lines of 64 digits of base64. */
export function pemOf(kind: string, encoded: Uint8Array): string {
  const lines =
    Buffer.from(encoded)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${kind}-----`, ...lines, `-----END ${kind}-----`, ""].join("\n");
}

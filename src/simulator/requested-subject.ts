import type { RequestedName } from "./models/model.ts";

const maker = ["C=US", "ST=CA", "O=Cavium", "OU=N3FIPS", "L=SanJose"];

/**
 * The subject of a request for the cluster's certificate, as text of RFC 4514.
 *
 * @param card what the request calls the HSM's hardware
 */
export function requestedSubject(card: string, { partition, mode, maker: form }: RequestedName): string {
  const name = `HSM:${card}:PARTN:${String(partition)}\\, for ${mode} mode`;
  return [maker.join(form === "onePart" ? "+" : ", "), `CN=${name}`].join(", ");
}

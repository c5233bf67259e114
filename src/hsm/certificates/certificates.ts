import type { HsmCore } from "../core.ts";
import { certificates } from "../records.ts";
import { HsmError } from "../return-code.ts";

/** The certificates of an HSM, by the number that getCert takes (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-getCert"). */
export const certificateTypes = {
  manufacturerRoot: 1,
  manufacturerHardware: 2,
  customerRoot: 4,
  clusterByCustomer: 8,
  clusterByManufacturer: 16,
} as const;

/** One of the numbers of {@link certificateTypes}, or another number, which every HSM refuses. */
export type CertificateType = number;

/** A certificate in PEM. Throws {@link HsmError} INVALID_INPUT for a number that names none. */
export async function readCertificate(core: HsmCore, type: CertificateType): Promise<string> {
  const known = Object.values<number>(certificateTypes).includes(type);
  const pem = known ? await core.read((snapshot) => certificates.get(snapshot, type)) : undefined;
  if (pem === undefined) throw new HsmError("INVALID_INPUT");
  return pem;
}

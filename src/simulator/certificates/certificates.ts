import { type CertificateType, certificateTypes } from "../../hsm/certificate-type.ts";
import { nobody } from "../request/asking.ts";
import type { Device } from "../request/device.ts";
import { certificates } from "../records/records.ts";
import { HsmError } from "../../hsm/return-code.ts";

/** A certificate in PEM. Throws {@link HsmError} INVALID_INPUT for a number that names none. */
export async function readCertificate(device: Device, type: CertificateType): Promise<string> {
  const known = Object.values<number>(certificateTypes).includes(type);
  const pem = known
    ? await device.read("certificate", nobody, (snapshot) => certificates.get(snapshot, type))
    : undefined;
  if (pem === undefined) throw new HsmError("INVALID_INPUT");
  return pem;
}

import { type CertificateType, certificateTypes } from "../../hsm/certificate-type.ts";
import type { SessionHandle } from "../../hsm/hsm.ts";
import { nobody } from "../request/asking.ts";
import type { Device } from "../request/device.ts";
import { certificates } from "../records/records.ts";
import { HsmError } from "../../hsm/return-code.ts";

/**
 * A certificate in PEM. Throws {@link HsmError} INVALID_INPUT for a number that names none, and NOT_LOGGED_IN where the
 * model asks for a login and the session has none.
 *
 * @param session left out by whoever asks outside any session
 */
export async function readCertificate(device: Device, type: CertificateType, session?: SessionHandle): Promise<string> {
  const known = Object.values<number>(certificateTypes).includes(type);
  const pem = known
    ? await device.read("certificate", nobody, async (snapshot) => {
        if (device.model.certificatesFor === "loggedIn" && session !== undefined)
          await device.caller(snapshot, session);
        return certificates.get(snapshot, type);
      })
    : undefined;
  if (pem === undefined) throw new HsmError("INVALID_INPUT");
  return pem;
}

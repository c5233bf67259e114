import { type CertificateType, certificateTypes } from "../../hsm/certificate-type.ts";
import type { SessionHandle } from "../../hsm/hsm.ts";
import type { Snapshot } from "../../store/store.ts";
import { nobody } from "../request/asking.ts";
import type { Device } from "../request/device.ts";
import { certificates, serviceCertificates } from "../records/records.ts";
import { readClusterCertificates } from "./kept-certificates.ts";
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
        await requireReader(device, snapshot, session);
        return certificates.get(snapshot, type);
      })
    : undefined;
  if (pem === undefined) throw new HsmError("INVALID_INPUT");
  return pem;
}

/**
 * The request for a certificate of the cluster's key, in PEM: the one that waits for it, or where none does, a new one.
 * Throws as {@link readCertificate} does.
 */
export async function readRequest(device: Device, session?: SessionHandle): Promise<string> {
  const cluster = await device.read("certificateRequest", nobody, async (snapshot) => {
    await requireReader(device, snapshot, session);
    const request = await serviceCertificates.get(snapshot, "clusterRequest");
    return request === undefined ? (await readClusterCertificates(snapshot, device.identity)).cluster : { request };
  });
  if ("request" in cluster) return cluster.request;
  const { requestAgain } = await import("./certificate-authority.ts");
  return requestAgain(cluster);
}

async function requireReader(device: Device, snapshot: Snapshot, session: SessionHandle | undefined): Promise<void> {
  if (device.model.certificatesFor === "loggedIn" && session !== undefined) await device.caller(snapshot, session);
}

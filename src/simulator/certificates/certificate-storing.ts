import { certificateTypes } from "../../hsm/certificate-type.ts";
import type { SessionHandle } from "../../hsm/hsm.ts";
import { HsmError, type ReturnCodeName } from "../../hsm/return-code.ts";
import type { Transaction } from "../../store/store.ts";
import { certificates, serviceCertificates } from "../records/records.ts";
import { closeSession } from "../records/session-records.ts";
import type { Device } from "../request/device.ts";
import { keepSigned } from "./kept-certificates.ts";
import {
  type CertificateProblem,
  certificatesIn,
  isOfRsa2048,
  problemWith,
  problemWithAnchor,
} from "./customer-certificates.ts";

/**
 * Stores what the customer signed, in one transaction: the owner's certificate (type 4), which may be replaced until that
 * of the cluster (type 8) follows. That one initialises the HSM and ends the login. Throws {@link HsmError}.
 */
export async function storeCertificate(
  device: Device,
  session: SessionHandle,
  certificate: string,
  type: number,
): Promise<void> {
  const { customerRoot, clusterByCustomer } = certificateTypes;
  await device.perform("storeCertificate", { session }, async (transaction) => {
    if (type !== customerRoot && type !== clusterByCustomer) throw new HsmError("INVALID_INPUT");
    const request = await serviceCertificates.get(transaction, "clusterRequest");
    if (request === undefined) throw new HsmError("CERTIFICATE_STORED");
    const now = new Date(Math.floor(device.surroundings.clock() / 1000));
    if (type === customerRoot) {
      requireSound(problemWithAnchor(certificate, now));
      if (device.model.ownerKey === "rsa2048" && !isOfRsa2048(certificate)) throw new HsmError("CERTIFICATE_WEAK");
      await certificates.put(transaction, customerRoot, certificatesIn(certificate));
      return;
    }
    const anchor = await ownerIn(transaction);
    requireSound(problemWith({ signed: certificate, anchor }, request, now));
    await keepSigned(transaction, device.identity, { signed: certificatesIn(certificate), anchor });
    await closeSession(transaction, session);
  });
}

async function ownerIn(transaction: Transaction): Promise<string> {
  const anchor = await certificates.get(transaction, certificateTypes.customerRoot);
  if (anchor === undefined) throw new HsmError("CERTIFICATE_ORDER");
  return anchor;
}

function requireSound(problem: CertificateProblem | undefined): void {
  if (problem !== undefined) throw new HsmError(refusals[problem]);
}

/** How an HSM refuses each problem. */
const refusals: Readonly<Record<CertificateProblem, ReturnCodeName>> = {
  certUnreadable: "CERTIFICATE_UNREADABLE",
  certSeveral: "CERTIFICATE_SEVERAL",
  certExpired: "CERTIFICATE_EXPIRED",
  certOtherKey: "CERTIFICATE_KEY",
  certOtherIssuer: "CERTIFICATE_SIGNATURE",
  anchorUnreadable: "CERTIFICATE_UNREADABLE",
  anchorTooLong: "CERTIFICATE_SEVERAL",
  anchorNotARoot: "CERTIFICATE_AUTHORITY",
  anchorBrokenChain: "CERTIFICATE_AUTHORITY",
  anchorNoAuthority: "CERTIFICATE_AUTHORITY",
  anchorExpired: "CERTIFICATE_EXPIRED",
  anchorKey: "CERTIFICATE_WEAK",
  anchorAlgorithm: "CERTIFICATE_WEAK",
};

import { type ServiceRoots, makeServiceRoots } from "../../simulator/certificates/cluster-certificates.ts";
import { Collection } from "../../simulator/records/collection.ts";
import type { Home } from "../../store/home.ts";
import { changeRecords } from "./service-records.ts";

/** The roots of a home, with their private keys, under the one key "roots": its own hardware and its own service. */
const serviceRoots = new Collection<"roots", ServiceRoots>("serviceRoots", {
  manufacturerRoot: "object",
  awsRoot: "object",
});

/** What an operator downloads to verify an HSM: certificates in PEM. */
export interface RootCertificates {
  /** AWS_CloudHSM_Root-G1.crt */
  readonly aws: string;
  /** liquid_security_certificate.crt */
  readonly manufacturer: string;
}

/** The roots of a home, made where it has none. To be called under its lock. Throws StoreError, HsmError. */
export async function keptRoots(home: Home): Promise<ServiceRoots> {
  const kept = await (await home.records())?.read((snapshot) => serviceRoots.get(snapshot, "roots"));
  if (kept !== undefined) return kept;
  const made = await makeServiceRoots(new Date());
  await changeRecords(home, (transaction) => serviceRoots.put(transaction, "roots", made));
  return made;
}

/** The certificates of the roots of a home. To be called under its lock: they are made where there are none. */
export async function rootsOf(home: Home): Promise<RootCertificates> {
  const { awsRoot, manufacturerRoot } = await keptRoots(home);
  return { aws: awsRoot.certificate, manufacturer: manufacturerRoot.certificate };
}

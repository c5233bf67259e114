import type { Address } from "../store/address.ts";
import type { Store } from "../store/store.ts";
import {
  type CertificateProblem,
  type CustomerCertificates,
  certificatesIn,
  problemWith,
} from "./certificates/customer-certificates.ts";
import { keepSigned } from "./certificates/kept-certificates.ts";
import { unwatched } from "./course.ts";
import { type InitialUser, usersWith } from "./image-users.ts";
import { auditInitialisation } from "./initialisation-log.ts";
import { identityIn } from "./own-identity.ts";
import { serviceCertificates, users as presentUsers } from "./records/records.ts";
import { putUser } from "./records/user-records.ts";
import { translated } from "./request/storage-failure.ts";

/**
 * Initialises an HSM of a cluster with what its customer signed, in one transaction: it has the users of the factory then,
 * its certificates, and the request no more. Returns what is wrong with the certificates, and changes nothing then;
 * undefined where it is done, or was before. Throws HsmError for a store that cannot be read or changed.
 *
 * @param time microseconds since 1970
 */
export function initialise(
  opening: Promise<Store>,
  address: Address,
  given: CustomerCertificates,
  users: readonly InitialUser[],
  time: number,
): Promise<CertificateProblem | undefined> {
  return translated(async () => {
    const store = await opening;
    const { request, cost } = await store.read(async (snapshot) => ({
      request: await serviceCertificates.get(snapshot, "clusterRequest"),
      cost: (await identityIn(snapshot, address)).passwordCost,
    }));
    if (request === undefined) return undefined;
    const problem = problemWith(given, request, new Date(Math.floor(time / 1000)));
    if (problem !== undefined) return problem;
    // Before the transaction: nobody waits for the derivation.
    const initial = await usersWith([], users, { knownPasswords: new Map(), cost, course: unwatched });
    const [signed, anchor] = [certificatesIn(given.signed), certificatesIn(given.anchor)];
    await store.change(async (transaction) => {
      if ((await serviceCertificates.get(transaction, "clusterRequest")) !== request) return;
      const identity = await identityIn(transaction, address);
      await keepSigned(transaction, identity, { signed, anchor });
      // An HSM that waited for its certificates with the users of the factory keeps what became of them.
      if ((await presentUsers.count(transaction)) > 0) return;
      for (const user of initial) await putUser(transaction, user, user.password);
      await auditInitialisation(transaction, time, { users: initial, quorums: 0, keys: [] });
    });
    return undefined;
  });
}

import { initialise } from "../../simulator/cluster-initialisation.ts";
import { type CertificateProblem, certificatesIn } from "../../simulator/certificates/customer-certificates.ts";
import { aws } from "../../simulator/models/aws.ts";
import { factoryUsers } from "../factory-users.ts";
import { conditionOf, shownHsms, stateOf } from "./cluster-view.ts";
import { clusterNamed, keptRecord } from "./found.ts";
import { type PlaneContext, timeOf } from "./plane-context.ts";
import type { ClusterState } from "./service-cluster.ts";
import { invalid } from "./service-error.ts";
import { changeRecords, clusterRecords } from "./service-records.ts";
import type { FoundCluster, FoundHsm, Survey } from "./survey.ts";

/** What a customer gives to initialise a cluster: PEM. */
export interface InitialisationWish {
  readonly signedCert: string;
  readonly trustAnchor: string;
}

/** What is said of a cluster that is initialised from now on. */
export interface Initialisation {
  readonly state: ClusterState;
  readonly stateMessage: string;
}

/** Initialises a cluster with what its customer's CA signed. Throws {@link ServiceError}, StoreError, HsmError. */
export async function initializeCluster(
  id: string,
  { signedCert: signed, trustAnchor: anchor }: InitialisationWish,
  survey: Survey,
  context: PlaneContext,
): Promise<Initialisation> {
  const { home, clock } = context;
  const cluster = clusterNamed(survey, id, context);
  const hsms = waitingHsms(cluster, context);
  for (const hsm of hsms) {
    const problem = await initialise(home.open(hsm), hsm, { signed, anchor }, factoryUsers(aws), clock());
    if (problem !== undefined) throw invalid(`Cluster ${id}: ${problems[problem]}`);
  }
  const record = {
    ...keptRecord(cluster, context),
    initialised: timeOf(context),
    certificate: certificatesIn(signed),
  };
  await changeRecords(home, (transaction) => clusterRecords.put(transaction, id, record));
  return {
    state: "INITIALIZE_IN_PROGRESS",
    stateMessage: "Cluster is initializing. State will change to INITIALIZED upon completion.",
  };
}

/** The HSMs that wait for the customer's certificate. Throws {@link ServiceError} where none does. */
function waitingHsms(cluster: FoundCluster, context: PlaneContext): readonly FoundHsm[] {
  const { id } = cluster;
  const state = stateOf(cluster, context);
  if (state !== "UNINITIALIZED") {
    throw invalid(`Cluster ${id} is ${state}: only a cluster that is UNINITIALIZED can be initialized.`);
  }
  const readable = cluster.hsms.filter(({ served, notUp }) => served !== undefined && notUp !== "destroyed");
  const making = readable.find((hsm) => conditionOf(hsm, context).state === "CREATE_IN_PROGRESS");
  if (making !== undefined) throw invalid(`HSM ${making.id} is still being created: wait until it is ACTIVE.`);
  if (readable.length === 0) {
    const [degraded] = shownHsms(cluster, context).filter((hsm) => conditionOf(hsm, context).state === "DEGRADED");
    if (degraded !== undefined) {
      throw invalid(
        `HSM ${degraded.id} of cluster ${id} is DEGRADED: delete it, create another, and sign the ClusterCsr of that one.`,
      );
    }
    throw invalid(`Cluster ${id} has no HSM that could be initialized: create one, and sign its ClusterCsr.`);
  }
  return readable.filter(({ served }) => served?.isInitialised === false);
}

const problems: Readonly<Record<CertificateProblem, string>> = {
  certUnreadable: "SignedCert is no certificate in PEM: give the file that openssl x509 -req wrote.",
  certSeveral: "SignedCert holds several certificates: give the cluster's alone.",
  certExpired: "SignedCert is not valid today: sign the ClusterCsr again.",
  certOtherKey: "SignedCert is not of this cluster's key: sign the ClusterCsr that describe-clusters shows now.",
  certOtherIssuer: "SignedCert was not signed by TrustAnchor: give the certificate of the CA that signed it.",
  anchorUnreadable: "TrustAnchor is no certificate in PEM: give the CA's certificate, customerCA.crt.",
  anchorTooLong: "TrustAnchor is too long: a chain has at most 4 certificates and 16 kB.",
  anchorNotARoot:
    "TrustAnchor does not end in a self-signed certificate: give the root, or a chain with the root last.",
  anchorBrokenChain: "TrustAnchor is no chain: give the signing CA first, each signed by the next, the root last.",
  anchorNoAuthority:
    "TrustAnchor is of no CA: its basic constraints must say CA:TRUE, and its key usage, if any, keyCertSign.",
  anchorExpired: "TrustAnchor is not valid today: make a new one.",
  anchorKey: "TrustAnchor has a key of another kind: use RSA of 2048 to 4096 bits, prime256v1, secp384r1 or secp521r1.",
  anchorAlgorithm: "TrustAnchor is signed with a weak digest: use SHA-224 to SHA-512.",
};

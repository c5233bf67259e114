/** What vendors' shells do in different ways, where no HSM decides it. */
export interface Traits {
  /** Whether a session ends or goes on where a server cannot be reached at its start, or ends for the first one only. */
  readonly unreachableAtStart: "ends" | "goesOn" | "endsAtFirst";
  /** Whether the configuration lists all servers, or the first one knows the others of its cluster. */
  readonly discovery: "listed" | "fromFirst";
  /** Whether the vendor's configuration may have addresses in place of host names. */
  readonly hosts: "namesOrAddresses" | "names";
  /** What stands in brackets behind `server N`: the name of the configuration, or the address of the host. */
  readonly label: "name" | "address";
  /** Whether a start tells that connections are encrypted behind all servers, or behind each. */
  readonly encryptionTold: "behindAll" | "behindEach";
  /** Whether a server that is not connected fails as one that refuses, or is passed over with one line. */
  readonly serverDown: "fails" | "passedOver";
  /** Whether help lists commands with what they do and explains each at length, or has their names and few lines. */
  readonly help: "summaries" | "names";
  /** Where the certificate of the cluster's owner is, seen from the folder of a configuration that does not say. */
  readonly ownerCertificate: string;
  /** Whether a script that ends before an answer is told so where it reads on alone, or at its end on standard error, too. */
  readonly missingAnswer: "inPlace" | "atTheEndToo";
}

/** What a shell does, unless its vendor's does otherwise. */
export const usualTraits: Traits = {
  unreachableAtStart: "ends",
  discovery: "listed",
  hosts: "namesOrAddresses",
  label: "name",
  encryptionTold: "behindAll",
  serverDown: "fails",
  help: "summaries",
  ownerCertificate: "customerCA.crt",
  missingAnswer: "inPlace",
};

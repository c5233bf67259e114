import type { HsmInformation } from "../../hsm/hsm.ts";
import type { Limits } from "../../hsm/limits.ts";
import type { KeyAnswer, KeyAsker, KeyRight, UserRight } from "../../hsm/requests.ts";
import type { UserType } from "../../hsm/user.ts";

/** What a vendor's HSMs are, as data: the device asks for nothing else that is a vendor's. */
export interface Model {
  /** As HSMs of it record it. */
  readonly name: string;
  readonly limits: Limits;
  readonly hardware: Hardware;
  /** What the request for a cluster's certificate says of the HSM. */
  readonly requestedName: RequestedName;
  /** Who is on a new cluster as it is delivered. */
  readonly factoryUsers: readonly FactoryUser[];
  /** What becomes of a user, the same by id, type and name, whom a copy from another HSM meets. */
  readonly sameUser: "replaced" | "refused";
  /** What becomes of who owns keys and is to be deleted: is refused, or goes with the keys. */
  readonly keyOwner: "stays" | "goesWithKeys";
  /** What becomes of the service's own user whom an officer deletes: is refused, or goes. */
  readonly applianceUser: "stays" | "goes";
  /** The types of user that have a right, where the vendor says otherwise than the others. */
  readonly userRights: Readonly<Partial<Record<UserRight, readonly UserType[]>>>;
  /** Who may do what with a key, where the vendor says otherwise than the others. */
  readonly keyRights: Readonly<Partial<Record<KeyRight, Readonly<Partial<Record<KeyAsker, KeyAnswer>>>>>>;
  /** Who is shown the certificates. */
  readonly certificatesFor: "everybody" | "loggedIn";
  /** Who is shown how full an HSM is. */
  readonly occupancyFor: "everybody" | "officers";
  /** Which keys an owner's certificate may be of, among those that are sound. */
  readonly ownerKey: "any" | "rsa2048";
  /** Whether an officer may take the trust in a key (attribute 134) away again, or only give it. */
  readonly trust: "givenAndTaken" | "given";
}

/** What a request for the cluster's certificate says of the HSM. */
export interface RequestedName {
  /** The number of its partition on its card. */
  readonly partition: number;
  /** The mode that it was made for. */
  readonly mode: "FIPS" | "non-FIPS";
  /** Whether who made it, and where, is one part of the name with many values, or as many parts. */
  readonly maker: "onePart" | "parts";
}

/** The card that an HSM plays. */
interface Hardware extends Pick<
  HsmInformation,
  "label" | "model" | "fipsState" | "totalPublicMemory" | "firmware" | "temperature"
> {
  /** What precedes the number that each card has of its own. */
  readonly serialNumberPrefix: string;
  /** Bytes of public memory that a user or a key takes. */
  readonly memoryOfObject: number;
}

/** A user that every new cluster has. */
export interface FactoryUser {
  readonly id: number;
  readonly type: UserType;
  readonly name: string;
  /** Undefined where nobody knows it. */
  readonly password: string | undefined;
}

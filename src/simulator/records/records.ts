import { Collection } from "./collection.ts";
import type { KeyClass, KeyFlag, KeyShape } from "../../hsm/key-type.ts";
import { isPasswordCost } from "../../hsm/limits.ts";
import type { PasswordHash } from "../sealing/password-hash.ts";
import type { QuorumService } from "../../hsm/quorum-service.ts";
import type { UserSwitch, UserType } from "../../hsm/user.ts";

/** What an HSM knows of itself. */
export interface IdentityRecord {
  readonly hsmId: string;
  readonly clusterId: string;
  /** Where its cluster is, as its owner calls it. */
  readonly region?: string;
  readonly hostname: string;
  readonly port: number;
  /** What its hostname resolves to; left out where nobody said. */
  readonly address?: string;
  /** Exponent of scrypt's N for the passwords that are set on this HSM. */
  readonly passwordCost: number;
  /** Token keys that the HSM has room for. */
  readonly maxKeys: number;
  /** The name of its model; HSMs of older versions have none. */
  readonly model?: string;
  /** The masking key of the HSM's cluster and its clones: 32 bytes in base64. */
  readonly maskingKey: string;
  /** The key under which this HSM alone keeps its key material: 32 bytes in base64. */
  readonly storageKey: string;
}

/** A user, without its password. */
export interface UserRecord {
  readonly type: UserType;
  readonly name: string;
  readonly loginFailures: number;
  /** The public key for quorum approvals and the second factor, in PEM. */
  readonly publicKey?: string;
  readonly twoFactor?: boolean;
  /** What a crypto user is kept from. */
  readonly keptFrom?: readonly UserSwitch[];
}

/** A key, without its material and without who may use it. */
export interface KeyRecord {
  readonly class: KeyClass;
  readonly shape: KeyShape;
  /** False for a session key, which no store keeps. */
  readonly token: boolean;
  readonly label: string;
  /** OBJ_ATTR_ID. */
  readonly id: string;
  readonly flags: Readonly<Record<KeyFlag, boolean>>;
  /** Handles of attribute templates; 0 is none. */
  readonly wrapTemplate: number;
  readonly unwrapTemplate: number;
  /** The key check value, three bytes in hex. */
  readonly kcv: string;
  /** For a key of a pair, in hex: the modulus of RSA, the prime of DSA, the point of EC. */
  readonly modulus?: string;
  readonly publicExponent?: string;
  /** For a key of a pair: OBJ_ATTR_VALUE_LEN. */
  readonly valueLength?: number;
}

/** Who may use a key, apart from its attributes so that the keys of all users are read quickly. */
export interface KeyAccessRecord {
  readonly owner: number;
  /** User ids in ascending order. */
  readonly sharedWith: readonly number[];
  readonly public: boolean;
  /** Users who must approve of its use; 1 where the owner's word is enough. */
  readonly mValue: number;
  /** The key check value, so that the same handle with another key shows. */
  readonly kcv: string;
}

/** A login: whose it is, and the presence mark of the shell that made it. */
export interface SessionRecord {
  readonly userId: number;
  readonly presence: string;
  /** Microseconds since 1970; older versions of this program noted no time. */
  readonly since?: number;
}

/** A quorum token: the request of one login for one operation, and who approved it. */
export interface TokenRecord {
  readonly session: number;
  readonly userId: number;
  readonly userName: string;
  readonly service: QuorumService;
  /** Microseconds since 1970. */
  readonly issued: number;
  readonly nonce: string;
  readonly approvals: readonly ApprovalRecord[];
}

/** An approval counts as long as the user has the key that it was signed with. */
interface ApprovalRecord {
  readonly userId: number;
  readonly publicKey: string;
}

/** The HSM's identity, under the one key "hsm". */
export const identities = new Collection<"hsm", IdentityRecord>(
  "identity",
  {
    hsmId: "string",
    clusterId: "string",
    hostname: "string",
    port: "number",
    passwordCost: "number",
    maxKeys: "number",
    maskingKey: "string",
    storageKey: "string",
  },
  ({ passwordCost }) => isPasswordCost(passwordCost),
);
/** Users by id. */
export const users = new Collection<number, UserRecord>("user", {
  type: "string",
  name: "string",
  loginFailures: "number",
});
/** Password hashes by user id, apart from the users so that listing them reads no hash. */
export const passwords = new Collection<number, PasswordHash>("password", "string");
/** User ids by name in lower case: names are unique without regard to case. */
export const userIds = new Collection<string, number>("userName", "number");
/** What the owner is to sign to unlock an officer, in base64, by user id. */
export const unlockChallenges = new Collection<number, string>("unlockChallenge", "string");
/** Token keys by handle. */
export const keys = new Collection<number, KeyRecord>("key", {
  class: "string",
  shape: "object",
  token: "boolean",
  label: "string",
  id: "string",
  flags: "object",
  wrapTemplate: "number",
  unwrapTemplate: "number",
  kcv: "string",
});
/** What comes next, under the one key "keySerial": the serial number of the next key, which no key had before. */
export const counters = new Collection<"keySerial", number>("counter", "number", (serial) => Number.isInteger(serial));
/** Who may use the token keys, by handle. */
export const keyAccess = new Collection<number, KeyAccessRecord>("keyAccess", {
  owner: "number",
  sharedWith: "object",
  public: "boolean",
  mValue: "number",
  kcv: "string",
});
/** Sealed material of token keys, by handle. */
export const keyMaterial = new Collection<number, string>("keyMaterial", "string");
/** Certificates in PEM, by the type that getCert names. */
export const certificates = new Collection<number, string>("certificate", "string");
/** Certificates in PEM that only the service hands out, and until it is granted the request for the cluster's. */
export const serviceCertificates = new Collection<"awsHardware" | "clusterRequest", string>(
  "serviceCertificate",
  "string",
);
/** Sealed keys of the cluster's certificate authorities, by their part. */
export const authorities = new Collection<string, string>("authority", "string");
/** Logins by session handle. */
export const sessions = new Collection<number, SessionRecord>("session", { userId: "number", presence: "string" });
/** The latest time that tokens were looked at, under the one key "latest": microseconds since 1970. */
export const times = new Collection<"latest", number>("time", "number");
/** How many events the audit log has at the least, under the one key "noted". */
export const auditLengths = new Collection<"noted", number>("auditLength", "number");
/** How many officers a service takes, where it takes more than one. */
export const minimums = new Collection<QuorumService, number>("quorumMinimum", "number");
/** Quorum tokens by id. */
export const tokens = new Collection<number, TokenRecord>("token", {
  session: "number",
  userId: "number",
  userName: "string",
  service: "string",
  issued: "number",
  nonce: "string",
  approvals: "object",
});

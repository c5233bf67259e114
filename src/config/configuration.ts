import type { DialectName } from "./dialect-name.ts";
import { ProgramError } from "../errors/program-error.ts";
import type { FaultEntry } from "./fault-entry.ts";
import type { InitialKey } from "../hsm/initial-key.ts";
import type { QuorumService } from "../hsm/quorum-service.ts";
import type { UserType } from "../hsm/user.ts";

/** A configuration file, whichever kind it was, valid in itself. */
export interface Configuration {
  /** The path of the file, as it was given. */
  readonly file: string;
  /** The folder of the HSMs that the file names, absolute or below `~/`; undefined where it names none. */
  readonly home: string | undefined;
  /** Whose shell and HSMs the file is of; undefined where it does not say. */
  readonly dialect: DialectName | undefined;
  /** What `server 0`, `server 1` ... are. */
  readonly servers: readonly ServerEntry[];
  /** Whether an earlier start read the file as it is now, and this one did not. */
  readonly isKnown: boolean;
  /**
   * The clusters to create where they do not exist yet; empty for the original's `.cfg`. Read when they are asked
   * for: a start on existing HSMs needs none. Throws {@link ConfigurationError}.
   */
  readonly clusters: () => Promise<readonly ClusterEntry[]>;
  /** The faults to set with the first HSMs of the file; read as {@link clusters} is. */
  readonly faults: () => Promise<readonly PlacedFault[]>;
}

/** A fault of a file, and where the file says so: `cluster.yaml:12:9`. */
export interface PlacedFault extends FaultEntry {
  readonly place: string;
}

/** One server in the order of the file. */
export interface ServerEntry {
  readonly name: string;
  readonly hostname: string;
  /** 1 to 65535. */
  readonly port: number;
  /** What the hostname resolves to; undefined where nobody says. */
  readonly address?: string | undefined;
  /** The cluster that the HSM is in, and which of its nodes it is, from 1 on; undefined where nobody looked. */
  readonly clusterId?: string;
  readonly node?: number;
  /** The HSM that must stand there; undefined in a `.cfg`, which does not say. */
  readonly hsm: ExpectedHsm | undefined;
  /** Whether there is an HSM only once the cluster is activated. */
  readonly isMadeLater?: true;
  /** The file with the certificate of the cluster's owner, as a `.cfg` names it. */
  readonly ownerCertificate?: string | undefined;
}

/** The HSM that a server must be. */
interface ExpectedHsm {
  readonly id: string;
  /** The line and column where the file says so: `12:9`. */
  readonly position: string;
}

/** Where a file says who and what is on HSMs: `cluster.yaml:12:9`. */
export interface Places {
  readonly users: string;
  readonly keys: string;
  readonly minimums: string;
}

/** How many officers services take, where that is more than one. */
type MinimumEntries = Readonly<Partial<Record<QuorumService, number | undefined>>>;

/** Whether the customer has certified a cluster when it is made, or is to do so from the shell. */
export const certificateStates = ["signed", "pending"] as const;

/** Whether shells look at the owner's certificate before they encrypt a connection end to end. */
export const e2eStates = ["unchecked", "checked"] as const;

/** Whether an HSM is to answer. */
export const hsmStates = ["running", "stopped"] as const;

/** A cluster of HSMs that share a masking key. */
export interface ClusterEntry {
  readonly id: string;
  /** Where its HSMs are, as its owner calls it; undefined where nobody says. */
  readonly region: string | undefined;
  /** The cluster whose backup this one is restored from. */
  readonly cloneOf: string | undefined;
  /** Exponent of scrypt's N, 10 to 20. */
  readonly passwordCost: number;
  /**
   * `pending`: the first HSM waits for its certificates, and the others are restored from it at the next start after its
   * activation.
   */
  readonly certificates: (typeof certificateStates)[number];
  /** What waits for its certificates is checked in any case. */
  readonly e2e: (typeof e2eStates)[number];
  /** Undefined: a cluster that was never activated. */
  readonly users: readonly UserEntry[] | undefined;
  readonly keys: readonly KeyEntry[];
  /** On every HSM, in place of what a clone's backup has. */
  readonly minimums: MinimumEntries;
  /** Token keys that each HSM has room for. */
  readonly maxKeys: number;
  readonly hsms: readonly HsmEntry[];
  readonly places: Places & { readonly region: string };
}

/** An HSM of a cluster. */
export interface HsmEntry {
  readonly id: string;
  readonly hostname: string;
  readonly port: number;
  /** What the hostname resolves to. */
  readonly address?: string | undefined;
  readonly state: (typeof hsmStates)[number];
  /** Users on this HSM only, and what is different here of users of the cluster. */
  readonly users: readonly UserEntry[];
  /** Keys on this HSM only. */
  readonly keys: readonly KeyEntry[];
  /** On this HSM in place of those of the cluster. */
  readonly minimums: MinimumEntries;
  /** Where the file says so: `cluster.yaml:12:9`. */
  readonly place: string;
  readonly places: Places;
}

/** A key to create with an HSM. */
type KeyEntry = InitialKey;

/** A user to create with an HSM. */
export interface UserEntry {
  readonly id: number;
  readonly type: UserType;
  readonly name: string;
  readonly password: string;
  /** RSA-2048 in PEM, for quorum approvals and the second factor: an officer's only. */
  readonly publicKey?: string | undefined;
  /** Whether logging in takes a second factor; it is the public key's. */
  readonly twoFactor?: boolean;
  /** Wrong passwords since the last right one; so many as lock a user do so. */
  readonly loginFailures?: number;
}

/** Whether an entry of one HSM says what is different there of a user of its cluster: the same by id, type and name. */
export function isSameUser(one: UserEntry, other: UserEntry | undefined): boolean {
  if (one.id !== other?.id || one.type !== other.type) return false;
  return one.name.toLowerCase() === other.name.toLowerCase();
}

/** Whether a word names an HSM: its id, `hostname`, or `hostname:port`; case matters in an id only. */
export function namesHsm(word: string, hsm: Pick<HsmEntry, "id" | "hostname" | "port">): boolean {
  const hostname = hsm.hostname.toLowerCase();
  return word === hsm.id || [hostname, `${hostname}:${String(hsm.port)}`].includes(word.toLowerCase());
}

/** The port on which the original's HSMs are managed. */
export const defaultPort = 2225;

/** A configuration that cannot be used: what is wrong, where it is, and what fixes it. */
export class ConfigurationError extends ProgramError {
  override readonly name = "ConfigurationError";
  override readonly fault = "user";
}

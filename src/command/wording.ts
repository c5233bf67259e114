import type { AuditWording } from "./audit-wording.ts";
import type { Mode } from "../cluster/cluster.ts";
import type { Reach } from "../cluster/server.ts";
import type { KeyAttribute, KeyAttributeKind } from "../hsm/key-attribute.ts";
import type { HeldKey, KeyInformation } from "../hsm/key-requests.ts";
import type { HsmInformation } from "../hsm/hsm.ts";
import type { QuorumMinimum, QuorumToken, TokenSummary } from "../hsm/quorum-requests.ts";
import type { ReturnCodeName } from "../hsm/return-code.ts";
import type { ManagementOffer } from "./offer.ts";
import type { Traits } from "./traits.ts";
import type { UserDetails, UserSummary } from "../hsm/user.ts";

/** One vendor's build of the shell: how things are put, which commands it offers, and what it does otherwise. */
export interface Dialect
  extends
    ShellWording,
    QuestionWording,
    RequestWording,
    UserWording,
    KeyWording,
    QuorumWording,
    HardwareWording,
    UnlockingWording,
    AuditWording,
    HintWording,
    UnpublishedWording {
  readonly offer: ManagementOffer;
  readonly traits: Traits;
}

/** A server as the wording names it. */
export interface NamedServer {
  readonly id: number;
  readonly name: string;
  readonly hostname: string;
  readonly port: number;
  /** Which node of its cluster it is, from 1 on, where a start found that out. */
  readonly node?: number;
}

/** The shell itself: its start, its prompts, its end. A label is `N(name)`. */
export interface ShellWording {
  readonly prompt: string;
  readonly serverPrompt: (serverId: number) => string;
  /** What a start says before all else. */
  readonly banner: readonly string[];
  readonly connectingHead: readonly string[];
  readonly connecting: (server: NamedServer) => string;
  /** What server and shell tell each other of their versions, above {@link connected}. */
  readonly versionExchange: readonly string[];
  readonly connected: (server: NamedServer) => string;
  /** Between the first server and those that it knows; the line above the first of these is among it. */
  readonly discovering: readonly string[];
  readonly connectionFailed: (server: NamedServer) => string;
  /** Behind {@link connectionFailed}, where the start goes on. */
  readonly notConnectedAtStart: (label: string) => readonly string[];
  readonly startFailed: string;
  /** What a server says that a shell connects to anew. */
  readonly reconnected: (label: string) => readonly string[];
  readonly e2eEnabled: (label: string) => string;
  /** The same as a start says it. */
  readonly e2eEnabledAtStart: (label: string) => readonly string[];
  /** What a start says of a server whose connection is not encrypted end to end, in place of {@link e2eEnabled}. */
  readonly unencrypted: (label: string) => readonly string[];
  /** The same where the owner's certificate is not where it is looked for. */
  readonly ownerCertificateMissing: (label: string, path: string) => readonly string[];
  /** The same where it is of another cluster's owner. */
  readonly ownerCertificateForeign: (label: string, path: string) => readonly string[];
  /** The same where it is there, and the HSM has no certificates yet. */
  readonly uninitialised: (label: string) => readonly string[];
  /** What a login says that ends with the storing of certificates. */
  readonly loggingOut: string;
  /** What `server` says of the server whose mode it enters, blank lines included. */
  readonly serverMode: (isEncrypted: boolean) => readonly string[];
  /** What `quit` says, blank lines included. */
  readonly disconnecting: readonly string[];
  /** Above the commands in `help` that the vendor does not document. */
  readonly undocumented: string;
}

/** Hints of ours, for a person: no script waits for them. */
export interface HintWording {
  /** What helps with an HSM's refusal of a command; undefined where the refusal says enough. */
  readonly refusalHint: (command: string, returnCode: ReturnCodeName) => string | undefined;
  /** A server on which officers are too few for what needs their approval. */
  readonly officersBelowMinimum: (label: string, officersLeft: number, minimum: QuorumMinimum) => string;
}

/** What is said where the vendors' words are not published. */
export interface UnpublishedWording {
  readonly unknownCommand: (word: string, proposal: string | undefined) => string;
  /** Where the word may be a password. */
  readonly hiddenCommand: string;
  readonly ambiguousCommand: (word: string, names: readonly string[]) => string;
  /** A command that the vendor's help names, and of which nobody says what it does. */
  readonly notSimulated: (command: string) => string;
  /** What helps with a command that there is not; undefined where nothing is said. */
  readonly commandList: string | undefined;
  /** How to reach the mode of a command that is not available in the current one. */
  readonly elsewhere: Readonly<Record<Mode, string>>;
  /** Above the commands in `help` that are of server mode only. */
  readonly serverModeHeading: string;
  readonly lineTooLong: (longest: number) => string;
  /** Where one of the words may be a password. */
  readonly hiddenMisfit: string;
  readonly usage: (usage: string) => string;
  /** A hint for a person. */
  readonly hint: (hint: string) => string;
  readonly cancelled: (command: string) => string;
  /** Where input ends before an answer. */
  readonly inputEnded: (missing: string) => string;
  /** A fault of the program. */
  readonly unexpected: (problem: string) => string;
  readonly passwordsDiffer: string;
  /** Where the file with the signatures cannot be read, and its name is asked for again. */
  readonly unreadableFile: string;
  /** @param last the highest number of a server */
  readonly invalidServer: (id: number, last: number) => string;
  readonly sourceIsDestination: (id: number) => string;
  readonly nothingToRollBack: (command: string) => string;
}

/** What is asked. */
export interface QuestionWording {
  /** The box above a y/n question, in the mode in which a command runs. */
  readonly caution: (command: string, mode: Mode) => readonly string[];
  /** What stands between the box and its question, and above the one about a server that failed. */
  readonly aboveQuestion: readonly string[];
  readonly goOn: string;
  readonly invalidOption: string;
  readonly retryIgnoreAbort: string;
  readonly retryRollBackIgnore: string;
  readonly password: string;
  readonly passwordAgain: string;
  readonly newPassword: string;
  readonly newPasswordAgain: string;
  /** The question for the pass phrase of a private key. */
  readonly passPhrase: string;
  /** What to do with the file of digests that was written, above the question for its name. */
  readonly authenticationDataWritten: (path: string) => readonly string[];
  readonly enterFilename: string;
}

/** What becomes of a request on a server; without a label, in server mode. */
export interface RequestWording {
  readonly onNodes: (what: string, count: number) => string;
  readonly succeeded: (command: string, label?: string) => string;
  readonly failed: (command: string, reason: string) => string;
  /** Behind {@link failed}: where it was. */
  readonly failedOn: (command: string, label: string) => readonly string[];
  readonly rolledBackOn: (command: string, label: string) => string;
  readonly notRolledBackOn: (command: string, label: string) => string;
  /** A step of a copy, `extract` or `insert`, with its return code. */
  readonly copyStep: (step: "extract" | "insert", code: number) => string;
  readonly notConnected: (server: { readonly id: number; readonly label: string; readonly reach: Reach }) => string;
}

/** Users. */
export interface UserWording {
  readonly usersHeading: (label: string, count: number) => readonly string[];
  readonly userRow: (user: UserSummary) => string;
  readonly creatingUser: (name: string, type: string) => string;
  readonly creatingUserFailedOn: (label: string) => string;
  readonly changingPassword: (name: string, type: string) => string;
  readonly changingPasswordFailedOn: (label: string) => string;
  readonly deletingUser: (name: string, type: string) => string;
  readonly showingUser: (name: string) => string;
  readonly user: (label: string, user: UserDetails) => readonly string[];
  readonly changingSwitches: (name: string) => string;
  readonly disablingAccess: (name: string) => string;
  /** The hash of one user, or of all. */
  readonly userHash: (label: string, hash: string) => readonly string[];
  readonly unlockingUser: (name: string) => string;
  readonly userMap: (label: string, users: readonly UserPlaces[]) => readonly string[];
}

/** A user, and the numbers of the servers that have it. */
export interface UserPlaces {
  readonly user: UserSummary;
  readonly servers: readonly number[];
}

/** Officers who are unlocked by the owner's word. */
export interface UnlockingWording {
  readonly gettingChallenge: string;
  readonly unlockingOfficer: (name: string) => string;
  /** The number by which files and their names call a server. */
  readonly nodeOf: (serverId: number) => number;
}

/** Keys. */
export interface KeyWording {
  readonly keysHeading: (label: string) => string;
  /** Between the lists of two servers. */
  readonly betweenKeyLists: readonly string[];
  readonly keyList: (keys: readonly HeldKey[]) => readonly string[];
  readonly keyHash: (hash: string) => readonly string[];
  /** @param position how many servers have theirs above */
  readonly keyInformation: (label: string, information: KeyInformation, position: number) => readonly string[];
  /** Without a label, in server mode. */
  readonly attributes: (attributes: readonly KeyAttribute[], label?: string) => readonly string[];
  readonly attributeTable: (attributes: readonly KeyAttributeKind[]) => readonly string[];
  readonly keyCount: (count: number) => string;
  readonly keyMap: (keys: readonly KeyPlaces[]) => readonly string[];
}

/** A key, and the numbers of the servers on which it is the same. */
export interface KeyPlaces {
  readonly handle: number;
  readonly servers: readonly number[];
}

/** Quorum. */
export interface QuorumWording {
  readonly minimumSet: (service: number, minimum: number) => string;
  readonly quorumMinimum: (serverId: number, minimum: QuorumMinimum) => string;
  /** A token as issued, below its success line. Its node is the number of its server. */
  readonly token: (serverId: number, token: Omit<QuorumToken, "text">) => readonly string[];
  readonly tokens: (
    server: { readonly id: number; readonly label: string },
    tokens: readonly TokenSummary[],
  ) => readonly string[];
}

/** A row of `info`. */
export interface ServerState extends NamedServer {
  readonly connected: boolean;
  /** The HSM's id. */
  readonly partition: string;
  readonly login: { readonly name: string; readonly type: string } | undefined;
}

/** Servers and their hardware. */
export interface HardwareWording {
  readonly info: (servers: readonly ServerState[]) => readonly string[];
  readonly gettingInformation: string;
  readonly hsmInformation: (serverId: number, information: HsmInformation) => readonly string[];
  readonly clusterInformation: (label: string, members: readonly NamedServer[]) => readonly string[];
  readonly partitionInformation: (
    serverId: number,
    hsmId: string,
    information: Pick<HsmInformation, "fipsState" | "partition">,
  ) => readonly string[];
}

import type { Login } from "../hsm/hsm.ts";
import type { HsmError } from "../hsm/return-code.ts";
import type { UserSummary } from "../hsm/user.ts";

/** The calls of the library that answers name. */
export type KeyCall =
  | "login"
  | "logout"
  | "listUsers"
  | "generateSecret"
  | "generatePair"
  | "generateDsaPair"
  | "find"
  | "findSingle"
  | "getKey"
  | "getAttribute"
  | "delete"
  | "getHsmInfo"
  | "getPartitionInfo"
  | "loginStatus"
  | "sign"
  | "verify"
  | "setAttribute"
  | "extractMasked"
  | "insertMasked"
  | "generatePbe"
  | "handleFile"
  | "importWrap"
  | "unwrapTemplate"
  | "importUnwrap"
  | "exportWrap"
  | "exportUnwrap"
  | "createPublic"
  | "exportPublic"
  | "wrap"
  | "unwrap"
  | "unwrapWithHeader"
  | "wrapData"
  | "unwrapData";

/** What a node answered: the code, and its text. */
export interface NodeAnswer {
  /** The number that the vendor gives it. */
  readonly node: number;
  readonly error: HsmError | undefined;
}

/** How one vendor's key utility puts its answers. No line has its end. */
export interface KeyUtilityWording {
  readonly prompt: string;
  /** What a line says before a command that is given on the command line of the program. */
  readonly single: (command: string) => string;
  /** What a start says before all else. */
  readonly banner: readonly string[];
  readonly invalidCommand: string;
  readonly help: readonly string[];
  /** The first line of an answer: the call, with success or why it failed. */
  readonly returned: (call: KeyCall, error?: Pick<HsmError, "code" | "message">) => string;
  /** The number that the vendor gives the first node, from which the others count on; keys have handles of the block of who makes them. */
  readonly firstNode: number;
  /** The block that says what each node answered; its heading alone where none was asked. */
  readonly nodes: (answers: readonly NodeAnswer[]) => readonly string[];
  readonly secretCreated: (handle: number) => string;
  readonly pairCreated: (publicKey: number, privateKey: number) => string;
  readonly secretImported: (handle: number) => string;
  readonly privateImported: (handle: number) => string;
  readonly publicImported: (handle: number) => string;
  readonly keyUnwrapped: (handle: number) => string;
  /** How many bytes a private key has in PKCS #8. */
  readonly encodedLength: (length: number) => string;
  readonly secretExported: (file: string) => string;
  readonly privateExported: (file: string) => string;
  readonly publicExported: (file: string) => string;
  readonly keyWrapped: string;
  readonly wrappedKeyWritten: (file: string, length: number) => string;
  readonly resultBytes: (bytes: Uint8Array) => readonly string[];
  readonly resultWritten: (file: string) => string;
  readonly attestation: readonly string[];
  readonly found: (handles: readonly number[]) => readonly string[];
  readonly owner: (userId: number) => string;
  readonly shares: (userIds: readonly number[]) => readonly string[];
  readonly approvals: (count: number) => string;
  readonly users: (users: readonly UserSummary[]) => readonly string[];
  readonly attributesWritten: (size: number, count: number, file: string) => readonly string[];
  readonly errorText: (code: number, text: string | undefined) => string;
  readonly signed: (file: string) => readonly (readonly string[])[];
  readonly verified: string;
  /** Where a signature is not of the message and the key. */
  readonly mismatch: (error: Pick<HsmError, "code" | "message">) => readonly (readonly string[])[];
  readonly handleFileWritten: (file: string) => string;
  readonly realPrivateKey: string;
  readonly keyHandle: (handle: number) => string;
  readonly masked: (file: string) => string;
  /** What stands below the call of insertMaskedObject. */
  readonly inserted: (handle: number) => readonly string[];
  /** A block that findKey begins with; empty where it has none. */
  readonly counted: (answers: readonly NodeAnswer[]) => readonly string[];
  /** A block that wrapKey ends with; empty where it has none. */
  readonly wrappedOn: (answers: readonly NodeAnswer[]) => readonly string[];
  /** The attributes that setAttribute sets, by their numbers. */
  readonly settableAttributes: readonly number[];
  /**
   * Whether only a trusted key wraps a new key, unless `-wrap_with_trusted` says otherwise; undefined where the build has no
   * such option, and any key wraps it.
   */
  readonly newKeysWrapWithTrusted: boolean | undefined;
  readonly valueQuestion: string;
  /** What is printed above the question for a flag, and the question. */
  readonly flagQuestion: { readonly above: string; readonly prompt: string };
  readonly certificateRead: (error?: Pick<HsmError, "code" | "message">) => string;
  /** Who is logged in; undefined is nobody. */
  readonly loginState: (login: Pick<Login, "type" | "name"> | undefined) => string;
  /** What a command says whose words are not published. */
  readonly unpublished: (command: string) => string;
  readonly curves: readonly string[];
  readonly attributes: readonly string[];
}

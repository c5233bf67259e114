import { ProgramError } from "../errors/program-error.ts";
/**
 * A code that an HSM answers with: its number and its text, which names no command or option of a shell.
 *
 * `documented` rows carry a number and a text that public sources show (AWS CloudHSM User Guide,
 * "interpreting-audit-logs" and "key_mgmt_util-Error2String"). The original's table is not public:
 * `quoted` rows carry a published text under a number of ours, `ours` rows a number and a text of ours.
 * Our numbers start at 0x1001, outside every documented one.
 */
interface ReturnCodeRow {
  readonly code: number;
  readonly text: string;
  readonly evidence: "documented" | "quoted" | "ours";
}

const documented = (code: number, text: string): ReturnCodeRow => ({ code, text, evidence: "documented" });
const quoted = (code: number, text: string): ReturnCodeRow => ({ code, text, evidence: "quoted" });
const ours = (code: number, text: string): ReturnCodeRow => ({ code, text, evidence: "ours" });

/** All return codes, by name. */
export const returnCodes = {
  SUCCESS: documented(0x00, "HSM Return: SUCCESS"),
  /** Printed bare, without "HSM Error:". */
  BAD_PKCS_DATA: documented(0x1b, "CSP Error: ERR_BAD_PKCS_DATA"),
  UNKNOWN_USER_NAME: documented(0x9d, "HSM Error: user isn't initialized or user with this name doesn't exist"),
  LOGIN_FAILURE: documented(0xa3, "HSM Error: RET_USER_LOGIN_FAILURE"),
  INVALID_OBJECT_HANDLE: documented(0xa8, "HSM Error: Invalid object handle is passed to this operation"),
  POLICY_VIOLATION: documented(0xb3, "HSM Error: This operation violates the current configured/FIPS policies"),
  KEY_ACCESS_DENIED: documented(0xc6, "HSM Error: Key Access is denied"),
  USER_NOT_FOUND: documented(0xce, "HSM Error: This user doesn't exist"),
  INVALID_USER_TYPE: documented(0xdb, "HSM Error: Invalid User Type."),
  SERVER_UNAVAILABLE: documented(0x30000085, "HSM CLUSTER ERROR: Server in cluster is unavailable"),

  USER_EXISTS: quoted(0x1001, "HSM Error: This user is already created"),
  INVALID_INPUT: quoted(0x1002, "HSM Error: Invalid input data/params"),
  UNKNOWN_USER_TYPE: quoted(0x1003, "HSM Error: invalid user type"),
  PASSWORD_LENGTH: quoted(0x1004, "HSM Error: min pswd len 7 and max pswd len 32"),
  OBJECT_CONFLICT: quoted(0x1005, "HSM Error: user already created, unable to insert object"),
  /** Printed bare, without "HSM Error:". */
  MXN_AUTH_FAILED: quoted(0x1006, "RET_MXN_AUTH_FAILED"),
  NOT_LOGGED_IN: quoted(0x1007, "HSM Error: No user is logged in to do this operation"),
  NOT_AUTHORISED: quoted(0x1008, "HSM Error: The current logged in user is not authorized to do this operation"),
  USER_LOGGED_IN: quoted(0x1009, "HSM Error: Deletion or Changing password of a logged in User is denied"),

  USER_NOT_LOCKED: ours(0x113d, "HSM Error: User is not locked"),
  USER_LOCKED: ours(0x1101, "HSM Error: User is locked"),
  USER_LIMIT: ours(0x1104, "HSM Error: No room for another user (1024 at most)"),
  MASKED_OBJECT_FOREIGN: ours(0x1105, "HSM Error: Masked object comes from another cluster"),
  MASKED_OBJECT_DAMAGED: ours(0x1106, "HSM Error: Masked object is damaged or not of this kind"),
  STORAGE_FAILURE: ours(0x1107, "HSM Error: Storage failure, nothing was acknowledged"),
  STORAGE_FULL: ours(0x1108, "HSM Error: Storage is full, nothing was changed"),
  USER_OWNS_KEYS: ours(0x110a, "HSM Error: This user owns keys"),
  KEY_LIMIT: ours(0x110b, "HSM Error: No room for another key"),
  KEY_OWNER_MISSING: ours(0x110c, "HSM Error: The key's owner, or a user it is shared with, is not on this HSM"),
  KEY_CONFLICT: ours(0x110d, "HSM Error: Another key has this handle, unable to insert object"),
  INVALID_ATTRIBUTE: ours(0x110e, "HSM Error: There is no such attribute"),
  ATTRIBUTE_NOT_APPLICABLE: ours(0x110f, "HSM Error: Keys of this kind do not have this attribute"),
  ATTRIBUTE_READ_ONLY: ours(0x1110, "HSM Error: This attribute cannot be changed"),
  HSM_BUSY: ours(0x1109, "HSM Error: The HSM is busy with another session, try again"),

  KEY_ID_TAKEN: ours(0x1160, "HSM Error: A key with this ID exists"),
  KEY_UNSUITABLE: ours(0x1161, "HSM Error: Key cannot be used for this operation"),
  WRAPPED_DATA_INVALID: ours(0x1170, "HSM Error: Wrapped data is not valid"),
  WRAPPED_HEADER_MISSING: ours(0x1171, "HSM Error: The wrapped key does not begin with a header that this HSM knows"),

  NOT_ENCRYPTED: ours(0x1111, "HSM Error: The connection is not encrypted end to end"),

  /** As Azure's onboarding guide has it, without "HSM Error:". */
  CERTIFICATE_SIGNATURE: quoted(0x1140, "Certificate ERROR: [ certificate signature failure ]"),
  CERTIFICATE_UNREADABLE: ours(0x1141, "HSM Error: Not a certificate in PEM (BEGIN CERTIFICATE)"),
  CERTIFICATE_SEVERAL: ours(0x1142, "HSM Error: These are more certificates than this type takes"),
  CERTIFICATE_EXPIRED: ours(0x1143, "HSM Error: The certificate is not valid today"),
  CERTIFICATE_KEY: ours(0x1144, "HSM Error: The certificate is not of the key that this HSM requested one for"),
  CERTIFICATE_AUTHORITY: ours(
    0x1145,
    "HSM Error: Not a certificate authority's certificate that is self-signed, or goes up to a self-signed root",
  ),
  CERTIFICATE_WEAK: ours(
    0x1146,
    "HSM Error: The key or the digest of the certificate is of no kind that this HSM takes",
  ),
  CERTIFICATE_ORDER: ours(0x1147, "HSM Error: The owner's certificate (type 4) is not stored yet"),
  CERTIFICATE_STORED: ours(0x1148, "HSM Error: The certificates are stored already, and cannot be replaced"),

  UNLOCK_NO_CHALLENGE: ours(0x1150, "HSM Error: No challenge was drawn for this user, or it has served"),
  UNLOCK_SIGNATURE: ours(
    0x1151,
    "HSM Error: This is no signature of the owner's key over the challenge that this HSM drew last for this user",
  ),

  MXN_TOO_FEW_APPROVALS: ours(0x1120, "RET_MXN_AUTH_FAILED: the token has too few approvals"),
  MXN_OTHER_SERVICE: ours(0x1121, "RET_MXN_AUTH_FAILED: the token is for another service"),
  MXN_OTHER_LOGIN: ours(0x1122, "RET_MXN_AUTH_FAILED: the token belongs to another login"),
  UNKNOWN_SERVICE: ours(0x1123, "HSM Error: Unknown service (3 is USER_MGMT, 4 is MISC_CO)"),
  M_VALUE_RANGE: ours(0x1124, "HSM Error: The minimum must be 2 to 8"),
  M_VALUE_OFFICERS: ours(0x1125, "HSM Error: The minimum is greater than the number of crypto officers"),
  M_VALUE_ORDER: ours(0x1126, "HSM Error: Raise the minimum of service 4 to that of service 3 first"),
  REGISTRATION_TOKEN_LENGTH: ours(0x1127, "HSM Error: The registration token must have 1 to 245 bytes"),
  REGISTRATION_SIGNATURE: ours(
    0x1128,
    "HSM Error: The signature does not match the registration token and the public key",
  ),
  PUBLIC_KEY_UNREADABLE: ours(0x1129, "HSM Error: Not a public key in PEM (BEGIN PUBLIC KEY)"),
  PUBLIC_KEY_PRIVATE: ours(0x112a, "HSM Error: This is a private key: give its public key"),
  PUBLIC_KEY_KIND: ours(0x112b, "HSM Error: The public key must be a 2048-bit RSA key"),
  PUBLIC_KEY_WEAK: ours(
    0x113b,
    "HSM Error: The public key is not safe: it needs an odd exponent of at least 65537 and a modulus of two large primes",
  ),
  PUBLIC_KEY_TAKEN: ours(0x112c, "HSM Error: Another user has this public key"),
  TOKEN_OF_ANOTHER_USER: ours(0x112d, "HSM Error: A token must be for the officer who is logged in"),
  TOKEN_OF_ANOTHER_LOGIN: ours(0x112e, "HSM Error: The token belongs to another login"),
  TOKEN_LIMIT: ours(0x112f, "HSM Error: No room for another token (1024 at most)"),
  TOKEN_SHARE: ours(0x113c, "HSM Error: This officer has used up their share of the room for tokens"),
  TOKEN_NOT_IN_FILE: ours(0x1130, "HSM Error: The file does not hold exactly one token of this HSM"),
  TOKEN_NOT_FOUND: ours(0x1131, "HSM Error: No such token: it was used or deleted, or its login has ended"),
  TOKEN_EXPIRED: ours(0x1132, "HSM Error: The token has expired"),
  NO_PUBLIC_KEY: ours(0x1133, "HSM Error: This officer has no registered public key"),
  APPROVED_ALREADY: ours(0x1134, "HSM Error: This officer has already approved the token"),
  SIGNATURE_MISMATCH: ours(0x1135, "HSM Error: The signature does not match the token file"),
  SIGNATURE_OF_ANOTHER_USER: ours(0x1136, "HSM Error: The signature is another user's"),
  SECOND_FACTOR_MISSING: ours(
    0x1137,
    "HSM Error: This user logs in with a second factor: a signature for this HSM is missing",
  ),
  SECOND_FACTOR_WRONG: ours(
    0x1138,
    "HSM Error: The signature does not match the digest of this HSM and the public key",
  ),
  SECOND_FACTOR_OFFICERS: ours(0x1139, "HSM Error: Only a crypto officer can have a second factor"),
  SECOND_FACTOR_KEY: ours(
    0x113a,
    "HSM Error: This key is its officer's second factor and changes only with the password",
  ),
} as const satisfies Record<string, ReturnCodeRow>;

/** The name of a return code. */
export type ReturnCodeName = keyof typeof returnCodes;

/** Returns the name of the return code with this number; undefined if there is none. */
export function returnCodeName(code: number): ReturnCodeName | undefined {
  return names.find((name) => returnCodes[name].code === code);
}

const names = Object.keys(returnCodes) as readonly ReturnCodeName[];

/** More about an {@link HsmError}. */
export interface HsmErrorOptions extends ErrorOptions {
  /** The part of the request that was refused: the name of a user. */
  readonly subject?: string;
  /** The text, where numbers of the HSM's model are part of it. */
  readonly text?: string;
}

/** An HSM's refusal or failure of one request: a return code and nothing secret. */
export class HsmError extends ProgramError {
  override readonly name = "HsmError";
  override readonly fault = "system";
  readonly returnCode: ReturnCodeName;

  constructor(returnCode: ReturnCodeName, options?: HsmErrorOptions) {
    const text = options?.text ?? returnCodes[returnCode].text;
    super(options?.subject === undefined ? text : `${text}: ${options.subject}`, options);
    this.returnCode = returnCode;
  }

  /** The number of the code, as masked-object commands print it. */
  get code(): number {
    return returnCodes[this.returnCode].code;
  }
}

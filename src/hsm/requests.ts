import type { Hsm } from "./hsm.ts";
import type { ReturnCodeName } from "./return-code.ts";
import type { UserType } from "./user.ts";

/** What a request requires: nothing, any login, or a login with a right. */
type Right = "none" | "login" | UserRight;

/** The rights that users have by their type. */
export type UserRight =
  | "storeCertificates"
  | "setOwnPassword"
  | "manageUsers"
  | "copyUsers"
  | "useQuorum"
  | "listKeys"
  | "insertKeys"
  | "makeKeys";

/** The rights that users have to one key, by their type and their relation to the key. */
export type KeyRight =
  | "information"
  | "attribute"
  | "trustedAttribute"
  | "setAttribute"
  | "setTrusted"
  | "share"
  | "give"
  | "copy"
  | "delete"
  | "use"
  | "keep"
  | "wrapOut";

/** What an HSM answers who wants to do something with a key. */
export type KeyAnswer = "yes" | Extract<ReturnCodeName, "NOT_AUTHORISED" | "KEY_ACCESS_DENIED">;

/** Whom it answers: a crypto user by what they are to the key, all others by their type alone. */
export type KeyAsker = "owner" | "sharee" | "stranger" | Exclude<UserType, "CU">;

/** One request: whether it changes the HSM, the right it requires, and how it is audited. */
export interface RequestRow<Opcode extends string = string> {
  readonly changes: boolean;
  /** Answered also where there is no encryption end to end: before the certificates are stored, or without the owner's. */
  readonly limited?: true;
  /** Checked before anything else. */
  readonly right: Right;
  /** Checked when the request turns out to be about the caller. */
  readonly ofOneself?: UserRight;
  /** Checked where somebody is logged in, of a request that takes no login. */
  readonly ofCaller?: UserRight;
  /** Checked when the request turns out to be about another user than the caller. */
  readonly ofAnother?: UserRight;
  /** Checked once the key that it is about is found. */
  readonly ofKey?: KeyRight;
  /** Replaces `ofKey` when the request is about the attribute TRUSTED. */
  readonly ofTrusted?: KeyRight;
  /** Left out for requests that the audit log does not record. */
  readonly audit?: RequestAudit<Opcode>;
}

/** How the audit log records a request. */
interface RequestAudit<Opcode extends string = string> {
  /** The operation; by user type, where it depends on the type of the user concerned. */
  readonly opcode: Opcode | Readonly<Record<UserType, Opcode>>;
  /** The event names the caller, once the caller is known to have the right. */
  readonly about?: "caller";
  /** Nothing is recorded when the user concerned has one of these types. */
  readonly exceptOf?: readonly UserType[];
}

/** The methods of an HSM and, after a dot, of its topics; closing is not a request. */
type RequestOf<H> = {
  [Part in Exclude<keyof H, "identity" | "close"> & string]: H[Part] extends (...given: never) => unknown
    ? Part
    : `${Part}.${keyof H[Part] & string}`;
}[Exclude<keyof H, "identity" | "close"> & string];

/** The guide: "login and logout of the appliance user are not logged" ("interpreting-audit-logs"). */
const exceptOf: readonly UserType[] = ["AU"];

/**
 * All requests of an HSM, by the members of `Hsm`. The checks, the audit log, the passage and the tests read this table;
 * the HSM decides who has which right.
 */
export const requests = {
  identify: { changes: false, right: "none", limited: true },
  encrypt: { changes: false, right: "none", limited: true },
  certificate: { changes: false, right: "none", limited: true },
  certificateRequest: { changes: false, right: "none", limited: true },
  storeCertificate: {
    changes: true,
    right: "storeCertificates",
    limited: true,
    audit: { opcode: "CN_STORE_CERTIFICATE", about: "caller" },
  },
  information: { changes: false, right: "none" },

  "logins.prepare": { changes: false, right: "none", limited: true },
  "logins.challenge": { changes: false, right: "none", limited: true },
  "logins.login": { changes: true, right: "none", limited: true, audit: { opcode: "CN_LOGIN", exceptOf } },
  "logins.logout": { changes: true, right: "login", limited: true, audit: { opcode: "CN_LOGOUT", exceptOf } },
  "logins.leave": { changes: true, right: "login", limited: true, audit: { opcode: "CN_APP_FINALIZE", exceptOf } },

  "users.list": { changes: false, right: "none" },
  "users.find": { changes: false, right: "none" },
  "users.hash": { changes: false, right: "manageUsers" },
  "users.create": {
    changes: true,
    right: "manageUsers",
    audit: {
      opcode: {
        PRECO: "CN_CREATE_CO",
        PCO: "CN_CREATE_CO",
        CO: "CN_CREATE_CO",
        CU: "CN_CREATE_USER",
        AU: "CN_CREATE_APPLIANCE_USER",
      },
    },
  },
  "users.changePassword": {
    changes: true,
    right: "login",
    ofOneself: "setOwnPassword",
    ofAnother: "manageUsers",
    audit: { opcode: "CN_CHANGE_PSWD" },
  },
  "users.delete": { changes: true, right: "manageUsers", audit: { opcode: "CN_DELETE_USER" } },
  "users.setSwitches": { changes: true, right: "manageUsers", audit: { opcode: "CN_SET_USER_ATTRIBUTES" } },
  "users.unlock": { changes: true, right: "manageUsers", audit: { opcode: "CN_UNLOCK_USER" } },
  "unlocking.challenge": {
    changes: true,
    right: "none",
    ofCaller: "manageUsers",
    audit: { opcode: "CN_GET_UNLOCK_CHALLENGE" },
  },
  "unlocking.unlock": { changes: true, right: "none", ofCaller: "manageUsers", audit: { opcode: "CN_UNLOCK_CO" } },
  "users.extract": { changes: true, right: "copyUsers", audit: { opcode: "CN_EXTRACT_MASKED_OBJECT_USER" } },
  "users.insert": { changes: true, right: "copyUsers", audit: { opcode: "CN_INSERT_MASKED_OBJECT_USER" } },

  "quorum.registerKey": { changes: true, right: "useQuorum", audit: { opcode: "CN_REGISTER_QUORUM_PUB_KEY" } },
  "quorum.minimum": { changes: false, right: "useQuorum" },
  "quorum.setMinimum": { changes: true, right: "useQuorum", audit: { opcode: "CN_SET_M_VALUE", about: "caller" } },

  "tokens.issue": { changes: true, right: "useQuorum", audit: { opcode: "CN_GET_TOKEN", about: "caller" } },
  "tokens.approve": { changes: true, right: "useQuorum", audit: { opcode: "CN_APPROVE_TOKEN", about: "caller" } },
  "tokens.list": { changes: false, right: "useQuorum" },
  "tokens.delete": { changes: true, right: "useQuorum", audit: { opcode: "CN_DELETE_TOKEN", about: "caller" } },

  "keys.find": { changes: false, right: "listKeys" },
  "keys.states": { changes: false, right: "listKeys" },
  "keys.information": { changes: false, right: "login", ofKey: "information" },
  "keys.attributes": { changes: false, right: "login", ofKey: "attribute", ofTrusted: "trustedAttribute" },
  "keys.setAttribute": {
    changes: true,
    right: "login",
    ofKey: "setAttribute",
    ofTrusted: "setTrusted",
    audit: { opcode: "CN_MODIFY_OBJECT" },
  },
  "keys.share": { changes: true, right: "login", ofKey: "share", audit: { opcode: "CN_SHARE_OBJECT" } },
  "keys.give": { changes: true, right: "login", ofKey: "give", audit: { opcode: "CN_MODIFY_KEY_OWNER" } },
  "keys.extract": {
    changes: true,
    right: "login",
    ofKey: "copy",
    audit: { opcode: "CN_EXTRACT_MASKED_OBJECT_USER" },
  },
  "keys.insert": {
    changes: true,
    right: "insertKeys",
    ofKey: "copy",
    audit: { opcode: "CN_INSERT_MASKED_OBJECT_USER" },
  },

  "making.secret": { changes: true, right: "makeKeys", audit: { opcode: "CN_GENERATE_KEY" } },
  "making.pair": { changes: true, right: "makeKeys", audit: { opcode: "CN_GENERATE_KEY_PAIR" } },
  "making.search": { changes: false, right: "makeKeys" },
  "making.delete": { changes: true, right: "makeKeys", ofKey: "delete", audit: { opcode: "CN_DESTROY_OBJECT" } },

  "using.sign": { changes: false, right: "makeKeys", ofKey: "use" },
  "using.verify": { changes: false, right: "makeKeys", ofKey: "use" },
  "using.keep": { changes: true, right: "makeKeys", ofKey: "keep", audit: { opcode: "CN_MODIFY_OBJECT" } },
  "using.insertAnew": {
    changes: true,
    right: "makeKeys",
    ofKey: "copy",
    audit: { opcode: "CN_INSERT_MASKED_OBJECT_USER" },
  },

  "wrapping.wrap": { changes: true, right: "makeKeys", ofKey: "wrapOut", audit: { opcode: "CN_WRAP_KEY" } },
  "wrapping.unwrap": { changes: true, right: "makeKeys", ofKey: "use", audit: { opcode: "CN_UNWRAP_KEY" } },
  "wrapping.wrapData": { changes: true, right: "makeKeys", ofKey: "use", audit: { opcode: "CN_NIST_AES_WRAP" } },
  "wrapping.unwrapData": { changes: true, right: "makeKeys", ofKey: "use", audit: { opcode: "CN_NIST_AES_WRAP" } },
  "wrapping.importPublic": { changes: true, right: "makeKeys", audit: { opcode: "CN_CREATE_OBJECT" } },
  "wrapping.exportPublic": { changes: false, right: "makeKeys", ofKey: "attribute" },
} as const satisfies Readonly<Record<RequestOf<Hsm>, RequestRow>>;

/** The name of a request: the path of its method on an HSM. */
export type RequestName = keyof typeof requests;

/** The requests that change an HSM, if only its audit log; or, with false, the others. */
export type RequestsThatChange<Changes extends boolean> = {
  readonly [Name in RequestName]: (typeof requests)[Name]["changes"] extends Changes ? Name : never;
}[RequestName];

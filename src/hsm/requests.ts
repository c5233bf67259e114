import type { Hsm } from "./hsm.ts";
import type { UserType } from "./user.ts";

/** What it takes to ask: nothing, a login, or a login of a type that may do something. */
type Right = "none" | "login" | UserRight;

/** What users may do by their type. */
export type UserRight = "manageUsers" | "copyUsers" | "useQuorum" | "listKeys" | "insertKeys";

/** What users may do with one key, by their type and by how they stand to the key. */
export type KeyRight =
  "information" | "attribute" | "trustedAttribute" | "setAttribute" | "setTrusted" | "share" | "copy";

/** One request: whether it changes the HSM, the right that it takes, and how it is audited. */
export interface RequestRow<Opcode extends string = string> {
  readonly changes: boolean;
  /** Checked before anything else. */
  readonly right: Right;
  /** Checked when the user whom it is about is found to be another than the one who asks. */
  readonly ofAnother?: UserRight;
  /** Checked when the key that it is about is found. */
  readonly ofKey?: KeyRight;
  /** In place of `ofKey` where it is about the attribute TRUSTED. */
  readonly ofTrusted?: KeyRight;
  /** Left out, the audit log says nothing of it. */
  readonly audit?: RequestAudit<Opcode>;
}

/** What the audit log says of a request. */
interface RequestAudit<Opcode extends string = string> {
  /** The operation, where it depends on the type of the user whom it is about, by type. */
  readonly opcode: Opcode | Readonly<Record<UserType, Opcode>>;
  /** The event is about the user who asks, once that user is known to have the right. */
  readonly about?: "caller";
  /** Types of the user whom it is about for which nothing is recorded. */
  readonly exceptOf?: readonly UserType[];
}

/** The methods of an HSM, and of its topics behind a dot, but for closing, which is none of its requests. */
type RequestOf<H> = {
  [Part in Exclude<keyof H, "identity" | "close"> & string]: H[Part] extends (...given: never) => unknown
    ? Part
    : `${Part}.${keyof H[Part] & string}`;
}[Exclude<keyof H, "identity" | "close"> & string];

/** The guide: "login and logout of the appliance user are not logged" ("interpreting-audit-logs"). */
const exceptOf: readonly UserType[] = ["AU"];

/**
 * Everything that can be asked of an HSM, by the members of `Hsm`: the one list of requests, from which the checks, the
 * audit log, the passage of requests and the tests take what they need. Who has which right is the HSM's to say.
 */
export const requests = {
  identify: { changes: false, right: "none" },
  certificate: { changes: false, right: "none" },
  information: { changes: false, right: "none" },

  "logins.prepare": { changes: false, right: "none" },
  "logins.challenge": { changes: false, right: "none" },
  "logins.login": { changes: true, right: "none", audit: { opcode: "CN_LOGIN", exceptOf } },
  "logins.logout": { changes: true, right: "login", audit: { opcode: "CN_LOGOUT", exceptOf } },
  "logins.leave": { changes: true, right: "login", audit: { opcode: "CN_APP_FINALIZE", exceptOf } },

  "users.list": { changes: false, right: "none" },
  "users.find": { changes: false, right: "none" },
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
    ofAnother: "manageUsers",
    audit: { opcode: "CN_CHANGE_PSWD" },
  },
  "users.delete": { changes: true, right: "manageUsers", audit: { opcode: "CN_DELETE_USER" } },
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
} as const satisfies Readonly<Record<RequestOf<Hsm>, RequestRow>>;

/** The name of a request: where its method is on an HSM. */
export type RequestName = keyof typeof requests;

/** The requests that change an HSM, if only its audit log; or, with false, the others. */
export type RequestsThatChange<Changes extends boolean> = {
  readonly [Name in RequestName]: (typeof requests)[Name]["changes"] extends Changes ? Name : never;
}[RequestName];

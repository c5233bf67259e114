import type { ReturnCodeName } from "../../hsm/return-code.ts";
import { quorumServices } from "../../hsm/quorum-service.ts";
import type { HintWording } from "../../command/wording.ts";

/** One hint for every command, or one for each that needs its own; undefined where the text says enough. */
type Hint = string | Readonly<Record<string, string>> | undefined;

const logIn = "Log in first: loginHSM <user-type> <user-name> -hpswd. info shows who is logged in, and where.";
const logInOnBoth = "Log in on both HSMs: exit, then loginHSM in global mode.";
const officers = "Log in as a CO: only crypto officers can do this. info shows who is logged in.";
const whoThereIs = "listUsers shows the users of each server, with their IDs and types.";
const approvals = "Get a token (getToken <service> <user-name> <file>), have officers sign it, then run approveToken.";
const newToken = "Get a new token (getToken <service> <user-name> <file>), then have it signed and approved.";
const sameCluster = "Users and keys can be copied only between HSMs of one cluster or of its clones.";
const sameLogin = "A token ends with the login that requested it: stay logged in until it is used, or get a new one.";
const publicKey = "openssl genrsa -out officer.key 2048, then openssl rsa -in officer.key -pubout -out officer.pub.";
const signedToken = "Sign the file unchanged: openssl dgst -sha256 -sign officer.key -out <signature> <file>.";

/** What helps with each refusal of an HSM, and with which command: ours, and never printed to a pipe. */
const hints: Readonly<Record<ReturnCodeName, Hint>> = {
  SUCCESS: undefined,
  UNKNOWN_USER_NAME: `No user has this name: ${whoThereIs}`,
  LOGIN_FAILURE: "Five wrong passwords lock a user on that HSM: listUsers shows the count (LoginFailureCnt).",
  INVALID_OBJECT_HANDLE:
    "This server has no such key: findAllKeys <user ID> 0 lists its keys, syncKey copies one from another server.",
  KEY_ACCESS_DENIED: "Log in as the owner: a CO can see who that is (getKeyInfo <key handle>).",
  USER_NOT_FOUND: `No user has this name and type, or this ID: ${whoThereIs}`,
  INVALID_USER_TYPE: {
    getChallenge:
      "Only crypto officers are unlocked by the owner; a CO unlocks others with a new password (changePswd).",
    unlockCO: "Only crypto officers are unlocked by the owner; a CO unlocks others with a new password (changePswd).",
    changePswd: "Only the appliance user (AU) can change its password: log in as that user (loginHSM AU ...).",
    deleteUser: "An appliance user (AU) belongs to the service and cannot be deleted.",
    syncUser: "An appliance user (AU) sets its own password on each HSM: log in as that user (loginHSM AU ...).",
    registerQuorumPubKey: "Only crypto officers have a key for approvals.",
    registerMofnPubKey: "Only crypto officers have a key for approvals.",
    approveToken: "Only crypto officers approve: write Approver Type = 2 and the name of a CO.",
  },
  NOT_ENCRYPTED: {
    storeCert: "Put the owner's certificate where the shell looks for it, then run enable_e2e.",
    enable_e2e: "A fault of kind no-e2e is set: cloudhsm-sim fault list shows it, cloudhsm-sim fault clear ends it.",
    other: "enable_e2e encrypts the connection: until then only info, getClusterInfo and server work on this HSM.",
  },
  SERVER_UNAVAILABLE: "The file of this HSM is missing or damaged: info shows which servers are connected.",
  USER_EXISTS:
    "The name is taken: listUsers shows by whom. changePswd changes a password, syncUser copies a user to another server.",
  INVALID_INPUT: {
    createUser: "A user name has 1 to 31 letters, digits and _: a hyphen is not allowed.",
    shareKey:
      "Give a key that you own (findAllKeys <your ID> 0), another CU's ID (listUsers), and 1 to share or 0 to stop sharing.",
    getCert: "Types: 1 (manufacturer), 2 (HSM), 4 (customer), 8 (cluster, by the customer), 16 (cluster, by the HSM).",
    setAttribute: "A flag takes 0 or 1, a label a word; WRAP_WITH_TRUSTED stays 1, and a public key cannot be trusted.",
  },
  UNKNOWN_USER_TYPE: {
    createUser: "Types that can be created: CO (crypto officer) and CU (crypto user), in capital letters.",
    other: "Types of users: CO (a PCO too), CU, AU and PRECO, in capital letters.",
  },
  PASSWORD_LENGTH: "A password has 7 to 32 characters; those outside ASCII count as two to four.",
  OBJECT_CONFLICT:
    "The other server has a different user with this ID or name: compare its listUsers, delete the wrong user there " +
    "(server <server ID>, deleteUser), then run syncUser again.",
  MXN_AUTH_FAILED: `Several officers must approve this. ${approvals}`,
  NOT_LOGGED_IN: { syncUser: logInOnBoth, syncKey: logInOnBoth, other: logIn },
  NOT_AUTHORISED: {
    changePswd: "You may change your own password; log in as a CO to change someone else's.",
    shareKey: "Log in as the CU who owns the key: getKeyInfo <key handle> shows its ID.",
    setAttribute: "Log in as the CU who owns the key; for 134 (TRUSTED), as a CO.",
    getAttribute: "Log in as a CU who owns the key or shares it.",
    findAllKeys: "Log in as a CO or as the AU; a CU lists their keys with key_mgmt_util.",
    syncKey: "Log in as a CO, or as the CU who owns the key, on both HSMs.",
    other: officers,
  },
  USER_LOGGED_IN:
    "The user is logged in: end that login (logoutHSM, or quit in their shell). If the user is you, ask another CO.",
  USER_LOCKED: "A CO unlocks the user by setting a new password: changePswd <user-type> <user-name> -hpswd.",
  USER_NOT_LOCKED: "listUsers shows the count of wrong passwords (LoginFailureCnt) on each server.",
  USER_LIMIT: "Delete a user to make room (deleteUser).",
  MASKED_OBJECT_FOREIGN: sameCluster,
  MASKED_OBJECT_DAMAGED: undefined,
  STORAGE_FAILURE: undefined,
  // Of the key utility, which has no hints.
  POLICY_VIOLATION: undefined,
  KEY_ID_TAKEN: undefined,
  KEY_UNSUITABLE: undefined,
  BAD_PKCS_DATA: undefined,
  WRAPPED_DATA_INVALID: undefined,
  WRAPPED_HEADER_MISSING: undefined,
  STORAGE_FULL: "Make room on the disk that holds the HSMs, then run the command again.",
  USER_OWNS_KEYS:
    "findAllKeys <user ID> 0 shows the keys. On a real cluster, their owner deletes them with key_mgmt_util (deleteKey); " +
    "here they come from keys: in the configuration, which is read only for a new --home.",
  KEY_LIMIT: "getPartitionInfo shows how full the HSM is.",
  KEY_OWNER_MISSING:
    "First syncUser <user ID> <server ID> the owner and each user that getKeyInfo <key handle> shows; then run syncKey again.",
  KEY_CONFLICT: "Compare the check values of the two keys: getAttribute <key handle> 371 on both servers.",
  INVALID_ATTRIBUTE: "listAttributes shows the attributes; help setAttribute shows which can be changed.",
  ATTRIBUTE_NOT_APPLICABLE: "getAttribute <key handle> 512 shows all attributes that the key has.",
  ATTRIBUTE_READ_ONLY: "help setAttribute shows which attributes can be changed.",
  HSM_BUSY: undefined,
  CERTIFICATE_SIGNATURE:
    "Another CA signed it: give the certificate of that CA as type 4, or sign the request again with its key.",
  CERTIFICATE_UNREADABLE: "Give the file that openssl wrote: openssl x509 -in <file> -noout -subject reads it.",
  CERTIFICATE_SEVERAL: "Give one certificate; type 4 also takes a chain of up to 4, the signing CA first.",
  CERTIFICATE_EXPIRED: "openssl x509 -in <file> -noout -dates shows when it is valid: sign again with -days.",
  CERTIFICATE_KEY: "Write the request again (getCertReq <file>), sign that one, then store what openssl wrote.",
  CERTIFICATE_AUTHORITY: "Give the certificate of the owner, made with openssl req -x509.",
  CERTIFICATE_WEAK: "Use an RSA key of 2048 bits and SHA-256: openssl req -newkey rsa:2048 -sha256 -x509.",
  CERTIFICATE_ORDER: "Store the owner's certificate first: storeCert <file> 4.",
  CERTIFICATE_STORED: "They stay for the life of the HSM: getCert <file> 4 and getCert <file> 8 write them to files.",
  UNLOCK_NO_CHALLENGE: "Draw one (getChallenge), have the owner sign it, then run unlockCO again.",
  UNLOCK_SIGNATURE:
    "Sign each HSM's own challenge with the owner's key, and name that file in the template: " +
    "openssl dgst -sha256 -sign <owner's key> -out <signature> challenge_node_<node>.",
  MXN_TOO_FEW_APPROVALS: `listTokens shows how many approvals are missing. ${approvals}`,
  MXN_OTHER_SERVICE: "Services: 3 is USER_MGMT, 4 is MISC_CO (setMValue). " + newToken,
  MXN_OTHER_LOGIN: sameLogin,
  UNKNOWN_SERVICE: undefined,
  M_VALUE_RANGE: undefined,
  M_VALUE_OFFICERS: "listUsers shows the officers: create more first, or set a smaller minimum.",
  M_VALUE_ORDER: "Run setMValue 4 <minimum>, then setMValue 3 <minimum>.",
  REGISTRATION_TOKEN_LENGTH: undefined,
  REGISTRATION_SIGNATURE: signedToken,
  PUBLIC_KEY_UNREADABLE: publicKey,
  PUBLIC_KEY_PRIVATE: "openssl rsa -in officer.key -pubout -out officer.pub writes the public key.",
  PUBLIC_KEY_KIND: publicKey,
  PUBLIC_KEY_WEAK: publicKey,
  PUBLIC_KEY_TAKEN: `Each officer needs a key of their own: ${publicKey}`,
  TOKEN_OF_ANOTHER_USER: "Give your own name, or log in as the officer the token is for.",
  TOKEN_OF_ANOTHER_LOGIN: sameLogin,
  TOKEN_LIMIT: "delToken <token ID> makes room; listTokens shows the IDs.",
  TOKEN_SHARE: "delToken <token ID> makes room; listTokens shows the IDs.",
  TOKEN_NOT_IN_FILE: "In the approval file, name the file that getToken wrote, and leave it unchanged.",
  TOKEN_NOT_FOUND: newToken,
  TOKEN_EXPIRED: newToken,
  NO_PUBLIC_KEY: "registerQuorumPubKey <user-type> <user-name> <token> <signature> <public key> registers one.",
  APPROVED_ALREADY: "listTokens shows who has approved.",
  SIGNATURE_MISMATCH: signedToken,
  SIGNATURE_OF_ANOTHER_USER: "In the approval file, check which Approval File belongs to which Approver Name.",
  SECOND_FACTOR_MISSING: "Add -2fa: loginHSM <user-type> <user-name> <password |-hpswd> -2fa <file>",
  SECOND_FACTOR_WRONG: "Sign the decoded digest, not its base64 text, with the registered key.",
  SECOND_FACTOR_OFFICERS: "Leave -2fa out for other users.",
  SECOND_FACTOR_KEY: "changePswd <user-type> <user-name> <password |-hpswd> -2fa <file> changes it.",
};

/** What helps with a refusal; undefined where its text says enough. */
export const refusalHints: HintWording = {
  refusalHint: (command, returnCode) => {
    const hint = hints[returnCode];
    return typeof hint === "object" ? (hint[command] ?? hint["other"]) : hint;
  },
  officersBelowMinimum: (label, officersLeft, { service, minimum }) =>
    `Server ${label} has ${String(officersLeft)} crypto ${officersLeft === 1 ? "officer" : "officers"} left, but ` +
    `service ${String(quorumServices[service])} (${service}) requires ${String(minimum)}: its operations can no longer ` +
    "be approved there.",
};

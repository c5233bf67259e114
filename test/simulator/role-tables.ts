import type { ReturnCodeName } from "../../src/hsm/return-code.ts";

/**
 * Who may ask what of users: who asks stands across, "none" for nobody logged in; whom it is about stands behind the
 * method. It is written from the AWS CloudHSM User Guide ("hsm-users-permissions-table-cmu", createUser, changePswd,
 * deleteUser, syncUser; storeCert from Alibaba's page of it, unlocking from Oracle's table of roles, but for nobody), not from the program.
 */
export const rolesOfUsers = `
                               none   PRECO  PCO    CO     CU     AU
  identify              -      yes    yes    yes    yes    yes    yes
  encrypt               -      yes    yes    yes    yes    yes    yes
  certificate           -      yes    yes    yes    yes    yes    yes
  certificateRequest    -      yes    yes    yes    yes    yes    yes
  storeCertificate      -      login  stored stored stored no     no
  information           -      yes    yes    yes    yes    yes    yes
  logins.prepare        -      yes    yes    yes    yes    yes    yes
  logins.challenge      -      yes    yes    yes    yes    yes    yes
  logins.login          -      yes    yes    yes    yes    yes    yes
  logins.logout         -      login  yes    yes    yes    yes    yes
  logins.leave          -      login  yes    yes    yes    yes    yes
  users.list            -      yes    yes    yes    yes    yes    yes
  users.find            -      yes    yes    yes    yes    yes    yes
  users.hash            -      login  no     yes    yes    no     no
  users.create          PRECO  login  no     yes    yes    no     no
  users.create          PCO    login  no     yes    yes    no     no
  users.create          CO     login  no     yes    yes    no     no
  users.create          CU     login  no     yes    yes    no     no
  users.create          AU     login  no     never  never  no     no
  users.create          XX     login  no     never  never  no     no
  users.create+2fa      PRECO  login  no     no2fa  no2fa  no     no
  users.create+2fa      PCO    login  no     yes    yes    no     no
  users.create+2fa      CO     login  no     yes    yes    no     no
  users.create+2fa      CU     login  no     no2fa  no2fa  no     no
  users.changePassword  own    login  yes    yes    yes    yes    yes
  users.changePassword  PRECO  login  no     yes    yes    no     no
  users.changePassword  PCO    login  no     yes    yes    no     no
  users.changePassword  CO     login  no     yes    yes    no     no
  users.changePassword  CU     login  no     yes    yes    no     no
  users.changePassword  AU     login  no     type   type   no     no
  users.delete          own    login  no     itself itself no     no
  users.delete          PRECO  login  no     yes    yes    no     no
  users.delete          PCO    login  no     yes    yes    no     no
  users.delete          CO     login  no     yes    yes    no     no
  users.delete          CU     login  no     yes    yes    no     no
  users.delete          AU     login  no     type   type   no     no
  users.setSwitches     CO     login  no     type   type   no     no
  users.setSwitches     CU     login  no     yes    yes    no     no
  users.unlock          CO     login  no     type   type   no     no
  users.unlock          CU     login  no     open   open   no     no
  unlocking.challenge   CO     open   no     open   open   no     no
  unlocking.challenge   CU     type   no     type   type   no     no
  unlocking.unlock      CO     open   no     open   open   no     no
  unlocking.unlock      CU     type   no     type   type   no     no
  users.extract         PRECO  login  no     yes    yes    no     no
  users.extract         PCO    login  no     yes    yes    no     no
  users.extract         CO     login  no     yes    yes    no     no
  users.extract         CU     login  no     yes    yes    no     no
  users.extract         AU     login  no     yes    yes    no     no
  users.insert          -      login  no     yes    yes    no     no
`;

/**
 * Who may ask what of quorum ("quorum-authentication-crypto-officers"). Behind the method stands the service, whose
 * key is registered, who approved, or whose token is deleted.
 */
export const rolesOfQuorum = `
                               none   PRECO  PCO    CO     CU     AU
  quorum.registerKey    own    login  no     yes    yes    no     no
  quorum.registerKey    PRECO  login  no     type   type   no     no
  quorum.registerKey    PCO    login  no     yes    yes    no     no
  quorum.registerKey    CO     login  no     yes    yes    no     no
  quorum.registerKey    CU     login  no     type   type   no     no
  quorum.registerKey    AU     login  no     type   type   no     no
  quorum.minimum        3      login  no     yes    yes    no     no
  quorum.minimum        4      login  no     yes    yes    no     no
  quorum.setMinimum     3      login  no     yes    yes    no     no
  quorum.setMinimum     4      login  no     yes    yes    no     no
  tokens.issue          3      login  no     yes    yes    no     no
  tokens.issue          4      login  no     yes    yes    no     no
  tokens.approve        PRECO  login  no     type   type   no     no
  tokens.approve        PCO    login  no     yes    yes    no     no
  tokens.approve        CO     login  no     yes    yes    no     no
  tokens.approve        CU     login  no     type   type   no     no
  tokens.approve        AU     login  no     type   type   no     no
  tokens.list           -      login  no     yes    yes    no     no
  tokens.delete         own    login  no     yes    yes    no     no
  tokens.delete         other  login  no     other  other  no     no
`;

/**
 * Who may ask what of keys ("hsm-users-permissions-table-cmu", findAllKeys, getKeyInfo, getAttribute, setAttribute,
 * shareKey, syncKey; of what crypto users ask for "key_mgmt_util-genSymKey" and its like); owner, sharee and stranger are crypto users. Behind the method stands a secret key, or a public
 * one, which everybody may look at.
 */
export const rolesOfKeys = `
                               none   PRECO  PCO    CO     owner  sharee stranger AU
  keys.find             -      login  no     yes    yes    no     no     no       yes
  keys.states           -      login  no     yes    yes    no     no     no       yes
  keys.information      secret login  no     yes    yes    yes    yes    denied   yes
  keys.information      public login  no     yes    yes    yes    yes    yes      yes
  keys.attributes       secret login  no     no     no     yes    yes    denied   no
  keys.attributes       public login  no     no     no     yes    yes    yes      no
  keys.attributes+134   secret login  no     yes    yes    yes    yes    denied   no
  keys.attributes+134   public login  no     yes    yes    yes    yes    yes      no
  keys.setAttribute     secret login  no     no     no     yes    denied denied   no
  keys.setAttribute     public login  no     no     no     yes    denied denied   no
  keys.setAttribute+134 secret login  no     yes    yes    no     no     no       no
  keys.setAttribute+134 public login  no     yes    yes    no     no     no       no
  keys.share            secret login  no     no     no     yes    input  input    no
  keys.share            public login  no     no     no     input  input  input    no
  keys.share+back       secret login  no     no     no     yes    input  input    no
  keys.give             secret login  no     yes    yes    no     no     no       no
  keys.give+badkcv      secret login  no     input  input  no     no     no       no
  keys.extract          secret login  no     yes    yes    yes    denied denied   no
  keys.extract          public login  no     yes    yes    yes    denied denied   no
  keys.insert           secret login  no     yes    yes    yes    denied denied   no
  keys.insert           public login  no     yes    yes    yes    denied denied   no
  keys.insert+again     secret login  no     yes    yes    yes    denied denied   no
  making.secret         secret login  no     no     no     yes    yes    yes      no
  making.pair           public login  no     no     no     yes    yes    yes      no
  making.search         secret login  no     no     no     yes    yes    none     no
  making.search         public login  no     no     no     yes    yes    yes      no
  making.delete         secret login  no     no     no     yes    denied denied   no
  making.delete         public login  no     no     no     yes    denied denied   no
  using.sign            secret login  no     no     no     yes    yes    denied   no
  using.verify          public login  no     no     no     yes    yes    yes      no
  using.keep            secret login  no     no     no     input  denied denied   no
  using.insertAnew      secret login  no     no     no     yes    denied denied   no
  wrapping.wrap         secret login  no     no     no     yes    denied denied   no
  wrapping.unwrap       secret login  no     no     no     yes    yes    denied   no
  wrapping.wrapData     secret login  no     no     no     yes    yes    denied   no
  wrapping.unwrapData   secret login  no     no     no     yes    yes    denied   no
  wrapping.importPublic public login  no     no     no     yes    yes    yes      no
  wrapping.exportPublic public login  no     no     no     yes    yes    yes      no
`;

/** What the words of the tables stand for. */
export const answers = {
  yes: "SUCCESS",
  /** Nothing is found. */
  none: "SUCCESS",
  login: "NOT_LOGGED_IN",
  no: "NOT_AUTHORISED",
  type: "INVALID_USER_TYPE",
  denied: "KEY_ACCESS_DENIED",
  input: "INVALID_INPUT",
  never: "UNKNOWN_USER_TYPE",
  no2fa: "SECOND_FACTOR_OFFICERS",
  itself: "USER_LOGGED_IN",
  open: "USER_NOT_LOCKED",
  stored: "CERTIFICATE_STORED",
  other: "TOKEN_OF_ANOTHER_LOGIN",
} as const satisfies Readonly<Record<string, ReturnCodeName>>;

/** One place of a table. */
export interface Cell {
  /** The method, with what is special about it behind a `+`. */
  readonly request: string;
  /** Whom or what it is about. */
  readonly about: string;
  readonly caller: string;
  readonly word: keyof typeof answers;
}

/** Who asks, and what comes of it, in the order of a table. Throws where a row has too few or unknown words. */
export function readTable(table: string): { readonly callers: readonly string[]; readonly cells: readonly Cell[] } {
  const [head = "", ...rows] = table.trim().split("\n");
  const callers = head.trim().split(/ +/);
  const cells = rows.flatMap((row) => {
    const [request = "", about = "", ...words] = row.trim().split(/ +/);
    if (words.length !== callers.length) throw new Error(`${row.trim()}: ${String(callers.length)} words are wanted`);
    return callers.map((caller, column) => ({ request, about, caller, word: answerIn(words[column] ?? "", row) }));
  });
  return { callers, cells };
}

function answerIn(word: string, row: string): Cell["word"] {
  if (word in answers) return word as Cell["word"];
  throw new Error(`${row.trim()}: no answer is called ${word}`);
}

/**
 * Who may type what at each vendor's shell, written from sections 3, 5, 6, 7, 10 and 12 of its documentation's rows and not
 * from the program. A row has the modes in which a command is given (G global, S that of one server); who may (N nobody
 * logged in, P a PRECO, C a CO, U the CU who owns the key, A the AU), `-` where it is named and not simulated; and whether y/n is
 * asked, or the box shown alone. What stands behind `+` is a special case of the command. Where a vendor says nothing, it is
 * AWS's row.
 */
export const tables = {
  aws: `
    help GS NPCUA              info G NPCUA               server G NPCUA             exit S NPCUA
    quit GS NPCUA              enable_e2e GS NPCUA        loginHSM GS NPCUA          logoutHSM GS PCUA
    listUsers GS NPCUA         createUser GS C y/n        changePswd GS C y/n        changePswd+own GS PCUA y/n
    deleteUser GS C            syncUser S C               findAllKeys GS CA          getKeyInfo GS CUA
    getAttribute GS U          getAttribute+134 GS CU     setAttribute GS U y/n      setAttribute+134 GS C y/n
    listAttributes GS NPCUA    shareKey GS U y/n          syncKey S CU               getCert S NPCUA
    registerQuorumPubKey GS C y/n                         registerMofnPubKey GS C y/n
    setMValue GS C y/n         getMValue GS C             getToken GS C              approveToken GS C
    listTokens GS C            delToken GS C              getHSMInfo GS NPCUA        getClusterInfo GS NPCUA
    getUserInfo GS NPCUA       getUserDiffMap S NPCUA     getKeyDiffMap GS CA        getPartitionInfo S NPCUA`,
  azure: `
    help GS NPCUA              info G NPCUA               server G NPCUA             exit S NPCUA
    quit GS NPCUA              enable_e2e GS NPCUA        loginHSM GS NPCUA          logoutHSM GS PCUA
    listUsers GS NPCUA         createUser GS C y/n        changePswd GS C y/n        changePswd+own GS PCUA y/n
    deleteUser GS C            syncUser S C               findAllKeys GS CA          getKeyInfo GS CUA
    getAttribute GS U          getAttribute+134 GS CU     setAttribute GS U y/n      setAttribute+134 GS C y/n
    listAttributes GS NPCUA    shareKey GS U y/n          syncKey S CU               getCert S NPCUA
    getCertReq S NPCUA         storeCert S PC             registerQuorumPubKey GS C y/n
    registerMofnPubKey GS C y/n                           setMValue GS C y/n         getMValue GS C
    getToken GS C              approveToken GS C          listTokens GS C            delToken GS C
    getHSMInfo GS NPCUA        getClusterInfo GS NPCUA    getUserInfo GS NPCUA       getUserDiffMap S NPCUA
    getKeyDiffMap GS CA        getPartitionInfo S NPCUA   modifyKeyOwner GS C y/n    reconnect S NPCUA
    setUserAttributes GS C     unlockUser GS C y/n        disableUserAccess GS C y/n getUserHash GS C
    getSingleUserHash GS C     getChallenge GS NC         unlockCO GS NC y/n
    deregisterUserAuthPubKey GS -   getAuditUDD GS -
    getConfigPreGenCacheSize GS -   getPolicy GS -   getPreGenCacheSize GS -
    getTokenTimeout GS -   listKBKSlots GS -   listUserAuthPubKeys GS -
    registerUserAuthPubKey GS -   renamePCO GS -
    resetUserAuthPubKey GS -   setAuditUDD GS -   setConfigPreGenCacheSize GS -
    setHSMConfig GS -   setKBKPrimary GS -   setPolicy GS -   setTokenTimeout GS -
    setUserAuthPubKey GS -   smAppCtrl GS -   smAppDelete GS -
    smAppDiagInfo GS -   smAppUpdate GS -   storeFixedKey GS -
    updateUserAuthPubKey GS -   backupPartition S -   clone S -
    generateKEK S -   restorePartition S -`,
  oracle: `
    help GS NPCUA              info G NPCUA               server G NPCUA             exit S NPCUA
    quit GS NPCUA              loginHSM GS NPCUA          logoutHSM GS PCUA          listUsers GS NPCUA
    createUser GS C y/n        changePswd GS C y/n        changePswd+own GS PCUA y/n deleteUser GS C box
    findAllKeys GS C           getKeyInfo GS UA           getAttribute GS U          getAttribute+134 GS U
    setAttribute GS U y/n      setAttribute+134 GS C y/n  listAttributes GS NPCUA    shareKey GS U y/n
    syncUser S C               syncKey S C                getCert S NPCUA            getUserInfo GS NPCUA
    getUserDiffMap S NPCUA     getKeyDiffMap GS C         modifyKeyOwner S C y/n     reconnect S NPCUA
    getPartitionInfo S C       setUserAttributes GS C     unlockUser GS C y/n
    getChallenge GS NC         unlockCO GS NC y/n         storeFixedKey GS -
    backupPartition S -        restorePartition S -`,
  alibaba: `
    help GS NPCUA              info G NPCUA               server G NPCUA             exit S NPCUA
    quit GS NPCUA              loginHSM GS NPCUA          logoutHSM GS PCUA          listUsers GS NPCUA
    createUser GS C y/n        changePswd GS C y/n        changePswd+own GS PCU y/n  deleteUser GS C
    findAllKeys GS CA          getKeyInfo GS U            getAttribute GS U          getAttribute+134 GS U
    setAttribute GS U y/n      setAttribute+134 GS U y/n  listAttributes GS NPCUA    shareKey GS U y/n
    getHSMInfo GS NPCUA        getCert S PCUA             getCertReq S PCUA          storeCert S PC
    enable_e2e GS NPCUA        syncUser S C               syncKey S CU               registerQuorumPubKey GS C y/n
    registerMofnPubKey GS C y/n                           setMValue GS C y/n         getMValue GS C
    getToken GS C              approveToken GS C          listTokens GS C            delToken GS C
    getClusterInfo GS NPCUA    getUserInfo GS NPCUA       getUserDiffMap S NPCUA     getKeyDiffMap GS CA
    getPartitionInfo S NPCUA`,
} as const;

/** Whose shell it is. */
export type Vendor = keyof typeof tables;

/** One row of a table. */
export interface Row {
  /** The command. */
  readonly name: string;
  /** The command, with its special case. */
  readonly use: string;
  readonly modes: readonly ("global" | "server")[];
  /** The letters of those who may; undefined for what is not simulated. */
  readonly may: string | undefined;
  /** `y/n`, `box`, or empty. */
  readonly asks: string;
}

/** The rows of a vendor. Throws for one with too few words. */
export function rowsOf(vendor: Vendor): readonly Row[] {
  const cells = tables[vendor].matchAll(/([\w+]+) (G?S?) ([NPCUA]+|-)(?: (y\/n|box))?(?=\s|$)/g);
  const rows = Array.from(cells, ([, use = "", modes = "", may = "", asks = ""]): Row => {
    const given = [
      ...(modes.includes("G") ? ["global" as const] : []),
      ...(modes.includes("S") ? ["server" as const] : []),
    ];
    return { name: use.replace(/\+.*/, ""), use, modes: given, may: may === "-" ? undefined : may, asks };
  });
  const words = rows.flatMap(({ asks }) => (asks === "" ? 3 : 4)).reduce((one, other) => one + other, 0);
  if (words !== tables[vendor].trim().split(/\s+/).length) throw new Error(`a row of ${vendor} cannot be read`);
  return rows;
}

/**
 * What is typed for each use; a password stands behind `~` and is left out where it is always asked for, and for a command
 * whose words differ by mode, those of one server are behind `|`.
 */
export const lines: Readonly<Record<string, string>> = {
  help: "help",
  info: "info server 0",
  server: "server 1",
  exit: "exit",
  quit: "quit",
  enable_e2e: "enable_e2e",
  loginHSM: "loginHSM CU idle ~password-of-all",
  logoutHSM: "logoutHSM",
  listUsers: "listUsers",
  createUser: "createUser CU dora ~another-password",
  changePswd: "changePswd CU idle ~another-password",
  "changePswd+own": "changePswd <type> <own> ~another-password",
  deleteUser: "deleteUser CU idle",
  syncUser: "syncUser 9 1",
  findAllKeys: "findAllKeys 3 0",
  getKeyInfo: "getKeyInfo 8",
  getAttribute: "getAttribute 8 3",
  "getAttribute+134": "getAttribute 8 134",
  setAttribute: "setAttribute 8 3 orders",
  "setAttribute+134": "setAttribute 8 134 1",
  listAttributes: "listAttributes",
  shareKey: "shareKey 8 5 1",
  syncKey: "syncKey 8 1",
  getCert: "getCert <folder>/got.crt 4",
  getCertReq: "getCertReq <folder>/request.csr",
  storeCert: "storeCert <folder>/other.key 4",
  registerQuorumPubKey: "registerQuorumPubKey CO co <folder>/registration <folder>/registration.sig <folder>/other.pub",
  registerMofnPubKey: "registerMofnPubKey CO key_match_string co <folder>/other.key",
  setMValue: "setMValue 4 2",
  getMValue: "getMValue 3",
  getToken: "getToken 3 co <folder>/token-got",
  approveToken: "approveToken <folder>/approval.txt",
  listTokens: "listTokens",
  delToken: "delToken 1",
  getHSMInfo: "getHSMInfo",
  getClusterInfo: "getClusterInfo",
  getUserInfo: "getUserInfo idle",
  getUserDiffMap: "getUserDiffMap 0",
  getKeyDiffMap: "getKeyDiffMap 0 0 0|getKeyDiffMap 0 0",
  getPartitionInfo: "getPartitionInfo",
  modifyKeyOwner: "modifyKeyOwner 8 5",
  reconnect: "reconnect",
  setUserAttributes: "setUserAttributes idle <folder>/template",
  unlockUser: "unlockUser idle",
  disableUserAccess: "disableUserAccess idle",
  getUserHash: "getUserHash",
  getSingleUserHash: "getSingleUserHash idle",
  getChallenge: "getChallenge other <folder> <folder>",
  unlockCO: "unlockCO other <folder>/unlock.json",
};

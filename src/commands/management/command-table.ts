import { approveToken } from "./quorum/approve-token.ts";
import { changePswd } from "./users/change-pswd.ts";
import type { Offerable } from "../../command/command.ts";
import { createUser } from "./users/create-user.ts";
import { delToken } from "./quorum/del-token.ts";
import { deleteUser } from "./users/delete-user.ts";
import { disableUserAccess } from "./users/disable-user-access.ts";
import { enableE2e } from "./session/enable-e2e.ts";
import { exit } from "./session/exit.ts";
import { findAllKeys } from "./keys/find-all-keys.ts";
import { getAttribute } from "./keys/get-attribute.ts";
import { getCert } from "./hardware/get-cert.ts";
import { getCertReq } from "./hardware/get-cert-req.ts";
import { getChallenge } from "./users/get-challenge.ts";
import { getClusterInfo } from "./hardware/get-cluster-info.ts";
import { getHsmInfo } from "./hardware/get-hsm-info.ts";
import { getKeyDiffMap, getKeyDiffMapOfServer } from "./keys/get-key-diff-map.ts";
import { getKeyInfo } from "./keys/get-key-info.ts";
import { getMValue } from "./quorum/get-m-value.ts";
import { getPartitionInfo } from "./hardware/get-partition-info.ts";
import { getToken } from "./quorum/get-token.ts";
import { getUserDiffMap } from "./users/get-user-diff-map.ts";
import { getSingleUserHash, getUserHash } from "./users/get-user-hash.ts";
import { getUserInfo } from "./users/get-user-info.ts";
import { help } from "./session/help.ts";
import { info } from "./session/info.ts";
import { listAttributes } from "./keys/list-attributes.ts";
import { listTokens } from "./quorum/list-tokens.ts";
import { listUsers } from "./users/list-users.ts";
import { loginHsm } from "./session/login-hsm.ts";
import { logoutHsm } from "./session/logout-hsm.ts";
import { modifyKeyOwner } from "./keys/modify-key-owner.ts";
import { quit } from "./session/quit.ts";
import { reconnect } from "./session/reconnect.ts";
import { registerMofnPubKey } from "./quorum/register-mofn-pub-key.ts";
import { registerQuorumPubKey } from "./quorum/register-quorum-pub-key.ts";
import { server } from "./session/server.ts";
import { setAttribute } from "./keys/set-attribute.ts";
import { setMValue } from "./quorum/set-m-value.ts";
import { setUserAttributes } from "./users/set-user-attributes.ts";
import { shareKey } from "./keys/share-key.ts";
import { storeCert } from "./hardware/store-cert.ts";
import { syncKey } from "./keys/sync-key.ts";
import { syncUser } from "./users/sync-user.ts";
import { unlockCo } from "./users/unlock-co.ts";
import { unlockUser } from "./users/unlock-user.ts";

/** All commands, by the names by which a dialect offers them. */
export const commands: Readonly<Record<string, Offerable>> = {
  help,
  info,
  server,
  exit,
  quit,
  enable_e2e: enableE2e,
  loginHSM: loginHsm,
  logoutHSM: logoutHsm,
  listUsers,
  createUser,
  changePswd,
  deleteUser,
  syncUser,
  findAllKeys,
  getKeyInfo,
  getAttribute,
  setAttribute,
  listAttributes,
  shareKey,
  syncKey,
  getCert,
  getCertReq,
  storeCert,
  registerQuorumPubKey,
  registerMofnPubKey,
  setMValue,
  getMValue,
  getToken,
  approveToken,
  listTokens,
  delToken,
  getHSMInfo: getHsmInfo,
  getClusterInfo,
  getUserInfo,
  getUserDiffMap,
  getKeyDiffMap,
  getKeyDiffMapOfServer,
  getPartitionInfo,
  modifyKeyOwner,
  reconnect,
  setUserAttributes,
  unlockUser,
  disableUserAccess,
  getUserHash,
  getSingleUserHash,
  getChallenge,
  unlockCO: unlockCo,
};

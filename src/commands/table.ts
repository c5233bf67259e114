import { approveToken } from "./approve-token.ts";
import { changePswd } from "./change-pswd.ts";
import type { Command } from "./command.ts";
import { createUser } from "./create-user.ts";
import { delToken } from "./del-token.ts";
import { deleteUser } from "./delete-user.ts";
import { enableE2e } from "./enable-e2e.ts";
import { exit } from "./exit.ts";
import { findAllKeys } from "./find-all-keys.ts";
import { getAttribute } from "./get-attribute.ts";
import { getCert } from "./get-cert.ts";
import { getClusterInfo } from "./get-cluster-info.ts";
import { getHsmInfo } from "./get-hsm-info.ts";
import { getKeyDiffMap, getKeyDiffMapOfServer } from "./get-key-diff-map.ts";
import { getKeyInfo } from "./get-key-info.ts";
import { getMValue } from "./get-m-value.ts";
import { getPartitionInfo } from "./get-partition-info.ts";
import { getToken } from "./get-token.ts";
import { getUserDiffMap } from "./get-user-diff-map.ts";
import { getUserInfo } from "./get-user-info.ts";
import { help } from "./help.ts";
import { info } from "./info.ts";
import { listAttributes } from "./list-attributes.ts";
import { listTokens } from "./list-tokens.ts";
import { listUsers } from "./list-users.ts";
import { loginHsm } from "./login-hsm.ts";
import { logoutHsm } from "./logout-hsm.ts";
import { quit } from "./quit.ts";
import { registerMofnPubKey } from "./register-mofn-pub-key.ts";
import { registerQuorumPubKey } from "./register-quorum-pub-key.ts";
import { server } from "./server.ts";
import { setAttribute } from "./set-attribute.ts";
import { setMValue } from "./set-m-value.ts";
import { shareKey } from "./share-key.ts";
import { syncKey } from "./sync-key.ts";
import { syncUser } from "./sync-user.ts";

/** All commands, in the order in which help lists them. */
export const commands: readonly Command[] = [
  help,
  info,
  server,
  exit,
  quit,
  enableE2e,
  loginHsm,
  logoutHsm,
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
  registerQuorumPubKey,
  registerMofnPubKey,
  setMValue,
  getMValue,
  getToken,
  approveToken,
  listTokens,
  delToken,
  getHsmInfo,
  getClusterInfo,
  getUserInfo,
  getUserDiffMap,
  getKeyDiffMap,
  getKeyDiffMapOfServer,
  getPartitionInfo,
];

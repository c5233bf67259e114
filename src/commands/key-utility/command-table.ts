import type { Command } from "../../command/command.ts";
import type { KeyUtilityWording } from "../../command/key-utility-wording.ts";
import { getCert } from "./admin/get-cert.ts";
import { getHsmInfo, getPartitionInfo } from "./admin/hardware.ts";
import { listUsers } from "./admin/list-users.ts";
import { errorToString, listAttributes, listEccCurveIds } from "./admin/tables.ts";
import type { KeyMode, KeyOfferable } from "./key-command.ts";
import { deleteKey } from "./keys/delete-key.ts";
import { findKey } from "./keys/find-key.ts";
import { findSingleKey } from "./keys/find-single-key.ts";
import { genDsaKeyPair, genEccKeyPair, genRsaKeyPair } from "./keys/gen-pairs.ts";
import { genSymKey } from "./keys/gen-sym-key.ts";
import { getAttribute } from "./keys/get-attribute.ts";
import { getKeyInfo } from "./keys/get-key-info.ts";
import { setAttribute } from "./keys/set-attribute.ts";
import { createPublicKey, genPbeKey, tokenCommands } from "./keys/unpublished.ts";
import { extractMaskedObject } from "./masked/extract-masked-object.ts";
import { insertMaskedObject } from "./masked/insert-masked-object.ts";
import { exit, quit } from "./session/end.ts";
import { help } from "./session/help.ts";
import { loginStatus } from "./session/login-status.ts";
import { loginHsm } from "./session/login.ts";
import { logoutHsm } from "./session/logout.ts";
import { getCaviumPrivKey } from "./use/get-cavium-priv-key.ts";
import { isValidKeyHandlefile } from "./use/is-valid-key-handlefile.ts";
import { sign } from "./use/sign.ts";
import { verify } from "./use/verify.ts";
import { aesWrapUnwrap } from "./transport/aes-wrap-unwrap.ts";
import { exportPrivateKey, importPrivateKey } from "./transport/private-key.ts";
import { exportPubKey, importPubKey } from "./transport/public-key.ts";
import { exSymKey, imSymKey } from "./transport/sym-key.ts";
import { unWrapKey } from "./transport/un-wrap-key.ts";
import { wrapKey } from "./transport/wrap-key.ts";

/** All commands of the key utility. */
const all: readonly KeyOfferable[] = [
  exit,
  quit,
  help,
  getHsmInfo,
  getPartitionInfo,
  listUsers,
  loginStatus,
  loginHsm,
  logoutHsm,
  ...tokenCommands,
  genRsaKeyPair,
  genDsaKeyPair,
  genEccKeyPair,
  genPbeKey,
  genSymKey,
  createPublicKey,
  importPubKey,
  exportPubKey,
  importPrivateKey,
  exportPrivateKey,
  imSymKey,
  exSymKey,
  wrapKey,
  unWrapKey,
  deleteKey,
  setAttribute,
  getKeyInfo,
  findKey,
  findSingleKey,
  getAttribute,
  getCert,
  insertMaskedObject,
  extractMaskedObject,
  sign,
  verify,
  aesWrapUnwrap,
  getCaviumPrivKey,
  isValidKeyHandlefile,
  errorToString,
  listAttributes,
  listEccCurveIds,
];

/**
 * The commands of the key utility, in a vendor's words.
 *
 * @param minimumNodes on how many HSMs a key must be made at least; 1 where nobody says
 */
export function keyCommands(words: KeyUtilityWording, minimumNodes?: number): readonly Command<KeyMode>[] {
  return all.map((offer) => offer(words, minimumNodes));
}

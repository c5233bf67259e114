import { type Counterpart, NoCounterpart, lines, none } from "../words/counterpart.ts";
import { keyReference, quoted, userAndRole, userName } from "../words/new-words.ts";
import { newPassword } from "../words/passwords.ts";
import { pipesAreTheShells } from "../words/single-command-mode.ts";
import type { KeyRow, KeyRows } from "./key-row.ts";
import { signingOf } from "./mechanisms.ts";
import type { Options } from "./options.ts";

const hardware: KeyRow = {
  counterpart: () =>
    lines(["cluster hsm-info"], "vendor, model, serial number, firmware and FIPS state; no label, memory, sessions"),
};

const end: KeyRow = { counterpart: () => lines(["quit"]) };

/** Who logs in: a crypto user. Throws {@link NoCounterpart} for any other type, which key_mgmt_util refuses. */
export function cryptoUser(options: Options): string {
  if (options.given("-u") !== "CU") throw new NoCounterpart("key_mgmt_util logs in crypto users (CU) only");
  return userName(options.given("-s"));
}

function sign(options: Options, verb: "sign" | "verify"): string {
  const { name, hash, more } = signingOf(options.given("-m"));
  const filter = `--key-filter ${keyReference(options.given("-k"))}`;
  const signature = verb === "sign" ? "" : ` --signature-path ${quoted(options.given("-s"))}`;
  const message = `--data-path ${quoted(options.given("-f"))} --data-type raw`;
  return `crypto ${verb} ${name} ${filter} --hash-function ${hash}${more} ${message}${signature}`;
}

function derNote(options: Options): readonly string[] {
  const isEcdsa = signingOf(options.given("-m")).name === "ecdsa";
  return isEcdsa ? ["an ECDSA signature is r || s here, and was DER"] : [];
}

const unpublished = (line: string): Counterpart =>
  none("its words are not published", `for keys with an M value: ${line}`);

/** What is about the session, the HSMs and the use of keys. */
export const sessionRows: KeyRows = {
  help: { counterpart: () => lines(["help"]) },
  exit: end,
  quit: end,
  loginHSM: {
    counterpart: (options, isFilledIn) => {
      const name = cryptoUser(options);
      const { option, pin, notes } = newPassword(options.value("-p"), isFilledIn);
      return lines(
        [`login ${userAndRole(options.given("-s"), "CU")}${option("--password")}`],
        ...notes,
        `as single commands instead: CLOUDHSM_ROLE=crypto-user ${pin(name)}`,
      );
    },
  },
  logoutHSM: { counterpart: () => lines(["logout"]) },
  loginStatus: { counterpart: () => none("the new tool does not tell who is logged in") },
  listUsers: {
    counterpart: () => lines(["user list"], "JSON, read with jq: no user ids, names in lower case"),
  },
  sign: {
    counterpart: (options) =>
      lines(
        [`${sign(options, "sign")} | jq -r '.data.signature' | base64 -d > ${quoted(options.given("-out"))}`],
        ...derNote(options),
        pipesAreTheShells,
      ),
  },
  verify: { counterpart: (options) => lines([sign(options, "verify")], ...derNote(options)) },
  getHSMInfo: hardware,
  getPartitionInfo: hardware,
  getCert: { counterpart: () => none("the new tool shows no certificates") },
  Error2String: { counterpart: () => none("errors are sentences, and no codes") },
  IsValidKeyHandlefile: { counterpart: () => none("the new tool looks into no key file") },
  getToken: {
    counterpart: () => unpublished("quorum token-sign generate --service key-usage --token <file> --filter <key>"),
  },
  approveToken: { counterpart: () => none("no command approves a token: the operation takes it with --approval") },
  listTokens: { counterpart: () => lines(["quorum token-sign list"]) },
  delToken: { counterpart: () => unpublished("quorum token-sign delete --scope user") },
};

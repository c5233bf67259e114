import { lines, none, notNeeded } from "../words/counterpart.ts";
import { number, quoted, serviceOf } from "../words/new-words.ts";
import { type Rows, approval, given } from "./row.ts";

const ownKey = "officers register their own key only, logged in; sign the file between the two lines";

function registration(token: string, publicKey: string): readonly string[] {
  return [
    `quorum token-sign generate --service registration --token ${token}`,
    `user change-quorum token-sign register --public-key ${publicKey} --signed-token ${token}`,
  ];
}

/** What is about approval by several officers. */
export const quorumRows: Rows = {
  registerQuorumPubKey: {
    step: (said) =>
      lines(
        registration(quoted(given(said, "token")), quoted(given(said, "publicKey"))),
        ownKey,
        "the signature goes into that file, in place of a file of its own",
      ),
  },
  registerMofnPubKey: {
    asksPassPhrase: true,
    step: () =>
      lines(
        registration("<token file>", "<public key file>"),
        ownKey,
        "takes the public key, and no private one: openssl rsa -pubout writes it",
      ),
  },
  setMValue: {
    step: (said, soFar) => {
      const option = approval(soFar, "quorum", quoted);
      const service = serviceOf(given(said, "service"));
      const line = `quorum token-sign set-quorum-value --service ${service} --value ${number(given(said, "minimum"))}`;
      return { ...lines([`${line}${option}`]), ...(option === "" ? {} : { then: { approved: undefined } }) };
    },
  },
  getMValue: {
    step: () => lines(["quorum token-sign list-quorum-values"], "shows all services, without a login"),
  },
  getToken: {
    step: (said) => {
      const service = serviceOf(given(said, "service"));
      const file = given(said, "path");
      return {
        ...lines(
          [`quorum token-sign generate --service ${service} --token ${quoted(file)}`],
          "of who is logged in; it ends with the login, so that single command mode gives a dead one",
        ),
        then: { token: { service, file }, approved: undefined },
      };
    },
  },
  approveToken: {
    step: (_said, { token }) => {
      if (token === undefined) {
        return none("no command approves a token: the operation takes the signed file with --approval");
      }
      return {
        ...notNeeded(
          `no command approves: the operation below takes ${quoted(token.file)} with --approval`,
          "what the approval file named goes into its signatures: username, role, and the signature in base64",
        ),
        then: { approved: token, token: undefined },
      };
    },
  },
  listTokens: { step: () => lines(["quorum token-sign list"], "without ids and without the names of who approved") },
  delToken: {
    step: () => lines(["quorum token-sign delete --scope user"], "deletes all tokens of who is logged in, not one"),
  },
};

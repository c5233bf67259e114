import { readInputFile } from "../../../files/input-file.ts";
import { file, userName, userType } from "../../../command/parameters.ts";
import { serverCommand } from "../../../command/server-command.ts";

/** Registers an officer's public key (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-registerQuorumPubKey"). */
export const registerQuorumPubKey = serverCommand({
  name: "registerQuorumPubKey",
  parameters: [
    userType(),
    userName(),
    file("token", "<registration-token>", "the file that was signed"),
    file("signature", "<signed-registration-token>", "the file with the signature"),
    file("publicKey", "<public-key>", "the file with the public key, in PEM"),
  ],
  async prepare({ home }, { token, signature, publicKey }) {
    const registration = {
      token: await readInputFile(home, token),
      signature: await readInputFile(home, signature),
      publicKey: (await readInputFile(home, publicKey)).toString("utf8"),
    };
    return { registration };
  },
  request: (hsm, session, { type, name, registration }) =>
    hsm.quorum.registerKey(session, { type, name }, registration),
  onFailure: "retryIgnoreAbort",
});

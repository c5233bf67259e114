import { readInputFile } from "../../../files/input-file.ts";
import { file, userName, userType } from "../../../command/parameters.ts";
import { serverCommand } from "../../../command/server-command.ts";

/** Registers an officer's public key (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-registerQuorumPubKey"). */
export const registerQuorumPubKey = serverCommand({
  name: "registerQuorumPubKey",
  summary: "Registers the public key with which an officer approves",
  description:
    "Registers the public key of an officer, RSA of 2048 bits. That the private key is at hand shows from the signature " +
    "(SHA-256) over a registration token, any file of 1 to 245 bytes. An officer registers the own key; that of another " +
    "takes approval once service 3 has a minimum. Needs a CO.",
  example: "registerQuorumPubKey CO officer1 officer1.reg officer1.reg.sig officer1.pub",
  modes: ["global", "server"],
  parameters: [
    userType("CO, also for a PCO"),
    userName(),
    file("token", "<registration-token>", "the file that was signed"),
    file("signature", "<signed-registration-token>", "the file with the signature"),
    file("publicKey", "<public-key>", "the file with the public key, in PEM"),
  ],
  confirmed: true,
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

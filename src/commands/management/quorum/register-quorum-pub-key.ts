import { command } from "../../../command/command.ts";
import { confirm, retryIgnoreAbort } from "../../../command/questions.ts";
import { readInputFile } from "../../../files/input-file.ts";
import { onServers } from "../../../command/on-servers.ts";
import { file, userName, userType } from "../../../command/parameters.ts";

/** Registers an officer's public key (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-registerQuorumPubKey"). */
export const registerQuorumPubKey = command({
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
  async run(context, { type, name, token, signature, publicKey }) {
    if (!(await confirm(context, "registerQuorumPubKey"))) return "failed";
    const registration = {
      token: await readInputFile(context.home, token),
      signature: await readInputFile(context.home, signature),
      publicKey: (await readInputFile(context.home, publicKey)).toString("utf8"),
    };
    return onServers(context, {
      command: "registerQuorumPubKey",
      request: async (server) => (await server.hsm()).quorum.registerKey(server.session, { type, name }, registration),
      question: retryIgnoreAbort,
    });
  },
});

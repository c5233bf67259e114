import { readInputFile } from "../../../files/input-file.ts";
import { file, userName, userType, word } from "../../../command/parameters.ts";
import { serverCommand } from "../../../command/server-command.ts";

/**
 * Registers an officer's public key from the private one, as older clients did (AWS CloudHSM User Guide of 2017 to 2022,
 * "quorum-authentication-crypto-officers-first-time-setup"). The private key stays in this command.
 */
export const registerMofnPubKey = serverCommand({
  name: "registerMofnPubKey",
  parameters: [
    userType(),
    word("match", "<key_match_string>", "any word"),
    userName(),
    file("privateKey", "<private-key>", "the file with the private key, in PEM"),
  ],
  async prepare({ dialect, home, questions }, { match, privateKey: path }) {
    const content = await readInputFile(home, path);
    // A private key without a pass phrase is not asked for one.
    const isEncrypted = content.includes("ENCRYPTED");
    const passphrase = isEncrypted ? await questions.askHidden(dialect.passPhrase) : undefined;
    // Loaded here: no start of the shell waits for what this command alone needs.
    const { registrationOf } = await import("../../files/private-key.ts");
    return { registration: registrationOf({ path, content, passphrase }, Buffer.from(match)) };
  },
  request: (hsm, session, { type, name, registration }) =>
    hsm.quorum.registerKey(session, { type, name }, registration),
  onFailure: "retryIgnoreAbort",
});

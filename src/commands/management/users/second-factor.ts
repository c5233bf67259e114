import { isDone } from "../../../cluster/answer.ts";
import { askAll } from "../../../cluster/ask-each.ts";
import type { Server } from "../../../cluster/server.ts";
import {
  type Digest,
  type SecondFactorUse,
  type Signed,
  formatAuthenticationData,
  readAuthenticationData,
} from "../../files/authentication-data.ts";
import type { CommandContext } from "../../../command/command.ts";
import { CommandError } from "../../../errors/command-error.ts";
import { readInputFile } from "../../../files/input-file.ts";
import { writeOutputFile } from "../../../files/output-file.ts";

/**
 * Has a digest of each HSM in scope signed: writes them to a file, asks for the name of the file with the signatures,
 * and reads it (AWS CloudHSM User Guide, "manage-2fa"). A name that leads to no file is asked for again; the digests stay.
 * Throws {@link CommandError} for a file with other content.
 */
export async function askSecondFactor(context: CommandContext, path: string, use: SecondFactorUse): Promise<Signed> {
  const { cluster, dialect, output, questions } = context;
  const digests = await drawDigests(cluster.scope);
  await writeOutputFile(context.home, path, formatAuthenticationData(digests, use));
  output.print(...dialect.authenticationDataWritten(path));
  for (;;) {
    const name = (await questions.ask(dialect.enterFilename, "a file name, or an empty line")).trim();
    const text = await readSigned(context, name === "" ? path : name);
    if (text !== undefined) return readAuthenticationData(name === "" ? path : name, text, digests, use);
    // What was typed is not repeated: in a script that is out of step it may be a password.
    output.print(dialect.unreadableFile);
  }
}

/** The text of a file; undefined for one that cannot be read, which may be a typing error. */
async function readSigned(context: CommandContext, path: string): Promise<string | undefined> {
  try {
    return (await readInputFile(context.home, path)).toString("utf8");
  } catch (error) {
    if (error instanceof CommandError) return undefined;
    throw error;
  }
}

/** A server that cannot be asked is left out: it refuses the request that follows, which tells of it. */
async function drawDigests(servers: readonly Server[]): Promise<readonly Digest[]> {
  const answers = await askAll(servers, async (hsm) => ({
    hsmId: hsm.identity.id,
    digest: await hsm.logins.challenge(),
  }));
  return answers.filter(isDone).map(({ value }) => value);
}

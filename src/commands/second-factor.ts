import type { Server } from "../cluster/server.ts";
import { HsmError } from "../hsm/return-code.ts";
import {
  type Digest,
  type SecondFactorUse,
  type Signed,
  formatAuthenticationData,
  readAuthenticationData,
} from "./files/authentication-data.ts";
import type { CommandContext } from "./command.ts";
import { readInputFile } from "./files/input-file.ts";
import { writeOutputFile } from "./files/output-file.ts";

/**
 * Has a digest of each HSM in scope signed: writes them to a file, asks for the name of the file with the signatures,
 * and reads it (AWS CloudHSM User Guide, "manage-2fa"). Throws `CommandError` for a file that cannot be used.
 */
export async function askSecondFactor(context: CommandContext, path: string, use: SecondFactorUse): Promise<Signed> {
  const { cluster, dialect, output, questions } = context;
  const digests = await drawDigests(cluster.scope);
  await writeOutputFile(context, path, formatAuthenticationData(digests, use));
  output.print(...dialect.authenticationDataWritten(path));
  const name = (await questions.ask(dialect.enterFilename, "a file name, or an empty line")).trim();
  const signed = name === "" ? path : name;
  return readAuthenticationData(signed, (await readInputFile(context, signed)).toString("utf8"), digests, use);
}

/** A server that cannot be asked is left out: it refuses the request that follows, which tells of it. */
async function drawDigests(servers: readonly Server[]): Promise<readonly Digest[]> {
  const digests: Digest[] = [];
  for (const server of servers) {
    try {
      const hsm = await server.hsm();
      digests.push({ hsmId: hsm.identity.id, digest: await hsm.logins.challenge() });
    } catch (error) {
      if (!(error instanceof HsmError)) throw error;
    }
  }
  return digests;
}

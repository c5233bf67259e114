import { readInputFile } from "../../../files/input-file.ts";
import { slashed } from "../../../files/named-path.ts";
import { certificateTypes } from "../../../hsm/certificate-type.ts";
import type { Hsm } from "../../../hsm/hsm.ts";
import { HsmError } from "../../../hsm/return-code.ts";
import { file, number } from "../../../command/parameters.ts";
import { serverCommand } from "../../../command/server-command.ts";

/** What came of storing a certificate. */
interface Stored {
  /** Whether it was the last one, which ends the login. */
  readonly endsLogin: boolean;
  /** Why the connection is not encrypted then. */
  readonly refusal?: HsmError;
}

/** Stores what the customer's CA signed; the last certificate ends the login and encrypts the connection (Azure, Alibaba). */
export const storeCert = serverCommand({
  name: "storeCert",
  parameters: [
    file("file", "<file>", "the certificate in PEM"),
    number("certificateType", "<type>", "4 (the owner's CA) or 8 (the cluster's, signed by that CA)"),
  ],
  prepare: async ({ home }, { file: named }) => ({
    certificate: (await readInputFile(home, slashed(named))).toString("latin1"),
  }),
  async request(hsm, session, { certificate, certificateType: type }): Promise<Stored> {
    await hsm.storeCertificate(session, certificate, type);
    if (type !== certificateTypes.clusterByCustomer) return { endsLogin: false };
    const refusal = await refusalOfEncryption(hsm);
    return refusal === undefined ? { endsLogin: true } : { endsLogin: true, refusal };
  },
  loginAfter: ({ endsLogin }, before) => (endsLogin ? undefined : before),
  encryptedAfter: ({ endsLogin, refusal }) => (endsLogin ? refusal === undefined : undefined),
  lines: ({ dialect, server, success, value: { endsLogin, refusal } }) => [
    success,
    ...(endsLogin ? [dialect.loggingOut] : []),
    ...(endsLogin && refusal === undefined ? [dialect.e2eEnabled(server.label)] : []),
    ...(refusal === undefined ? [] : [dialect.failed("enable_e2e", refusal.message)]),
  ],
  successLine: "never",
  data: ({ endsLogin, refusal }) => ({ loggedOut: endsLogin, encrypted: endsLogin && refusal === undefined }),
});

/** The owner's certificate may not be where the shell looks for it: what is stored stays stored. */
async function refusalOfEncryption(hsm: Hsm): Promise<HsmError | undefined> {
  try {
    await hsm.encrypt();
    return undefined;
  } catch (error) {
    if (error instanceof HsmError) return error;
    throw error;
  }
}

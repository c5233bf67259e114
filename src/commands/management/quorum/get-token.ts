import type { Server } from "../../../cluster/server.ts";
import type { QuorumToken } from "../../../hsm/quorum-requests.ts";
import { type Outcome, command } from "../../../command/command.ts";
import { onServers, success } from "../../../command/on-servers.ts";
import { writeOutputFile } from "../../../files/output-file.ts";
import { file, service, userName } from "../../../command/parameters.ts";

/** Gets a token from every server in scope (AWS CloudHSM User Guide, "quorum-authentication-crypto-officers"). */
export const getToken = command({
  name: "getToken",
  summary: "Gets a quorum token: a file for officers to sign",
  description:
    "Gets a token from each HSM and writes them into one file, which the officers sign (SHA-256) and approveToken takes " +
    "back. It lets one operation of the service through, in this login only, and can be approved for ten minutes. Needs a CO.",
  example: "getToken 3 officer1 officer1.token",
  modes: ["global", "server"],
  parameters: [
    service(),
    userName("<user>", "the officer who is logged in"),
    file("path", "<file>", "the file to write; what stands there is replaced"),
  ],
  async run(context, { service: number, name, path }) {
    const { dialect, output } = context;
    const issued: (readonly [Server, QuorumToken])[] = [];
    let outcome: Outcome;
    try {
      outcome = await onServers(context, {
        command: "getToken",
        request: async (server) => (await server.hsm()).tokens.issue(server.session, number, name),
        succeeded: (server, token) => {
          issued.push([server, token]);
        },
      });
      if (issued.length === 0) return outcome;
      await writeOutputFile(context.home, path, issued.map(([, { text }]) => `${text}\n`).join(""));
    } catch (error) {
      for (const [server, { id }] of issued) await (await server.hsm()).tokens.delete(server.session, id);
      throw error;
    }
    for (const [server, token] of issued) {
      output.print(success(context, "getToken", server), ...dialect.token(server.id, token));
    }
    return outcome;
  },
});

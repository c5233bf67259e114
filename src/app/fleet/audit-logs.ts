import { type Configuration, ConfigurationError, type ServerEntry } from "../../config/configuration.ts";
import { problemAt } from "../connect.ts";
import { Damages } from "../damages.ts";
import { toOutput } from "../process/to-output.ts";
import { type HomeRequest, inRequestedHome } from "./requested-home.ts";
import { HsmError } from "../../hsm/return-code.ts";
import { type Wording, asJson, asText } from "./audit-log-forms.ts";
import { complain } from "../process/standard-error.ts";
import { readAuditLog } from "../../simulator/audit-reader.ts";
import type { Home } from "../../store/home.ts";
import type { Writer } from "../../terminal/writer.ts";

/** What is asked of the audit logs of a configuration's HSMs. */
export interface AuditLogRequest extends HomeRequest {
  /** The only HSM to be asked; undefined is all. */
  readonly hostname: string | undefined;
  readonly json: boolean;
}

/** Prints the audit logs that are asked for, and returns the exit status. */
export function printAuditLogs(request: AuditLogRequest): Promise<number> {
  return toOutput(({ writer, isLost }) =>
    inRequestedHome(request, async ({ home, configuration }) => {
      const chosen = chosenServers(configuration, request.hostname);
      const wording = request.json ? asJson : asText(request.hostname === undefined || chosen.length > 1);
      return printEach(writer, { configuration, home, chosen, wording, isLost });
    }),
  );
}

/** Throws ConfigurationError where there is no such HSM. */
function chosenServers({ file, servers }: Configuration, hostname: string | undefined): readonly ServerEntry[] {
  if (hostname === undefined) return servers;
  const chosen = servers.filter((server) => server.hostname.toLowerCase() === hostname.toLowerCase());
  if (chosen.length > 0) return chosen;
  const names = [...new Set(servers.map((server) => server.hostname))].join(", ");
  throw new ConfigurationError(`${file} has no HSM ${JSON.stringify(hostname)}: there are ${names}`);
}

interface Printing {
  readonly configuration: Configuration;
  readonly home: Home;
  readonly chosen: readonly ServerEntry[];
  readonly wording: Wording;
  readonly isLost: () => boolean;
}

/** Goes on with the next HSM where one is not there, or damaged. Returns the exit status. */
async function printEach(writer: Writer, printing: Printing): Promise<number> {
  const { configuration, home, chosen, wording, isLost } = printing;
  const damages = new Damages(home, complain);
  let status = 0;
  for (const entry of chosen) {
    if (isLost()) break;
    const problem = await problemAt(configuration.file, entry, home);
    if (problem === undefined) {
      try {
        const log = await readAuditLog(home.open(entry), entry);
        writer.write(wording(entry, log));
        await writer.caughtUp();
        if (log.isWhole) continue;
        complain(`${home.placeOf(entry)}: events are missing from its audit log`);
      } catch (error) {
        if (!(error instanceof HsmError)) throw error;
        damages.listenerOf(entry)(error);
        // Of what another process does to it for a moment, nothing was told.
        if (error.returnCode === "HSM_BUSY") complain(`${home.placeOf(entry)}: ${error.message}`);
      }
    } else complain(problem);
    status = 1;
  }
  return status;
}

import { type Configuration, ConfigurationError, type ServerEntry } from "../config/configuration.ts";
import { defaultConfiguration, hsmHome, namedConfiguration } from "../config/home.ts";
import { loadConfiguration } from "../config/load.ts";
import { vendor } from "./vendor.ts";
import { problemAt } from "./connect.ts";
import { openHome } from "./home/open-home.ts";
import { Damages } from "./damages.ts";
import { HsmError } from "../hsm/return-code.ts";
import { type Wording, asJson, asText } from "./audit-log-forms.ts";
import { explain } from "./process/explain.ts";
import { lostOutput } from "./process/lost-output.ts";
import { complain } from "./process/standard-error.ts";
import { readAuditLog } from "../simulator/audit-reader.ts";
import type { Home } from "../store/home.ts";
import { openStandardOutput } from "../terminal/standard-output.ts";
import { Writer } from "../terminal/writer.ts";

/** What is asked of the audit logs of a configuration's HSMs. */
export interface AuditLogRequest {
  /** The configuration file; undefined is the default one. */
  readonly config: string | undefined;
  readonly home: string | undefined;
  /** The only HSM to be asked; undefined is all. */
  readonly hostname: string | undefined;
  readonly json: boolean;
}

/** Prints the audit logs that are asked for, and returns the exit status. */
export async function printAuditLogs(request: AuditLogRequest): Promise<number> {
  // What SQLite keeps beside an HSM's file is for its owner only.
  process.umask(0o077);
  let lost: number | undefined;
  const output = openStandardOutput();
  const writer = new Writer(output, (error) => (lost = lostOutput(error, output.isTerminal)));
  const status = await printTo(writer, request, () => lost !== undefined);
  await writer.written();
  return lost ?? status;
}

async function printTo(writer: Writer, request: AuditLogRequest, isLost: () => boolean): Promise<number> {
  try {
    const { config, json } = request;
    const named = config === undefined ? defaultConfiguration() : namedConfiguration(config);
    const configuration = await loadConfiguration(named, vendor.limits, undefined);
    const chosen = chosenServers(configuration, request.hostname);
    const home = openHome(hsmHome(request.home, process.env, configuration));
    const wording = json ? asJson : asText(request.hostname === undefined || chosen.length > 1);
    return await printEach(writer, { configuration, home, chosen, wording, isLost });
  } catch (error) {
    return explain(error);
  }
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
  await home.close();
  return status;
}

import { clientDaemon, clientHostname } from "../../config/client-cfg.ts";
import type { ListedServer } from "../../config/cfg-text.ts";
import { ConfigurationError, defaultPort, namesHsm } from "../../config/configuration.ts";
import { isHostname } from "../../config/schema.ts";
import { StateError } from "../../errors/state-error.ts";
import { clusterAround, clusterOnceAround } from "../../fleet/cluster-members.ts";
import { naming } from "../../fleet/find-hsm.ts";
import { Road } from "../../fleet/faults/road.ts";
import { type Address, addressText } from "../../store/address.ts";
import type { Home } from "../../store/home.ts";
import { adviceOn } from "../connect.ts";
import { WordsError } from "../fleet/words-error.ts";
import { type ConfigurationFile, requireThere } from "./configuration-files.ts";

/** What a configuration is to name. */
interface ChosenServers {
  /** The HSM that the client asks. */
  readonly client: string;
  /** The servers of the shell. */
  readonly servers: readonly ListedServer[];
}

/** The one HSM at an address, whether it is there or not, as the original takes it. Throws {@link WordsError} for no address. */
export async function oneServer(home: Home, word: string): Promise<ChosenServers> {
  const known = (await home.list()).filter((address) => isAt(address, word));
  const [found, other] = known;
  if (found !== undefined && other === undefined) return { client: found.hostname, servers: [serverAt(found)] };
  requireAddress(word);
  return { client: word, servers: [serverAt({ hostname: word, port: defaultPort })] };
}

/**
 * All HSMs of the cluster of the HSM at an address, which must answer. Throws {@link WordsError} for no address, {@link
 * StateError} where no HSM is there or it does not answer; StoreError, HsmError.
 */
export async function clusterServers(home: Home, word: string): Promise<ChosenServers> {
  if (!/:\d+$/.test(word)) requireAddress(word);
  const { asked, members } = await clusterAround(home, word);
  if (!isAt(asked, word)) {
    throw new StateError(`no HSM is at ${word}, which is the id of one: give its address, ${asked.hostname}`);
  }
  const road = new Road(home, asked, { command: () => undefined, wait: pause });
  const advice = adviceOn(await naming(asked, () => road.connect()), asked);
  if (advice !== undefined) throw new StateError(`${addressText(asked)} does not answer. ${advice}`);
  return { client: asked.hostname, servers: members.map(serverAt) };
}

/**
 * All HSMs that the client's daemon knows: those of the cluster of its HSM. Throws {@link ConfigurationError} where there
 * is no such daemon, {@link StateError} where its HSM is nobody's; StoreError, HsmError.
 */
export async function daemonServers(
  home: Home,
  client: ConfigurationFile,
  id: number,
): Promise<ChosenServers["servers"]> {
  requireThere(client);
  const daemon = clientDaemon(client.content);
  if (daemon !== id) {
    throw new ConfigurationError(
      `there is no daemon ${String(id)}: ${client.path} has daemon_id ${String(daemon)}: give -m -i ${String(daemon)}`,
    );
  }
  const hostname = clientHostname(client.content);
  if (hostname === undefined) {
    throw new ConfigurationError(
      `${client.path} names no HSM: configure -a or --cmu, with the address of one, mends it`,
    );
  }
  try {
    return (await clusterOnceAround(home, hostname)).map(serverAt);
  } catch (error) {
    if (!(error instanceof StateError)) throw error;
    throw new StateError(
      `the client in ${client.path} can learn of no HSM: ${error.message}: give configure --cmu the address of one that is there`,
      { cause: error },
    );
  }
}

function requireAddress(word: string): void {
  if (isHostname(word)) return;
  throw new WordsError(`${JSON.stringify(word)} is no address of an HSM: give one such as 10.0.2.9`);
}

/** Whether a word is the address of an HSM, with or without its port. */
function isAt(address: Address, word: string): boolean {
  return namesHsm(word, { ...address, id: "" });
}

/** The original names a server by its address. */
function serverAt({ hostname, port }: Address): ListedServer {
  return { name: hostname, hostname, port };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

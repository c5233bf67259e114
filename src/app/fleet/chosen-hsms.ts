import { ConfigurationError, type ServerEntry, namesHsm } from "../../config/configuration.ts";
import { placeAt } from "../../store/place.ts";
import type { RequestedHome } from "./requested-home.ts";

/**
 * The HSMs that a subcommand is about, in their order: those of the configuration, where one was given, else all that
 * the home has.
 *
 * @param word picks one of them: its hostname, `hostname:port` or id. Throws ConfigurationError where it is none's
 */
export async function chosenHsms(requested: RequestedHome, word: string | undefined): Promise<readonly ServerEntry[]> {
  const all = await knownHsms(requested);
  if (word === undefined) return all;
  const there = all.filter((entry) => namesHsm(word, { ...entry, id: "" }));
  if (there.length > 0) return there;
  const named: ServerEntry[] = [];
  for (const entry of all) if (await hasId(entry, word, requested)) named.push(entry);
  if (named.length > 0) return named;
  const { configuration, home, isNamed } = requested;
  const names = [...new Set(all.map(({ hostname }) => hostname))];
  const known = names.length === 0 ? "there is none" : `there are ${names.join(", ")}`;
  throw new ConfigurationError(
    `${isNamed ? configuration.file : home.name} has no HSM ${JSON.stringify(word)}: ${known}`,
  );
}

async function knownHsms({ configuration, home, isNamed }: RequestedHome): Promise<readonly ServerEntry[]> {
  if (isNamed) return configuration.servers;
  const addresses = await home.list();
  return addresses.map(({ hostname, port }) => ({ name: hostname, hostname, port, hsm: undefined }));
}

/** What a configuration does not say, the place of the HSM does. */
async function hasId(entry: ServerEntry, id: string, { home }: RequestedHome): Promise<boolean> {
  if (entry.hsm !== undefined) return entry.hsm.id === id;
  const found = await placeAt(home, entry);
  return found.kind === "hsm" && found.mark === home.markOf(id);
}

import type { Configuration } from "../config/configuration.ts";
import { defaultConfiguration, hsmHome, namedConfiguration } from "../config/home.ts";
import { loadConfiguration } from "../config/load.ts";
import type { Home } from "../store/home.ts";
import { openHome } from "./home/open-home.ts";
import { vendor } from "./vendor.ts";

/** Which home a subcommand is about: what is named, or else what the shell would use. */
export interface HomeRequest {
  /** The configuration file; undefined is the default one. */
  readonly config: string | undefined;
  readonly home: string | undefined;
}

/** The home that a shell with the same words would use, and the configuration that it would read. Throws ConfigurationError. */
export async function requestedHome({
  config,
  home,
}: HomeRequest): Promise<{ readonly home: Home; readonly configuration: Configuration }> {
  const named = config === undefined ? defaultConfiguration() : namedConfiguration(config);
  const configuration = await loadConfiguration(named, vendor.limits, undefined);
  return { configuration, home: openHome(hsmHome(home, process.env, configuration)) };
}

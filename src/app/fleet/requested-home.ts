import type { Configuration } from "../../config/configuration.ts";
import { defaultConfiguration, hsmHome, namedConfiguration } from "../../config/home.ts";
import { loadConfiguration } from "../../config/load.ts";
import type { Home } from "../../store/home.ts";
import type { Patience } from "../../store/patience.ts";
import { openHome } from "../home/open-home.ts";
import { limitsBy } from "../vendor.ts";

/** Which home a subcommand is about: what is named, or else what the shell would use. */
export interface HomeRequest {
  /** The configuration file; undefined is the default one. */
  readonly config: string | undefined;
  readonly home: string | undefined;
}

/** What is asked of a home, and in which form. */
export interface FormRequest extends HomeRequest {
  readonly json: boolean;
}

/** A home that is looked at, and the configuration that a shell would read there. */
export interface RequestedHome {
  readonly home: Home;
  readonly configuration: Configuration;
  /** Whether the configuration was given, and is not the default one. */
  readonly isNamed: boolean;
}

/** Visits a home that was asked for: it is opened for the work, and closed after it. */
export type Visit = <T>(work: (requested: RequestedHome) => Promise<T>) => Promise<T>;

/**
 * Finds the home that a shell with the same words would use, to be visited as often as is wanted. Throws
 * ConfigurationError.
 *
 * @param patience how long requests wait for other processes; left out, as long as it takes
 */
export async function findHome({ config, home: name }: HomeRequest, patience?: Patience): Promise<Visit> {
  const isNamed = config !== undefined;
  const file = isNamed ? namedConfiguration(config) : defaultConfiguration();
  const configuration = await loadConfiguration(file, limitsBy, undefined);
  const place = hsmHome(name, process.env, configuration);
  return async (work) => {
    const home = await openHome(place, patience);
    try {
      return await work({ home, configuration, isNamed });
    } finally {
      await home.close();
    }
  };
}

/** Works on the home that a shell with the same words would use, and closes it. Throws ConfigurationError. */
export async function inRequestedHome<T>(
  request: HomeRequest,
  work: (requested: RequestedHome) => Promise<T>,
  patience?: Patience,
): Promise<T> {
  const visit = await findHome(request, patience);
  return visit(work);
}

import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { namedPath } from "../files/named-path.ts";
import { bundledNames } from "./bundled-names.ts";
import { type Configuration, ConfigurationError } from "./configuration.ts";

/** Where the original keeps its configuration. */
const installedConfiguration = "/opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg";

/** Where the original's client, whose daemon its key utility asks, keeps its own. */
const installedClient = "/opt/cloudhsm/etc/cloudhsm_client.cfg";

/** The configuration of the key utility where none is given: the client's, where it is installed, else {@link defaultConfiguration}. */
export function defaultKeyConfiguration(installed = installedClient, environment = process.env): string {
  const named = environment["CLOUDHSM_CONFIG"] ?? "";
  return named === "" && existsSync(installed) ? installed : defaultConfiguration(undefined, environment);
}

/** The path of a configuration that comes with this program. */
function bundled(file: string): string {
  return fileURLToPath(new URL(`../../config/${file}`, import.meta.url));
}

/** Whether a file comes with this program: what is edited there is lost with its next version. */
export function isBundled(file: string): boolean {
  return dirname(resolve(file)) === dirname(bundled("cluster.yaml"));
}

/** What a word of the command line names: a file, or where there is none, a configuration that comes with this program. */
export function namedConfiguration(word: string): string {
  const isBundled = (bundledNames as readonly string[]).includes(word) && !existsSync(word);
  return isBundled ? bundled(`${word}.yaml`) : word;
}

/**
 * The configuration where none is given: what CLOUDHSM_CONFIG names, else the original's, where it is installed, else the
 * one of this program.
 */
export function defaultConfiguration(installed = installedConfiguration, environment = process.env): string {
  const named = environment["CLOUDHSM_CONFIG"];
  if (named !== undefined && named !== "") return namedPath(named);
  if (existsSync(installed)) return installed;
  return bundled("cluster.yaml");
}

/** The folder of this user's state: `cloudhsm_mgmt_util` under XDG_STATE_HOME or ~/.local/state; undefined without a home. */
export function stateFolder(environment: NodeJS.ProcessEnv): string | undefined {
  const base = environment["XDG_STATE_HOME"];
  if (base?.startsWith("/")) return join(base, "cloudhsm_mgmt_util");
  const home = homeFolder();
  return home === undefined ? undefined : join(home, ".local", "state", "cloudhsm_mgmt_util");
}

/** Whether the name of a home is the address of a database, and not a folder. */
export function isServerHome(name: string): boolean {
  return /^postgres(ql)?:\/\//.test(name);
}

/**
 * The home of the HSMs, a folder or the address of a database: `--home`, then CLOUDHSM_HOME, then what the configuration says, then the user's state.
 * Throws {@link ConfigurationError} when there is none of them, or the option names none.
 */
export function hsmHome(
  option: string | undefined,
  environment: NodeJS.ProcessEnv,
  configuration: Pick<Configuration, "home">,
): string {
  if (option === "") throw new ConfigurationError("--home is empty: name a folder, or the address of a database");
  const named = option ?? environment["CLOUDHSM_HOME"];
  // A variable that is set to nothing names no folder.
  if (named !== undefined && named !== "") return isServerHome(named) ? named : resolve(ownPath(named));
  const folder = configuration.home === undefined ? stateFolder(environment) : ownPath(configuration.home);
  if (folder === undefined) {
    throw new ConfigurationError("no folder for the HSMs: give --home <place>, or set CLOUDHSM_HOME");
  }
  return folder;
}

/** A path in which only `~/` stands for something, and that only for a user who has a folder. */
function ownPath(path: string): string {
  if (path.startsWith("~") && !path.startsWith("~/")) {
    throw new ConfigurationError(`the folder of the HSMs may begin with ~/ but with no other ~: ${path}`);
  }
  if (path.startsWith("~/") && homeFolder() === undefined) {
    throw new ConfigurationError(`${path} cannot be found because HOME is not set: write the folder out`);
  }
  return namedPath(path);
}

function homeFolder(): string | undefined {
  try {
    const home = homedir();
    return home === "" ? undefined : home;
  } catch {
    // A user without an entry and without HOME has none.
    return undefined;
  }
}

import { readFileSync, statSync } from "node:fs";
import { type Configuration, ConfigurationError } from "../../config/configuration.ts";
import { isBundled } from "../../config/home.ts";
import { readYaml } from "../../config/yaml-file.ts";
import { StateError } from "../../errors/state-error.ts";
import { replaceText } from "../../files/edited-file.ts";
import { type Address, isSameAddress } from "../../store/address.ts";
import { complain } from "../process/standard-error.ts";
import { limitsBy } from "../vendor.ts";
import type { RequestedHome } from "./requested-home.ts";

/** What a configuration is to say, once the HSMs are there. */
export interface Edit {
  /** Returns the text with the change; undefined where it has no place for it. */
  readonly apply: (text: string) => string | undefined;
  /** Where those HSMs are that were made. */
  readonly made: readonly Address[];
  /** What somebody does who edits the file by hand: `add { id: ... } to the hsms of cluster-x`. */
  readonly byHand: string;
}

/**
 * Has the configuration that was given say what has changed, its comments kept; says on standard error why one is left as
 * it is, and what to do; a `.cfg` that lists the addresses already has nothing to say. Returns its path, where it was
 * changed. Never rejects for the file: what the HSMs are is done.
 */
export async function editConfiguration(
  { configuration, isNamed }: RequestedHome,
  edit: Edit,
): Promise<string | undefined> {
  const { file } = configuration;
  if (isStale(configuration) && edit.made.every((address) => isListed(configuration, address))) return undefined;
  const problem = await unedited(configuration, isNamed, edit);
  if (problem === undefined) return file;
  complain(isNamed || isStale(configuration) ? `${file} ${problem}` : problem);
  return undefined;
}

/** Why the configuration was not changed; undefined where it was. */
async function unedited(
  configuration: Configuration,
  isNamed: boolean,
  { apply, byHand }: Edit,
): Promise<string | undefined> {
  if (isStale(configuration)) return "is stale now: a .cfg only lists servers, and whoever keeps it lists them anew";
  if (!isNamed) return `no configuration was given with --config: ${byHand} in yours`;
  const { file } = configuration;
  if (isBundled(file)) return `comes with the program, and is left as it is: ${byHand} in a copy of it`;
  try {
    if (!statSync(file).isFile()) return `is no file that can be edited: ${byHand}`;
    const before = readFileSync(file, "utf8");
    const after = apply(before);
    if (after === undefined) return unfit(byHand);
    // What is written can be read again.
    readYaml(file, after, await limitsBy());
    await replaceText(file, before, after);
    return undefined;
  } catch (error) {
    // Where a clone would be listed without what it is a clone of, for instance.
    if (error instanceof ConfigurationError) return unfit(byHand);
    if (error instanceof StateError) return `${error.message.replace(file, "").trimStart()}: ${byHand}`;
    throw error;
  }
}

/** Whether it is the original's `.cfg`, which lists servers and describes no HSM. */
function isStale({ servers }: Configuration): boolean {
  return servers.every(({ hsm }) => hsm === undefined);
}

/** Whether it lists a server at an address; which HSM that is, a `.cfg` does not say. */
function isListed({ servers }: Configuration, address: Address): boolean {
  return servers.some((server) => isSameAddress(server, address));
}

function unfit(byHand: string): string {
  return `is left as it is: it does not describe this cluster, or in a way of its own: ${byHand}`;
}

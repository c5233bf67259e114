import type { CommandLine } from "./command-line.ts";
import type { Output } from "../command/command.ts";
import { type Configuration, ConfigurationError, type ServerEntry } from "../config/configuration.ts";
import { placeProblem } from "./connect.ts";
import { forgetFaults } from "../fleet/faults/forgotten-faults.ts";
import { forgetStates } from "../fleet/hsm-states.ts";
import { ProvisionError } from "../fleet/provision-error.ts";
import type { LineReader } from "../terminal/line-reader.ts";
import { isTyped } from "../terminal/open-reader.ts";
import type { HeldHsm, Home } from "../store/home.ts";
import { StoreError } from "../store/store.ts";

/** Whether to go on: `interrupted` is Ctrl-C. */
export type Consent = "given" | "refused" | "interrupted";

/** Who is asked, and told. */
interface Conversation {
  readonly reader: LineReader;
  readonly output: Output;
  readonly tell: (text: string) => void;
}

/**
 * Asks whether the HSMs of a configuration may be deleted, where any is there. Throws ConfigurationError where nobody
 * can be asked and `--yes` is missing, and where what is there is not theirs.
 */
export async function agreeToDelete(
  configuration: Configuration,
  home: Home,
  commandLine: CommandLine,
  { reader, output, tell }: Conversation,
): Promise<Consent> {
  const doomed = await existing(configuration, home);
  if (!commandLine.yes && !isTyped(commandLine)) {
    throw new ConfigurationError(
      "--fresh deletes HSMs, but there is nobody to ask here: add --yes, or leave --fresh out",
    );
  }
  if (commandLine.yes || doomed.length === 0) return "given";
  tell(`--fresh deletes ${howMany(doomed)} in ${home.name}, with their users and keys, and creates them anew:`);
  for (const hsm of doomed) tell(`  ${nameOf(hsm.entry)}, which has been there since ${hsm.since.toISOString()}`);
  for (;;) {
    const answer = await reader.read("Delete them (y/n)?", "question");
    const word = answer.kind === "line" ? answer.text.trim().toLowerCase() : "n";
    if (word === "y") return "given";
    if (word === "n") {
      output.print("--fresh cancelled: nothing was deleted");
      return answer.kind === "interrupted" ? "interrupted" : "refused";
    }
    output.print("Answer y or n", "");
  }
}

/**
 * Deletes the HSMs of a configuration, all or none; what is at other addresses stays. To be called under the lock of
 * the home. Throws ProvisionError while another shell has one of them open.
 */
export async function deleteHsms(
  configuration: Configuration,
  home: Home,
  tell: (text: string) => void,
): Promise<void> {
  const doomed = await existing(configuration, home);
  const held: HeldHsm[] = [];
  try {
    for (const { entry } of doomed) held.push(await hold(entry, home));
    for (const hsm of held) await hsm.delete();
  } finally {
    for (const hsm of held) await hsm.release();
  }
  await forgetStates(
    home,
    configuration.servers.flatMap(({ hsm }) => hsm?.id ?? []),
  );
  await forgetFaults(home, configuration.servers);
  const names = doomed.map(({ entry }) => nameOf(entry)).join(", ");
  if (doomed.length > 0) tell(`--fresh deleted ${howMany(doomed)}: ${names}`);
}

async function hold(entry: ServerEntry, home: Home): Promise<HeldHsm> {
  try {
    return await home.hold(entry);
  } catch (error) {
    if (!(error instanceof StoreError) || error.failure !== "busy") throw error;
    throw new ProvisionError(
      `--fresh deleted nothing: another shell has ${nameOf(entry)} open (${home.placeOf(entry)}): ` +
        "quit that shell, then start again",
      { cause: error },
    );
  }
}

/** An HSM of the configuration that is there. */
interface Existing {
  readonly entry: ServerEntry;
  readonly since: Date;
}

/** The HSMs of the configuration that are there. Throws ConfigurationError for anything else at their places. */
async function existing(configuration: Configuration, home: Home): Promise<readonly Existing[]> {
  if (!configuration.servers.some(({ hsm }) => hsm !== undefined)) {
    throw new ConfigurationError(
      `${configuration.file} only lists servers: --fresh needs the YAML file that the HSMs were created from`,
    );
  }
  const all: Existing[] = [];
  for (const entry of configuration.servers) {
    const found = await home.inspect(entry);
    if (found.kind === "absent") continue;
    const problem = placeProblem(configuration.file, entry, found, home);
    if (problem !== undefined) throw new ConfigurationError(`--fresh deleted nothing: ${problem}`);
    if (found.kind === "hsm") all.push({ entry, since: found.since });
  }
  return all;
}

function howMany({ length }: readonly Existing[]): string {
  return length === 1 ? "1 HSM" : `${String(length)} HSMs`;
}

function nameOf({ hsm, hostname, port }: ServerEntry): string {
  return `${hsm?.id ?? ""} at ${hostname}:${String(port)}`;
}

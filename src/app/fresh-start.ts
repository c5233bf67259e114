import { statSync } from "node:fs";
import type { CommandLine } from "./command-line.ts";
import type { Output } from "../command/command.ts";
import { type Configuration, ConfigurationError, type ServerEntry } from "../config/configuration.ts";
import { placeProblem } from "./connect.ts";
import { ProvisionError } from "../fleet/provision-error.ts";
import type { LineReader } from "../terminal/line-reader.ts";
import { isTyped } from "../terminal/open-reader.ts";
import type { HeldFile } from "../store/sqlite/held-file.ts";
import type { HsmFolder } from "../store/sqlite/hsm-folder.ts";
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
  folder: HsmFolder,
  commandLine: CommandLine,
  { reader, output, tell }: Conversation,
): Promise<Consent> {
  const doomed = existing(configuration, folder);
  if (!commandLine.yes && !isTyped(commandLine)) {
    throw new ConfigurationError("--fresh deletes HSMs, and nobody can be asked here: add --yes, or leave --fresh out");
  }
  if (commandLine.yes || doomed.length === 0) return "given";
  tell(`--fresh deletes ${howMany(doomed)} in ${folder.path}, with their users and keys, and creates them anew:`);
  for (const entry of doomed) tell(`  ${nameOf(entry)}, which is there since ${since(entry, folder)}`);
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
  folder: HsmFolder,
  tell: (text: string) => void,
): Promise<void> {
  const doomed = existing(configuration, folder);
  const held: HeldFile[] = [];
  try {
    for (const entry of doomed) held.push(await hold(entry, folder));
    for (const file of held) file.delete();
  } finally {
    for (const file of held) file.release();
  }
  if (doomed.length > 0) tell(`--fresh deleted ${howMany(doomed)}: ${doomed.map(nameOf).join(", ")}`);
}

async function hold(entry: ServerEntry, folder: HsmFolder): Promise<HeldFile> {
  try {
    return await folder.hold(entry);
  } catch (error) {
    if (!(error instanceof StoreError) || error.failure !== "busy") throw error;
    throw new ProvisionError(
      `--fresh deleted nothing, for another shell has ${nameOf(entry)} open (${folder.file(entry)}): ` +
        "quit that one, then start again",
      { cause: error },
    );
  }
}

/** The HSMs of the configuration that are there. Throws ConfigurationError for anything else at their places. */
function existing(configuration: Configuration, folder: HsmFolder): readonly ServerEntry[] {
  if (!configuration.servers.some(({ hsm }) => hsm !== undefined)) {
    throw new ConfigurationError(
      `${configuration.file}: only lists servers, and creates none: --fresh needs the YAML file that HSMs come from`,
    );
  }
  return configuration.servers.filter((entry) => {
    const found = folder.inspect(entry);
    if (found.kind === "absent") return false;
    const problem = placeProblem(configuration.file, entry, found, folder);
    if (problem !== undefined) throw new ConfigurationError(`--fresh deleted nothing: ${problem}`);
    return true;
  });
}

function howMany({ length }: readonly ServerEntry[]): string {
  return length === 1 ? "1 HSM" : `${String(length)} HSMs`;
}

function nameOf({ hsm, hostname, port }: ServerEntry): string {
  return `${hsm?.id ?? ""} at ${hostname}:${String(port)}`;
}

function since(entry: ServerEntry, folder: HsmFolder): string {
  return statSync(folder.file(entry)).birthtime.toISOString();
}

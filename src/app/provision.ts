import { isatty } from "node:tty";
import type { Output } from "../command/command.ts";
import type { Configuration } from "../config/configuration.ts";
import { placeAt } from "../store/place.ts";
import type { Home } from "../store/home.ts";
import type { LineReader } from "../terminal/line-reader.ts";
import type { CommandLine } from "./command-line.ts";
import { interruptible } from "./process/interruptible.ts";
import type { ShellProcess } from "./process/shell-process.ts";
import { complain, notice } from "./process/standard-error.ts";

/** Who can be asked before HSMs are deleted. */
interface Conversation {
  readonly reader: LineReader;
  readonly output: Output;
}

/**
 * Sees to it that the home has the HSMs of a configuration: those that it lacks, or with `--fresh` all of them, are
 * created. What that takes is loaded only then. Returns whether the session goes on. Throws {@link Interrupted},
 * ConfigurationError, ProvisionError, StoreError.
 */
export async function provision(
  configuration: Configuration,
  home: Home,
  commandLine: CommandLine,
  conversation: Conversation,
  shellProcess: ShellProcess,
): Promise<boolean> {
  if (commandLine.fresh) {
    if (!(await startOver(configuration, home, commandLine, conversation, shellProcess))) return false;
  } else await createLacking(configuration, home, shellProcess);
  // Only a terminal is told of edits that change nothing.
  if (isatty(2) && !configuration.isKnown) {
    const { editsOf } = await import("../fleet/creation-plan.ts");
    for (const line of await editsOf(await configuration.clusters(), home)) notice(line);
  }
  return true;
}

/** Creates those HSMs of a configuration that the home lacks. Throws as {@link provision} does. */
export async function createLacking(
  configuration: Configuration,
  home: Home,
  shellProcess: ShellProcess,
): Promise<void> {
  if (await lacks(home, configuration)) await create(configuration, home, shellProcess);
}

/** Deletes and creates the HSMs of a configuration, where somebody agrees to that. */
async function startOver(
  configuration: Configuration,
  home: Home,
  commandLine: CommandLine,
  { reader, output }: Conversation,
  shellProcess: ShellProcess,
): Promise<boolean> {
  const { hangUp, writer } = shellProcess;
  const { agreeToDelete, deleteHsms } = await import("./fresh-start.ts");
  const consent = await agreeToDelete(configuration, home, commandLine, { reader, output, tell: complain });
  // The answer's line ends before standard error says what was deleted.
  await writer.written();
  if (consent === "interrupted") hangUp.interrupt();
  if (consent !== "given" || hangUp.status !== undefined) return false;
  await create(configuration, home, shellProcess, () => deleteHsms(configuration, home, complain));
  return true;
}

/**
 * Whether an HSM is to be created, which one that was destroyed never is. A place that cannot be looked at holds one for
 * all we know: connecting says what is wrong.
 */
export async function lacks(home: Home, { servers }: Configuration): Promise<boolean> {
  const absent: string[] = [];
  for (const server of servers) {
    if (server.hsm !== undefined && (await placeAt(home, server)).kind === "absent") absent.push(server.hsm.id);
  }
  if (absent.length === 0 || (await home.records()) === undefined) return absent.length > 0;
  const { destroyedIds } = await import("../fleet/hsm-states.ts");
  const destroyed = await destroyedIds(home);
  return absent.some((id) => !destroyed.has(id));
}

/** @param prepare what comes first, under the lock of the home */
async function create(
  configuration: Configuration,
  home: Home,
  { terminal, hangUp }: ShellProcess,
  prepare?: () => Promise<void>,
): Promise<void> {
  const { createMissing } = await import("./first-start.ts");
  await interruptible(terminal, hangUp, (signal) =>
    createMissing(configuration, home, { signal, tell: complain, notice }, prepare),
  );
}

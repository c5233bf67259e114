import { join } from "node:path";
import { Cluster } from "../cluster/cluster.ts";
import type { KeyUtilityWording } from "../command/key-utility-wording.ts";
import { linesOf } from "../command/single-command.ts";
import type { Dialect } from "../command/wording.ts";
import { keyCommands } from "../commands/key-utility/command-table.ts";
import type { Configuration, ServerEntry } from "../config/configuration.ts";
import { ServerMemory } from "../config/configuration-cache.ts";
import { clientConfiguration, readClientFile } from "../config/client-file.ts";
import type { DialectName } from "../config/dialect-name.ts";
import { defaultKeyConfiguration, hsmHome, namedConfiguration, stateFolder } from "../config/home.ts";
import { loadConfiguration } from "../config/load.ts";
import { aws } from "../dialects/aws/aws.ts";
import { StateError } from "../errors/state-error.ts";
import { complete } from "../shell/completion.ts";
import { History } from "../shell/history.ts";
import { proposalsOf } from "../shell/proposals.ts";
import { Shell } from "../shell/shell.ts";
import { addressText } from "../store/address.ts";
import type { Home } from "../store/home.ts";
import { placeAt } from "../store/place.ts";
import type { TerminalMemory } from "../terminal/edited-line.ts";
import type { LineReader } from "../terminal/line-reader.ts";
import { isTyped, openReader } from "../terminal/open-reader.ts";
import { SingleCommandReader } from "../terminal/single-command-reader.ts";
import { Damages } from "./damages.ts";
import { openHome } from "./home/open-home.ts";
import { RequestPatience } from "./process/request-patience.ts";
import { type SessionOutcome, type ShellProcess, runShell } from "./process/shell-process.ts";
import { complain, notice, speakAs, tell } from "./process/standard-error.ts";
import { paceOf } from "./process/pace.ts";
import { endSession } from "./session-end.ts";
import { trace } from "./process/trace.ts";
import { createLacking } from "./provision.ts";
import { Roads } from "./roads.ts";
import { textStage } from "./stage.ts";
import { limitsBy, vendorNamed } from "./vendor.ts";

/** What was asked for on the command line of the key utility. */
export interface KeyCommandLine {
  /** The configuration file; undefined is the default one. */
  readonly config: string | undefined;
  readonly home: string | undefined;
  /** Whose key utility it is; undefined leaves it to the configuration. */
  readonly dialect: DialectName | undefined;
  /** The words behind `singlecmd`; undefined asks for a session. */
  readonly single: readonly string[] | undefined;
}

/** How a session of the key utility ended. */
export interface KeySessionEnd {
  /** The exit status: of a single command 0 where it was done, 1 where it was not, 2 where its words are wrong. */
  readonly status: number;
  /** Whether anybody logged in. */
  readonly hadLogin: boolean;
}

/** What a session has seen. */
interface Seen {
  misuse: boolean;
  login: boolean;
}

/** Runs the key utility. */
export async function runKeySession(commandLine: KeyCommandLine): Promise<KeySessionEnd> {
  speakAs(vendorNamed(commandLine.dialect ?? "aws").keyProgram);
  const source = { commands: commandLine.single === undefined ? [] : [""], file: undefined, output: "text" } as const;
  const seen: Seen = { misuse: false, login: false };
  const status = await runShell(source, (process) => converse(commandLine, process, seen));
  return { status, hadLogin: seen.login };
}

async function converse(commandLine: KeyCommandLine, shellProcess: ShellProcess, seen: Seen): Promise<SessionOutcome> {
  const { hangUp, terminal, writer } = shellProcess;
  const { config, single } = commandLine;
  const state = stateFolder(process.env);
  const file = config === undefined ? defaultKeyConfiguration() : namedConfiguration(config);
  const client = await readClientFile(file);
  const loaded =
    client === undefined
      ? await loadConfiguration(
          file,
          () => limitsBy(commandLine.dialect),
          state === undefined ? undefined : new ServerMemory(join(state, "servers")),
        )
      : clientConfiguration(file);
  const dialectName = commandLine.dialect ?? loaded.dialect ?? "aws";
  const configuration: Configuration = { ...loaded, dialect: dialectName };
  const vendor = vendorNamed(dialectName);
  speakAs(vendor.keyProgram);
  const keyUtility = await vendor.keyUtility();
  const waiting = new RequestPatience(shellProcess);
  const home = await openHome(hsmHome(commandLine.home, process.env, configuration), waiting.patience);
  const roads = new Roads({ home, damages: new Damages(home, complain), wait: waiting.wait });
  const cluster = new Cluster(configuration.servers, (address) => roads.open(address));
  const commands = keyCommands(keyUtility, client?.minimumNodes);
  const { output, prompts } = textStage(writer, false);
  const source = { commands: [], file: undefined };
  const isAtTerminal = single === undefined && isTyped(source);
  const history = new History(isAtTerminal && state !== undefined ? join(state, "key_history") : undefined);
  const memory: TerminalMemory = {
    history: () => history.newestFirst,
    complete: (line) =>
      complete(
        proposalsOf(cluster, commands, () => "keys"),
        line,
      ),
  };
  const open = (): Promise<LineReader> => openReader(source, terminal, prompts, memory, () => home.settle());
  const reader =
    single === undefined ? await open() : new SingleCommandReader(linesOf(single), keyUtility.single, open, prompts);
  hangUp.onHangUp(() => {
    reader.hangUp();
    writer.hurry();
  });
  try {
    notice(`simulated HSMs of ${configuration.file} in ${home.name}; not for real keys`);
    await createLacking(configuration, home, shellProcess);
    const servers = client === undefined ? configuration.servers : await serversAround(home, client.hostname);
    if (client !== undefined) cluster.list(servers);
    await requireHsms({ ...configuration, servers }, home);
    output.print(...keyUtility.banner);
    const shell = new Shell({
      cluster,
      commands,
      modes: { current: () => "keys", prompt: () => keyUtility.prompt, elsewhere: () => keyUtility.invalidCommand },
      dialect: sayingOf(keyUtility),
      reader,
      output,
      history,
      // Of a single command, the login comes first.
      bail: single !== undefined,
      echo: false,
      yes: false,
      onFailure: undefined,
      hints: false,
      home: home.name,
      carriedOut: ({ command, result }) => {
        seen.login ||= cluster.servers.some(({ login }) => login !== undefined);
        seen.misuse ||= result.isMisuse === true || (command === undefined && result.outcome === "failed");
      },
      running: (command) => {
        roads.command = command;
      },
      failed: () => undefined,
      trace,
      ...paceOf(shellProcess),
    });
    waiting.watch(reader);
    const ended = await shell.run();
    return ended === "failed" && seen.misuse ? "misused" : ended;
  } finally {
    await endSession({ cluster, reader, home }, ({ id }) => `node ${String(keyUtility.firstNode + id)}`);
  }
}

/** What the shell says itself; the words of answers are the commands'. */
function sayingOf({ invalidCommand }: KeyUtilityWording): Dialect {
  return { ...aws, unknownCommand: () => invalidCommand, hiddenCommand: invalidCommand, commandList: undefined };
}

/** All HSMs of the cluster that has, or had, an HSM at a host, in the order of their addresses; none where it never had one. */
async function serversAround(home: Home, hostname: string): Promise<readonly ServerEntry[]> {
  const { clusterOnceAround } = await import("../fleet/cluster-members.ts");
  try {
    const members = await clusterOnceAround(home, hostname);
    return members.map((hsm) => ({ name: hsm.hostname, hostname: hsm.hostname, port: hsm.port, hsm: undefined }));
  } catch (error) {
    if (!(error instanceof StateError)) throw error;
    // Nobody answers there: the start says so as a client without a daemon does.
    complain(error.message);
    return [];
  }
}

/** The client's daemon answers where one HSM does. Throws {@link StateError} in the words of a client without one. */
async function requireHsms({ file, servers }: Configuration, home: Home): Promise<void> {
  for (const server of servers) if ((await placeAt(home, server)).kind === "hsm") return;
  tell("Cfm3GetPartitionInfo returned: 0x40000040");
  tell("LIQUIDSECURITY: Daemon socket connection error");
  throw new StateError(
    `no HSM of ${file} is in ${home.name}${servers.length === 0 ? "" : ` (${servers.map(addressText).join(", ")})`}: start the management shell once ` +
      "with a YAML configuration that describes them, or name the right place with --home",
  );
}

import { join } from "node:path";
import { Cluster } from "../cluster/cluster.ts";
import type { Dialect } from "../command/wording.ts";
import { keyCommands } from "../commands/key-utility/command-table.ts";
import type { Configuration } from "../config/configuration.ts";
import { defaultConfiguration, hsmHome, namedConfiguration, stateFolder } from "../config/home.ts";
import { loadConfiguration } from "../config/load.ts";
import { aws } from "../dialects/aws/aws.ts";
import { keyUtility } from "../dialects/aws/key-utility/key-utility.ts";
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
import { type ShellProcess, runShell } from "./process/shell-process.ts";
import { interruptible } from "./process/interruptible.ts";
import { complain, notice, speakAs, tell } from "./process/standard-error.ts";
import { trace } from "./process/trace.ts";
import { Turns } from "./process/turns.ts";
import { createLacking } from "./provision.ts";
import { Roads } from "./roads.ts";
import { textStage } from "./stage.ts";
import { limitsBy } from "./vendor.ts";

/** What was asked for on the command line of the key utility. */
export interface KeyCommandLine {
  /** The configuration file; undefined is the default one. */
  readonly config: string | undefined;
  readonly home: string | undefined;
  /** The words behind `singlecmd`; undefined asks for a session. */
  readonly single: readonly string[] | undefined;
}

/** Runs the key utility, and returns the exit status: of a single command 0 where it was done, else 1. */
export function runKeySession(commandLine: KeyCommandLine): Promise<number> {
  speakAs("key_mgmt_util");
  const source = { commands: commandLine.single === undefined ? [] : [""], file: undefined, output: "text" } as const;
  return runShell(source, (process) => converse(commandLine, process));
}

async function converse(commandLine: KeyCommandLine, shellProcess: ShellProcess): Promise<"done" | "failed"> {
  const { hangUp, terminal, writer } = shellProcess;
  const { config, single } = commandLine;
  const state = stateFolder(process.env);
  const file = config === undefined ? defaultConfiguration() : namedConfiguration(config);
  const configuration = await loadConfiguration(file, () => limitsBy(), undefined);
  const waiting = new RequestPatience(hangUp);
  const home = await openHome(hsmHome(commandLine.home, process.env, configuration), waiting.patience);
  const wait = (milliseconds: number): Promise<void> =>
    waiting.isWatching ? waiting.wait(milliseconds) : interruptible(terminal, hangUp, () => waiting.wait(milliseconds));
  const roads = new Roads({ home, damages: new Damages(home, complain), wait });
  const cluster = new Cluster(configuration.servers, (address) => roads.open(address));
  const commands = keyCommands(keyUtility);
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
    single === undefined ? await open() : new SingleCommandReader(single, keyUtility.single, open, prompts);
  hangUp.onHangUp(() => {
    reader.hangUp();
    writer.hurry();
  });
  const turns = new Turns();
  try {
    notice(`simulated HSMs of ${configuration.file} in ${home.name}; not for real keys`);
    await createLacking(configuration, home, shellProcess);
    await requireHsms(configuration, home);
    output.print(...keyUtility.banner);
    const shell = new Shell({
      cluster,
      commands,
      modes: { current: () => "keys", prompt: () => keyUtility.prompt, elsewhere: () => keyUtility.invalidCommand },
      dialect,
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
      carriedOut: undefined,
      running: (command) => {
        roads.command = command;
      },
      failed: () => undefined,
      trace,
      pause: async () => {
        await turns.next();
        await writer.caughtUp();
      },
      hungUp: () => hangUp.status !== undefined,
    });
    waiting.watch(reader);
    return await shell.run();
  } finally {
    await end(cluster, reader, home);
  }
}

/** What the shell says itself; the words of answers are the commands'. */
const dialect: Dialect = {
  ...aws,
  unknownCommand: () => keyUtility.invalidCommand,
  hiddenCommand: keyUtility.invalidCommand,
};

/** The client's daemon answers where one HSM does. Throws {@link StateError} in the words of a client without one. */
async function requireHsms({ file, servers }: Configuration, home: Home): Promise<void> {
  for (const server of servers) if ((await placeAt(home, server)).kind === "hsm") return;
  tell("Cfm3GetPartitionInfo returned: 0x40000040");
  tell("LIQUIDSECURITY: Daemon socket connection error");
  throw new StateError(
    `no HSM of ${file} is in ${home.name} (${servers.map(addressText).join(", ")}): start the management shell once ` +
      "with a YAML configuration that describes them, or name the right place with --home",
  );
}

async function end(cluster: Cluster, reader: LineReader, home: Home): Promise<void> {
  reader.close();
  try {
    for (const [server, error] of await cluster.disconnect()) {
      complain(`logging out on node ${String(server.id)} failed: ${error.message}`);
    }
  } finally {
    await home.close();
  }
}

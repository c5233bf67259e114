import { join } from "node:path";
import { isatty } from "node:tty";
import { Cluster } from "../cluster/cluster.ts";
import type { CommandLine } from "./command-line.ts";
import type { Configuration } from "../config/configuration.ts";
import type { Traits } from "../command/traits.ts";
import { offeredOf } from "../command/offer.ts";
import { commands as declared } from "../commands/management/command-table.ts";
import { defaultConfiguration, hsmHome, namedConfiguration, stateFolder } from "../config/home.ts";
import { ServerMemory } from "../config/configuration-cache.ts";
import { loadConfiguration } from "../config/load.ts";
import { connect } from "./connect.ts";
import { openHome } from "./home/open-home.ts";
import { Damages } from "./damages.ts";
import { limitsBy, vendorNamed } from "./vendor.ts";
import { complete } from "../shell/completion.ts";
import type { TerminalMemory } from "../terminal/edited-line.ts";
import { History } from "../shell/history.ts";
import { interruptible } from "./process/interruptible.ts";
import { ownerPath } from "./owner-path.ts";
import { provision } from "./provision.ts";
import { type ShellProcess, runShell } from "./process/shell-process.ts";
import { isTyped, openReader } from "../terminal/open-reader.ts";
import { Failures } from "../shell/failures.ts";
import { proposalsOf } from "../shell/proposals.ts";
import { RequestPatience } from "./process/request-patience.ts";
import { Roads } from "./roads.ts";
import { serverModes } from "../shell/server-modes.ts";
import { Shell } from "../shell/shell.ts";
import { type Stage, textStage } from "./stage.ts";
import { complain, notice, speakAs } from "./process/standard-error.ts";
import { paceOf } from "./process/pace.ts";
import { endSession } from "./session-end.ts";
import { trace } from "./process/trace.ts";
import type { Writer } from "../terminal/writer.ts";
import type { Address } from "../store/address.ts";
import type { Home } from "../store/home.ts";

/** Runs one session from its start-up lines to its end, and returns the exit status. */
export function runSession(commandLine: CommandLine): Promise<number> {
  return runShell(commandLine, (process) => converse(commandLine, process));
}

async function converse(commandLine: CommandLine, shellProcess: ShellProcess): Promise<"done" | "failed"> {
  const { terminal, writer, hangUp } = shellProcess;
  const state = stateFolder(process.env);
  const loaded = await loadConfiguration(
    commandLine.config === undefined ? defaultConfiguration() : namedConfiguration(commandLine.config),
    () => limitsBy(commandLine.dialect),
    state === undefined ? undefined : new ServerMemory(join(state, "servers"), purposeOf(commandLine)),
    (work) => interruptible(terminal, hangUp, work),
  );
  const dialectName = commandLine.dialect ?? loaded.dialect ?? "aws";
  // The HSMs that a start creates are of the vendor whose shell it is.
  const configuration: Configuration = { ...loaded, dialect: dialectName };
  const waiting = new RequestPatience(shellProcess);
  const home = await openHome(hsmHome(commandLine.home, process.env, configuration), waiting.patience);
  const vendor = vendorNamed(dialectName);
  speakAs(vendor.program);
  const dialect = await vendor.dialect();
  const ownerCertificate = (address: Address): string =>
    ownerPath(configuration, address, dialect.traits.ownerCertificate);
  const roads = new Roads({
    home,
    damages: new Damages(home, complain),
    wait: waiting.wait,
    ownerPath: ownerCertificate,
  });
  const cluster = new Cluster(configuration.servers, (address) => roads.open(address));
  const commands = offeredOf(dialect.offer, declared);
  const modes = serverModes(cluster, dialect);
  const stage = await openStage(commandLine, writer);
  const { output } = stage;
  const history = new History(isTyped(commandLine) && state !== undefined ? join(state, "history") : undefined);
  const memory: TerminalMemory = {
    history: () => history.newestFirst,
    complete: (line) => complete(proposalsOf(cluster, commands, modes.current), line),
  };
  const reader = await openReader(commandLine, terminal, stage.prompts, memory, () => home.settle());
  hangUp.onHangUp(() => {
    reader.hangUp();
    writer.hurry();
  });
  try {
    notice(`simulated HSMs of ${configuration.file} in ${home.name}; not for real keys`);
    if (!(await provision(configuration, home, commandLine, { reader, output }, shellProcess))) return "done";
    const found = await discover(configuration, home, dialect.traits);
    cluster.list(found.servers);
    await connect(cluster, found, { home, roads }, dialect, output);
    const toldAtEnd = dialect.traits.missingAnswer === "atTheEndToo";
    const failures = new Failures(commandLine, toldAtEnd ? dialect.inputEnded : undefined);
    const shell = new Shell({
      cluster,
      commands,
      modes,
      dialect,
      reader,
      output,
      history,
      bail: commandLine.bail,
      echo: commandLine.echo && !isTyped(commandLine),
      yes: commandLine.yes,
      onFailure: commandLine.onFailure,
      hints: commandLine.hints && isTyped(commandLine) && isatty(1) && process.env["CLOUDHSM_HINTS"] !== "off",
      home: home.name,
      carriedOut: stage.carriedOut,
      running: (command) => {
        roads.command = command;
      },
      failed: (command) => {
        failures.add(command);
      },
      trace,
      ...paceOf(shellProcess),
    });
    waiting.watch(reader);
    const ended = await shell.run();
    await writer.written();
    for (const line of failures.report()) complain(line);
    return ended;
  } finally {
    await endSession({ cluster, reader, home }, (server) => `server ${server.label}`);
  }
}

/** The configuration with the servers that the vendor's shell finds; what finding takes is loaded where there is any. */
async function discover(configuration: Configuration, home: Home, traits: Traits): Promise<Configuration> {
  if (traits.discovery === "listed" && traits.label === "name") return configuration;
  const { discovered } = await import("./discovered.ts");
  const { file, servers: listed } = configuration;
  const servers = await discovered(listed, home, traits);
  if (traits.hosts === "names") {
    const { complaintsOfLiteralHosts } = await import("./literal-hosts.ts");
    for (const complaint of complaintsOfLiteralHosts(file, listed, servers)) complain(complaint);
  }
  return { ...configuration, servers };
}

/** What JSON takes is loaded where it is asked for. */
async function openStage({ color, output }: CommandLine, writer: Writer): Promise<Stage> {
  if (output === "text") return textStage(writer, color);
  const { jsonStage } = await import("./json-stage.ts");
  return jsonStage(writer);
}

/** A person is told of edits that change nothing, once a home: what was read for a script is read again for that. */
function purposeOf({ home }: CommandLine): string {
  return isatty(2) ? ` told in ${home ?? process.env["CLOUDHSM_HOME"] ?? ""}` : "";
}

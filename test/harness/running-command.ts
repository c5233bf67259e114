import { spawn } from "node:child_process";
import { spawn as spawnInTerminal } from "@lydell/node-pty";
import { onTestFinished } from "vitest";

/** Where a command runs: at a terminal, or on a pipe. */
export type Place = "terminal" | "pipe";

/** A shell command to start. */
export interface ShellCommand {
  readonly command: string;
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly place: Place;
}

const patience = 60_000;

/** A shell command under way, its output and keys for it. It is killed when the test is over. */
export class RunningCommand {
  readonly #input: Input;
  #output = "";
  #status: number | undefined;
  #changed: () => void = () => undefined;

  constructor(started: ShellCommand) {
    const launch = started.place === "terminal" ? launchAtTerminal : launchOnPipe;
    this.#input = launch(started, {
      output: (text) => {
        this.#output += text;
        this.#changed();
      },
      end: (status) => {
        this.#status = status;
        this.#changed();
      },
    });
    onTestFinished(() => {
      if (this.#status === undefined) this.#input.kill();
    });
  }

  /** Everything that it wrote; a terminal's line ends are plain line feeds. */
  get output(): string {
    return this.#output.replaceAll("\r\n", "\n");
  }

  send(text: string): void {
    if (text !== "") this.#input.send(text);
  }

  /** Closes a pipe; a terminal stays. */
  endInput(): void {
    this.#input.end();
  }

  /** Waits until `holds` says so of the output, the command has ended, or nothing more is to be hoped for. */
  async wait(holds: (output: string) => boolean): Promise<void> {
    const deadline = Date.now() + patience;
    while (this.#status === undefined && !holds(this.output) && Date.now() < deadline) {
      await new Promise<void>((resolve) => {
        this.#changed = resolve;
        setTimeout(resolve, deadline - Date.now()).unref();
      });
    }
  }

  /** Waits for the end; gives the exit status, and undefined for a command that does not end. */
  async end(): Promise<number | undefined> {
    await this.wait(() => false);
    return this.#status;
  }
}

interface Input {
  readonly send: (text: string) => void;
  readonly end: () => void;
  readonly kill: () => void;
}

interface Events {
  readonly output: (text: string) => void;
  readonly end: (status: number) => void;
}

function launchAtTerminal({ command, folder, environment }: ShellCommand, events: Events): Input {
  const size = { cols: 80, rows: 24 };
  const terminal = spawnInTerminal("/bin/sh", ["-c", command], { cwd: folder, env: environment, ...size });
  terminal.onData(events.output);
  terminal.onExit(({ exitCode }) => {
    events.end(exitCode);
  });
  return {
    send: (text) => {
      terminal.write(text);
    },
    end: () => undefined,
    kill: () => {
      terminal.kill("SIGKILL");
    },
  };
}

function launchOnPipe({ command, folder, environment }: ShellCommand, events: Events): Input {
  const child = spawn("/bin/sh", ["-c", command], { cwd: folder, env: environment, stdio: "pipe" });
  child.stdout.setEncoding("utf8");
  child.stdout.on("data", events.output);
  // The command may end before it has read everything.
  child.stdin.on("error", () => undefined);
  child.on("close", (status) => {
    events.end(status ?? -1);
  });
  return {
    send: (text) => {
      child.stdin.write(text);
    },
    end: () => {
      child.stdin.end();
    },
    kill: () => {
      child.kill("SIGKILL");
    },
  };
}

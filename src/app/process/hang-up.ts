import { constants } from "node:os";

/** Milliseconds for the reader of the output to take what is left. */
const patience = 1000;

/** Milliseconds that a request which was confirmed before goes on waiting for another process. */
const grace = 500;

/** Signals that would end the process and can be handled; at SIGUSR1, Node would open its debugger to all of the machine. */
const signals = ["SIGHUP", "SIGTERM", "SIGINT", "SIGQUIT", "SIGALRM", "SIGUSR1", "SIGUSR2"] as const;

/** The end of a session from outside: a terminal that is gone, a signal, an output that nobody reads. */
export class HangUp {
  #status: number | undefined;
  #happened = 0;
  #signal: NodeJS.Signals | undefined;
  readonly #listeners: (() => void)[] = [];
  #abort: AbortController | undefined;

  constructor() {
    for (const signal of signals) {
      process.on(signal, () => {
        this.#signal ??= signal;
        this.happen(128 + constants.signals[signal]);
      });
    }
  }

  /** The exit status that tells of it; undefined while nobody hung up. */
  get status(): number | undefined {
    return this.#status;
  }

  /** Aborts when somebody hangs up; for work that can be stopped. */
  get signal(): AbortSignal {
    if (this.#abort === undefined) {
      const abort = new AbortController();
      this.#abort = abort;
      this.onHangUp(() => {
        abort.abort();
      });
      if (this.#status !== undefined) abort.abort();
    }
    return this.#abort.signal;
  }

  /** Whether a request may wait for another process. */
  readonly patience = (): boolean => this.#status === undefined || performance.now() - this.#happened < grace;

  /** Calls `listener` when somebody hangs up. */
  onHangUp(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /**
   * Lets a signal end the process a moment after the session has ended, when nobody takes the output that is left.
   * Where somebody takes it, the process has ended before.
   *
   * @param after milliseconds; none where nothing is left to write and only work that nobody wants goes on
   */
  insist(after = patience): void {
    const signal = this.#signal;
    if (signal === undefined) return;
    setTimeout(() => {
      process.removeAllListeners(signal);
      process.kill(process.pid, signal);
    }, after).unref();
  }

  /** Ctrl-C at a terminal that hands it over as a key: the same as its signal. */
  interrupt(): void {
    this.#signal ??= "SIGINT";
    this.happen(128 + constants.signals.SIGINT);
  }

  /** Somebody hung up; only the first time counts. */
  happen(status: number): void {
    if (this.#status !== undefined) return;
    this.#status = status;
    this.#happened = performance.now();
    for (const listener of this.#listeners) listener();
  }
}

import type { Client } from "pg";
import { channel } from "./commit.ts";
import type { Connections } from "./connections.ts";
import { waitFor } from "../waiting.ts";

/** Milliseconds after which those who wait look though nobody told them: that a shell died is told by nobody. */
const beat = 2_000;

/** Milliseconds for which changes are gathered before those who wait are told. */
const gathering = 50;

/** Hears, on a connection of its own, what others change in the schema of a home. */
export class Changes {
  readonly #connections: Connections;
  readonly #beat: number;
  #listening: Promise<Client> | undefined;
  /** What was told since the last look. */
  #isChanged = false;
  #wake: () => void = () => undefined;

  /** @param everyMilliseconds after so many, those who wait look though nobody told them */
  constructor(connections: Connections, everyMilliseconds = beat) {
    this.#connections = connections;
    this.#beat = everyMilliseconds;
  }

  /** Waits for the next change. Never rejects. */
  async next(signal: AbortSignal): Promise<void> {
    if (this.#listening === undefined) {
      // What was changed before anybody listened is seen at the look that follows.
      await this.#listen().catch(() => waitFor(this.#beat, signal));
      return;
    }
    if (!this.#isChanged) {
      const waiting = new AbortController();
      this.#wake = () => {
        waiting.abort();
      };
      await waitFor(this.#beat, AbortSignal.any([signal, waiting.signal]));
      if (waiting.signal.aborted) await waitFor(gathering, signal);
    }
    this.#isChanged = false;
  }

  async close(): Promise<void> {
    const listening = this.#listening;
    this.#listening = undefined;
    await listening?.then((client) => client.end()).catch(() => undefined);
  }

  async #listen(): Promise<void> {
    this.#listening = this.#connect();
    try {
      await this.#listening;
    } catch (error) {
      this.#listening = undefined;
      throw error;
    }
  }

  async #connect(): Promise<Client> {
    const client = await this.#connections.alone();
    const forget = (): void => {
      this.#listening = undefined;
      this.#wake();
    };
    client.on("error", forget);
    client.on("end", forget);
    client.on("notification", ({ payload }) => {
      if (payload !== this.#connections.place.schema) return;
      this.#isChanged = true;
      this.#wake();
    });
    await client.query(`LISTEN ${channel}`);
    return client;
  }
}

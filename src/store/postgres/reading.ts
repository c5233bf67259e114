import type { ClientBase } from "pg";
import { Moved } from "./failure.ts";
import { look } from "./look.ts";
import type { Ask } from "./snapshot.ts";

/** Asks for rows of a place on a connection. */
export function asking(client: ClientBase, place: number): Ask {
  return async <Row extends object>(name: string, text: string, values: Parameters<Ask>[2]) => {
    const { rows } = await client.query<Row & Record<string, unknown>>({ name, text, values: [place, ...values] });
    return rows;
  };
}

/** The transaction of those who only read, begun with the first question: what is known takes none. */
export class Reading {
  readonly #client: ClientBase;
  readonly #place: number;
  readonly #version: string;
  #begun: Promise<void> | undefined;

  /** @param version of the place, which the transaction must find, too */
  constructor(client: ClientBase, place: number, version: string) {
    this.#client = client;
    this.#place = place;
    this.#version = version;
  }

  readonly ask: Ask = async (name, text, values) => {
    this.#begun ??= this.#begin();
    // On its way before there is an answer to what was sent before it.
    const [, rows] = await Promise.all([this.#begun, asking(this.#client, this.#place)<never>(name, text, values)]);
    return rows;
  };

  async end(): Promise<void> {
    if (this.#begun !== undefined) await this.#client.query("COMMIT");
  }

  async #begin(): Promise<void> {
    const [, found] = await Promise.all([
      this.#client.query("BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY"),
      look(this.#client, this.#place),
    ]);
    if (found !== this.#version) throw new Moved();
  }
}

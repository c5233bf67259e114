import type { PoolClient } from "pg";
import type { Address } from "../address.ts";
import { telling } from "./commit.ts";
import type { Connections } from "./connections.ts";

/** An HSM that a home holds, or what belongs to none. */
export interface FoundPlace {
  /** The number that its records have. */
  readonly place: number;
  /** Empty for what belongs to no HSM. */
  readonly hsmId: string;
  readonly since: Date;
  /** How often it was changed. */
  readonly changes: string;
}

const columns = `place, coalesce(hsm_id, '') AS "hsmId", since, changes::text`;

/** Which HSMs are in a home. What fails throws StoreError. */
export class Places {
  readonly #connections: Connections;

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  async at({ hostname, port }: Address): Promise<FoundPlace | undefined> {
    const found = await this.#ask<FoundPlace>(
      `SELECT ${columns} FROM place WHERE hsm_id IS NOT NULL AND hostname = $1 AND port = $2`,
      [hostname.toLowerCase(), port],
    );
    return found[0];
  }

  /** What belongs to no HSM; undefined where nothing was kept. */
  async ofRecords(): Promise<FoundPlace | undefined> {
    const found = await this.#ask<FoundPlace>(`SELECT ${columns} FROM place WHERE hsm_id IS NULL`, []);
    return found[0];
  }

  /** The same, made under a number where there is none. */
  async makeRecords(place: number): Promise<FoundPlace> {
    await this.#ask("INSERT INTO place (place) VALUES ($1) ON CONFLICT DO NOTHING", [place]);
    const made = await this.ofRecords();
    return made ?? this.makeRecords(place);
  }

  async list(): Promise<readonly Address[]> {
    return this.#ask<Address>(
      `SELECT hostname, port FROM place WHERE hsm_id IS NOT NULL ORDER BY hostname COLLATE "C", port`,
      [],
    );
  }

  /** Makes the place of an HSM in a transaction that has begun; false where its address is taken. */
  async make(
    client: PoolClient,
    { place, address, hsmId }: { readonly place: number; readonly address: Address; readonly hsmId: string },
  ): Promise<boolean> {
    const { rowCount } = await client.query(
      "INSERT INTO place (place, hostname, port, hsm_id) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
      [place, address.hostname.toLowerCase(), address.port, hsmId],
    );
    return rowCount === 1;
  }

  /** Deletes all that there is of one. */
  async remove(place: number): Promise<void> {
    await this.#ask("DELETE FROM place WHERE place = $1", [place]);
    await this.#ask(`SELECT ${telling}`, []);
  }

  /** In a home that nobody made yet there is nothing. */
  async #ask<Row extends object>(statement: string, values: readonly unknown[]): Promise<readonly Row[]> {
    if ((await this.#connections.schema()) === undefined) return [];
    try {
      return await this.#connections.with(async (client) => {
        const { rows } = await client.query<Row & Record<string, unknown>>(statement, [...values]);
        return rows;
      });
    } catch (error) {
      throw this.#connections.failure(error);
    }
  }
}

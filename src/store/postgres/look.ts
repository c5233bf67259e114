import type { ClientBase } from "pg";

/**
 * The column of a place that says which version of it that is: none is like another one, also where a backup was restored
 * that counts fewer changes.
 */
export const version = "changes || ':' || xmin AS version";

/** Looks which version of a place there is, as a transaction does first; undefined where it was deleted. */
export async function look(client: ClientBase, place: number): Promise<string | undefined> {
  const { rows } = await client.query<{ version: string }>({
    name: "look",
    text: `SELECT ${version} FROM place WHERE place = $1`,
    values: [place],
  });
  return rows[0]?.version;
}

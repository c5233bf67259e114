import type { Home } from "../../store/home.ts";
import type { Patience } from "../../store/patience.ts";
import { isServerHome } from "../../config/home.ts";
import { SqliteHome } from "../../store/sqlite/sqlite-home.ts";

/**
 * The home at a place, of the kind that its name says: a folder, or a schema of a database, whose code is loaded only then.
 * Throws PlaceError, and StoreError where its server cannot be asked.
 *
 * @param patience how long the requests of this shell wait for other processes
 */
export async function openHome(name: string, patience?: Patience): Promise<Home> {
  if (!isServerHome(name)) return new SqliteHome(name, patience);
  const [{ PostgresHome }, { placeNamed }] = await Promise.all([
    import("../../store/postgres/postgres-home.ts"),
    import("../../store/postgres/place.ts"),
  ]);
  const home = new PostgresHome(placeNamed(name), patience);
  try {
    await home.reach();
    return home;
  } catch (error) {
    await home.close();
    throw error;
  }
}

import type { Home } from "../../store/home.ts";
import type { Patience } from "../../store/patience.ts";
import { SqliteHome } from "../../store/sqlite/sqlite-home.ts";

/**
 * The home at a place, of the kind that its name says: so far all are folders.
 *
 * @param patience how long the requests of this shell wait for other processes
 */
export function openHome(name: string, patience?: Patience): Home {
  return new SqliteHome(name, patience);
}

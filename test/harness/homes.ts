import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Home } from "../../src/store/home.ts";
import { MemoryHome } from "../../src/store/memory/memory-home.ts";
import { MemoryPlace } from "../../src/store/memory/memory-place.ts";
import { PostgresHome } from "../../src/store/postgres/postgres-home.ts";
import { placeNamed } from "../../src/store/postgres/place.ts";
import { SqliteHome } from "../../src/store/sqlite/sqlite-home.ts";
import { isMissing } from "./debian.ts";
import { PostgresServer } from "./postgres-server.ts";
import { temporaryFolder } from "./program.ts";

/** One place where HSMs live: each call is one more shell's way in, until the test is over. */
export type Enter = () => Home;

function inFolder(): Enter {
  const folder = join(temporaryFolder(), "home");
  return () => closing(new SqliteHome(folder));
}

function inMemory(): Enter {
  const place = new MemoryPlace();
  return () => closing(new MemoryHome(place));
}

function closing(home: Home): Home {
  onTestFinished(() => home.close());
  return home;
}

/** Homes on a server of this test file; none where PostgreSQL is missing. */
export function inPostgres(): readonly (readonly [kind: string, make: () => Enter])[] {
  if (isMissing("postgresql")) return [];
  const server = PostgresServer.started();
  const make = (): Enter => {
    const address = server.newHome();
    return () => closing(new PostgresHome(placeNamed(address)));
  };
  return [["PostgreSQL", make]];
}

/** Kinds of homes; each call makes an empty place. Whatever is asked of one, all must pass. */
export const homes: readonly (readonly [kind: string, make: () => Enter])[] = [
  ["SQLite files", inFolder],
  ["memory", inMemory],
];

import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Home } from "../../src/store/home.ts";
import { MemoryHome } from "../../src/store/memory/memory-home.ts";
import { MemoryPlace } from "../../src/store/memory/memory-place.ts";
import { SqliteHome } from "../../src/store/sqlite/sqlite-home.ts";
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

/** Kinds of homes; each call makes an empty place. Whatever is asked of one, all must pass. */
export const homes: readonly (readonly [kind: string, make: () => Enter])[] = [
  ["SQLite files", inFolder],
  ["memory", inMemory],
];

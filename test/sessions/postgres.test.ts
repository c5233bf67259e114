import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "vitest";
import { isMissing } from "../harness/debian.ts";
import { PostgresServer } from "../harness/postgres-server.ts";
import { replay, sessionFolder } from "../harness/session-player.ts";

/** Whether all sessions are replayed here, too, and not every third: each starts the program once at the least. */
const replaysAll = process.env["CLOUDHSM_EVERY_SESSION"] === "1";

/** But for those that do something to the files of HSMs, or are told of their folder. */
const sessions = readdirSync(sessionFolder)
  .filter((name) => name.endsWith(".txt"))
  .filter((name) => !/\.hsm\b|the right folder/.test(readFileSync(join(sessionFolder, name), "utf8")))
  .filter((_, at) => replaysAll || at % 3 === 0);

describe.skipIf(isMissing("postgresql", "openssl"))("on a home in PostgreSQL", () => {
  const server = PostgresServer.started();
  test.each(sessions)("%s", (name) => replay(name, "pipe", server.newHome()));
});

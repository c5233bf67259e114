import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { commands } from "../src/commands/table.ts";
import { isMissing } from "./harness/debian.ts";
import { readSession } from "./harness/session-file.ts";
import { replay, sessionFolder } from "./harness/session-player.ts";

const sessions = readdirSync(sessionFolder).filter((name) => name.endsWith(".txt"));

const withOpenssl = new Set(
  sessions.filter((name) => /\bopenssl\b/.test(readFileSync(join(sessionFolder, name), "utf8"))),
);
const opensslMissing = isMissing("openssl");

describe.each(sessions)("%s", (name) => {
  const ready = test.skipIf(opensslMissing && withOpenssl.has(name));
  ready("typed", () => replay(name, "terminal"));
  ready("piped", () => replay(name, "pipe"));
});

test.each(commands.map(({ name }) => name))("%s is typed in a session", (name) => {
  const typed = sessions
    .flatMap((session) => readSession(join(sessionFolder, session)).runs)
    .flatMap((run) => run.exchanges.map((exchange) => exchange.typed.line?.split(" ")[0]));
  expect(typed).toContain(name);
});

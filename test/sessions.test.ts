import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { offeredUses, usesOf } from "./harness/command-use.ts";
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

/** What sessions use of what the declarations offer; a line that is refused for want of a login uses nothing. */
const used = new Set(
  sessions
    .flatMap((session) => readSession(join(sessionFolder, session)).runs)
    .flatMap(({ exchanges, rest }) =>
      exchanges.flatMap(({ written, typed: { line } }, at) => {
        const prompt = /^(aws-cloudhsm|server\d+)>$/.exec(written.split("\n").at(-1) ?? "")?.[1];
        const answer = exchanges[at + 1]?.written ?? rest;
        if (prompt === undefined || line === undefined || /^\w+: log in first/.test(answer)) return [];
        return usesOf(prompt === "aws-cloudhsm" ? "global" : "server", line);
      }),
    ),
);

test.each(offeredUses)("%s is typed in a session", (use) => {
  expect(used).toContain(use);
});
